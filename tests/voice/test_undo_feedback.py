"""An import of feedback disappears whole, and its numbers with it."""

from itertools import pairwise
from operator import sub
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import clock, pace
from app.core.imports import UndoContext
from app.core.jobs import run_now
from app.core.permissions import Role
from app.extensions import db
from app.imports.actions.undoing import begin_undo, fingerprint, forecast_of, give_up_undoing
from app.imports.models import DataImport, ImportStatus
from app.voice.actions import discarding
from app.voice.actions.rebuilding import differences
from app.voice.imports.undoing import FeedbackUndoing
from app.voice.models import Feedback, FeedbackDay, FeedbackGroup, FeedbackQuarter, Metric
from app.voice.queries import heard_by_quarter, latest_comments
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.voice.files import HEADER, bring, rows

ONE = HEADER + "N1,2026-02-01,nps,9\nN1,2026-02-02,nps,3\nS1,2026-02-02,nps,10\n"


def take_back(import_: DataImport, actor_id: int) -> None:
    seen = fingerprint(forecast_of(import_, actor_id=actor_id, now=clock.now()))
    begin_undo(import_, seen=seen, actor_id=actor_id, now=clock.now())
    run_now("imports.undo", import_id=import_.id)
    db.session.expire_all()


@pytest.fixture
def other(cast: Cast, tmp_path: Path) -> DataImport:
    """What another file brought stays."""
    return bring(tmp_path, HEADER + "N1,2026-03-01,nps,10\n")


def test_rows_and_rollups_go_and_those_of_others_stay(cast: Cast, other: DataImport, tmp_path: Path) -> None:
    import_ = bring(tmp_path, ONE)
    take_back(import_, cast.celina.id)
    assert (rows(), rows(FeedbackDay), rows(FeedbackQuarter)) == (1, 1, 1)
    assert list(differences()) == []
    (heard,) = heard_by_quarter(cast.company.id)[Metric.NPS].values()
    assert heard.counts == (0, 0, 1)
    assert import_.status is ImportStatus.UNDONE


def test_they_are_gone_from_every_page_before_the_first_row_goes(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "unit_code,date,metric,score,comment\nN1,2026-02-01,nps,9,Kind.\nN1,2026-02-02,nps,3,Slow.\n"
    import_ = bring(tmp_path, text)
    seen = fingerprint(forecast_of(import_, actor_id=cast.celina.id, now=clock.now()))
    begin_undo(import_, seen=seen, actor_id=cast.celina.id, now=clock.now())
    assert rows() == 2
    assert not heard_by_quarter(cast.company.id)
    assert not latest_comments(cast.company.id)


def test_it_goes_in_chunks(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = bring(tmp_path, ONE)
    monkeypatch.setattr(pace, "FEWEST", 1)
    monkeypatch.setattr(pace, "MOST", 1)
    monkeypatch.setattr(discarding, "Pace", lambda: pace.Pace(2))
    left = [(rows(), rows(FeedbackDay), rows(FeedbackQuarter))]
    for _ in FeedbackUndoing(UndoContext(import_.id, None, clock.now())).undo():
        left.append((rows(), rows(FeedbackDay), rows(FeedbackQuarter)))
    steps = [tuple(map(sub, before, after)) for before, after in pairwise(left)]
    assert [step for step in steps if any(step)] == [(2, 0, 0), (1, 0, 0), *[(0, 1, 0)] * 3, *[(0, 0, 1)] * 2]
    assert (rows(), rows(FeedbackDay), rows(FeedbackQuarter)) == (0, 0, 0)


def test_groups_go_too_and_are_counted(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, "unit_code,period,metric,promoters,passives,detractors\nN1,2026-Q1,nps,5,3,2\n")
    forecast = forecast_of(import_, actor_id=cast.celina.id, now=clock.now())
    assert [str(message) for message in forecast.undone] == [
        "Groups that another tool counted, and that go with them: 1.",
        "Units whose numbers change: 1.",
    ]
    take_back(import_, cast.celina.id)
    assert (rows(FeedbackGroup), rows(FeedbackQuarter)) == (0, 0)


def test_the_same_file_is_new_again(cast: Cast, tmp_path: Path) -> None:
    take_back(bring(tmp_path, ONE), cast.celina.id)
    again = bring(tmp_path, ONE)
    assert (again.new_count, again.unchanged_count, rows()) == (3, 0, 3)


def test_a_file_that_brought_nothing_has_nothing_to_undo(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, ONE)
    again = bring(tmp_path, ONE)
    forecast = forecast_of(again, actor_id=cast.celina.id, now=clock.now())
    assert forecast.refusal is not None
    assert "nothing to undo" in str(forecast.refusal)


def test_feedback_of_units_that_are_no_longer_ones_own_stays(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, ONE)
    north = make_account("north@example.org")
    make_grant(north, Role.CX_LEAD, cast.north)
    forecast = forecast_of(import_, actor_id=north.id, now=clock.now())
    assert forecast.refusal is not None
    assert "not yours" in str(forecast.refusal)


def test_what_was_undone_is_not_looked_at_by_later_imports(cast: Cast, tmp_path: Path) -> None:
    take_back(bring(tmp_path, ONE), cast.celina.id)
    assert not discarding.leftovers(0)
    assert db.session.scalar(sa.select(sa.func.count(Feedback.id))) == 0


def test_an_undo_that_stopped_behind_its_last_row_can_be_gone_on_with(cast: Cast, tmp_path: Path) -> None:
    """Else it would be "being undone" for ever, and bar all later files of feedback."""
    import_ = bring(tmp_path, ONE)
    seen = fingerprint(forecast_of(import_, actor_id=cast.celina.id, now=clock.now()))
    begin_undo(import_, seen=seen, actor_id=cast.celina.id, now=clock.now())
    list(FeedbackUndoing(UndoContext(import_.id, cast.celina.id, clock.now())).undo())
    give_up_undoing(import_.id)
    begin_undo(import_, seen="", actor_id=cast.celina.id, now=clock.now())
    run_now("imports.undo", import_id=import_.id)
    db.session.expire_all()
    assert (import_.status, rows(), import_.undone_count) == (ImportStatus.UNDONE, 0, 3)
    assert bring(tmp_path, ONE).status is ImportStatus.DONE
