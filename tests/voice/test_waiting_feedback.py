"""Answers about a unit that nobody knows wait; one decision brings them all in, once."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

from app.core import clock
from app.core.jobs import run_now
from app.core.unit_words import UnitWords
from app.extensions import db
from app.imports.actions import late
from app.imports.models import DataImport, ImportStatus, WaitingName, WaitingRow
from app.people.actions.unit_aliases import Meaning, decide, end
from app.people.models import UnitAlias
from app.voice.actions.rebuilding import differences
from app.voice.models import Feedback, FeedbackDay, FeedbackGroup
from tests.cast import Cast
from tests.voice.files import HEADER, bring, counts, days, reasons, rows
from tests.voice.test_undo_feedback import take_back

TWO = "N1,2026-01-05,nps,9\nOLD,2026-01-05,nps,3\nOLD,2026-01-06,nps,4\nSHOP,2026-01-06,nps,5\n"


def say(cast: Cast, code: str, unit_id: int | None, *, name: str = "", since: date | None = None) -> None:
    meaning = Meaning("feedback", UnitWords(code, name), unit_id, starts_on=since)
    jobs = decide(meaning, actor_id=cast.celina.id, now=clock.now())
    db.session.commit()
    for job, import_ in jobs:
        run_now(job, import_id=import_.id)
    db.session.expire_all()


def waiting() -> dict[str, int]:
    names = sa.select(WaitingName).where(WaitingName.row_count > 0)
    return {name.told: name.row_count for name in db.session.scalars(names)}


def test_they_wait_under_their_names_and_the_good_rows_come_in(cast: Cast, tmp_path: Path) -> None:
    done = bring(tmp_path, HEADER + TWO)
    assert counts(done) == (1, 0, 0, 0)
    assert done.waiting_count == 3
    assert waiting() == {"OLD": 2, "SHOP": 1}
    assert db.session.scalars(sa.select(WaitingRow.line).order_by(WaitingRow.id)).all() == [3, 4, 5]
    name = db.session.scalars(sa.select(WaitingName).where(WaitingName.code == "OLD")).one()
    assert (name.first_day, name.last_day) == (date(2026, 1, 5), date(2026, 1, 6))


def test_one_decision_brings_all_of_them_in_and_is_remembered(cast: Cast, tmp_path: Path) -> None:
    first, second = bring(tmp_path, HEADER + TWO), bring(tmp_path, HEADER + "OLD,2026-02-01,nps,0\n")
    say(cast, "old", cast.n2.id)
    assert waiting() == {"SHOP": 1}
    assert rows(WaitingRow) == 1
    assert (first.new_count, first.waiting_count) == (3, 1)
    assert (second.new_count, second.waiting_count) == (1, 0)
    of_n2 = sa.select(Feedback.score).where(Feedback.unit_id == cast.n2.id).order_by(Feedback.score)
    assert db.session.scalars(of_n2).all() == [0, 3, 4]
    assert list(differences()) == []
    again = bring(tmp_path, HEADER + TWO)
    assert (counts(again), again.waiting_count) == ((0, 0, 3, 0), 1)
    later = bring(tmp_path, HEADER + "Old,2026-03-01,nps,10\n")
    assert counts(later) == (1, 0, 0, 0)
    assert [(each.words, each.unit, each.rows) for each in later.readings] == [("old", "Unit N2 (N2)", 1)]


def test_a_row_that_is_bad_otherwise_is_refused_and_does_not_wait(cast: Cast, tmp_path: Path) -> None:
    done = bring(tmp_path, HEADER + "OLD,2026-01-05,nps,11\nRazem,2026-01-05,nps,9\n,2026-01-05,nps,9\n")
    assert (done.refused_count, done.waiting_count) == (2, 0)  # and a total, which is no row
    assert reasons(done)[2] == "This score is outside the scale from 0 to 10."


def test_what_is_not_ours_is_left_out_now_and_later(cast: Cast, tmp_path: Path) -> None:
    first = bring(tmp_path, HEADER + TWO)
    say(cast, "SHOP", None)
    assert (first.waiting_count, first.left_out_count, rows()) == (2, 1, 1)
    later = bring(tmp_path, HEADER + "SHOP,2026-03-01,nps,10\nN1,2026-03-01,nps,10\n")
    assert (counts(later), later.left_out_count) == ((1, 0, 0, 0), 1)


def test_words_mean_a_unit_from_a_day_on(cast: Cast, tmp_path: Path) -> None:
    first = bring(tmp_path, HEADER + TWO)
    say(cast, "OLD", cast.n2.id, since=date(2026, 1, 6))
    assert waiting() == {"OLD": 1, "SHOP": 1}
    assert days()[cast.n2.id, "2026-01-06", 4] == 1
    assert first.waiting_count == 2


def test_equal_answers_are_two_customers_also_when_one_waited(cast: Cast, tmp_path: Path) -> None:
    text = HEADER + "N1,2026-01-05,nps,9\nN-1,2026-01-05,nps,9\nN-1,2026-01-05,nps,9\n"
    bring(tmp_path, text)
    say(cast, "N-1", cast.n1.id)
    assert days() == {(cast.n1.id, "2026-01-05", 9): 3}
    assert counts(bring(tmp_path, text)) == (0, 0, 3, 0)


def test_the_same_rows_of_two_files_come_in_once(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, HEADER + "OLD,2026-01-05,nps,9\n" * 2)
    longer = bring(tmp_path, HEADER + "OLD,2026-01-05,nps,9\n" * 3)
    say(cast, "OLD", cast.n1.id)
    assert days() == {(cast.n1.id, "2026-01-05", 9): 3}
    assert (longer.new_count, longer.unchanged_count) == (1, 2)


def test_groups_wait_too(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, "unit_code,period,metric,promoters,passives,detractors\nOLD,2026-Q1,nps,5,3,2\n")
    say(cast, "OLD", cast.n1.id)
    assert db.session.scalars(sa.select(FeedbackGroup.unit_id)).all() == [cast.n1.id]


def test_the_name_beside_the_code_tells_units_apart(cast: Cast, tmp_path: Path) -> None:
    text = "unit_code,unit_name,date,metric,score\n7,Rynek,2026-01-05,nps,9\n7,Wola,2026-01-05,nps,3\n"
    bring(tmp_path, text)
    assert waiting() == {"7 · Rynek": 1, "7 · Wola": 1}
    say(cast, "7", cast.n1.id, name="rynek")
    assert waiting() == {"7 · Wola": 1}


def test_an_undo_takes_them_along_and_those_that_wait(cast: Cast, tmp_path: Path) -> None:
    first = bring(tmp_path, HEADER + TWO)
    say(cast, "OLD", cast.n2.id)
    take_back(first, cast.celina.id)
    assert (rows(), rows(FeedbackDay), rows(WaitingRow), rows(WaitingName)) == (0, 0, 0, 0)
    assert set(db.session.scalars(sa.select(DataImport.status))) == {ImportStatus.UNDONE}
    assert not db.session.scalars(sa.select(DataImport.id).where(DataImport.visible_at.is_not(None))).all()


def test_a_file_of_which_all_waits_is_kept_and_can_be_undone(cast: Cast, tmp_path: Path) -> None:
    only = bring(tmp_path, HEADER + "OLD,2026-01-05,nps,3\n")
    assert (only.status, only.waiting_count) == (ImportStatus.DONE, 1)
    take_back(only, cast.celina.id)
    assert rows(WaitingRow) == 0


def test_an_ended_decision_is_asked_about_again(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, HEADER + "OLD,2026-01-05,nps,3\n")
    say(cast, "OLD", cast.n2.id)
    end(db.session.scalars(sa.select(UnitAlias)).one(), actor_id=cast.celina.id, now=clock.now())
    assert bring(tmp_path, HEADER + "OLD,2026-01-07,nps,3\n").waiting_count == 1
    assert rows() == 1
    say(cast, "OLD", cast.n1.id)
    assert rows() == 2


def test_they_come_in_chunks_and_a_second_run_finds_nothing(cast: Cast, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(late, "AT_ONCE", 2)
    first = bring(tmp_path, HEADER + "".join(f"OLD,2026-01-0{day},nps,3\n" for day in range(1, 8)))
    say(cast, "OLD", cast.n2.id)
    run_now("imports.bring_in", import_id=first.id)
    assert (rows(), rows(WaitingRow)) == (7, 0)
