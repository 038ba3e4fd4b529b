"""An import of results: its draft goes; what was published is withdrawn whole, by who may, and never edited."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import clock
from app.core.errors import Refused
from app.core.imports import Forecast
from app.core.jobs import Job, run_now
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.extensions import db
from app.imports.actions.undoing import begin_undo, fingerprint, forecast_of, give_up_undoing
from app.imports.models import DataImport, ImportStatus
from app.pulse import actions
from app.pulse.models import DraftSet, DraftTally
from app.results.models import ResultFigure, ResultSet, SetStatus
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.pulse.files import HEADER, answers, bring

FILE = HEADER + answers("N1", "10 10 10 9 9 9 8 3 2")


def look(import_: DataImport, actor_id: int) -> Forecast:
    return forecast_of(import_, actor_id=actor_id, now=clock.now())


def take_back(import_: DataImport, actor_id: int) -> None:
    begin_undo(import_, seen=fingerprint(look(import_, actor_id)), actor_id=actor_id, now=clock.now())
    run_now("imports.undo", import_id=import_.id)
    db.session.expire_all()


def publish(import_: DataImport) -> ResultSet:
    draft = db.session.scalars(sa.select(DraftSet).where(DraftSet.import_id == import_.id)).one()
    return actions.publish_draft(draft, actor_id=None, now=clock.now())


def test_a_draft_goes_and_the_file_with_it(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, FILE)
    assert [str(each) for each in look(import_, cast.hanna.id).undone] == [
        "The draft eNPS · 2026-Q1 goes. Nothing of it was shown."
    ]
    take_back(import_, cast.hanna.id)
    assert import_.status is ImportStatus.UNDONE
    assert not db.session.scalars(sa.select(DraftTally)).all()
    assert db.session.scalar(sa.select(sa.func.count()).where(Job.name == "pulse.forget_file")) == 1


@pytest.mark.parametrize(("language", "period"), [("en", "Q1 2026"), ("pl", "I kw. 2026"), ("ru", "I кв. 2026")])
def test_the_period_stands_as_the_reader_writes_it(cast: Cast, tmp_path: Path, language: str, period: str) -> None:
    (told,) = look(bring(tmp_path, FILE), cast.hanna.id).undone
    with force_locale(language):
        assert period in told.text()


def test_it_can_be_brought_and_published_afterwards(cast: Cast, tmp_path: Path) -> None:
    take_back(bring(tmp_path, FILE), cast.hanna.id)
    assert publish(bring(tmp_path, FILE)).status is SetStatus.PUBLISHED


def test_a_published_set_is_withdrawn_whole_and_its_period_stays_barred(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, FILE)
    published = publish(import_)
    (told,) = look(import_, cast.hanna.id).undone
    assert "withdrawn whole and for ever" in str(told)
    take_back(import_, cast.hanna.id)
    assert published.status is SetStatus.WITHDRAWN
    assert not db.session.scalars(sa.select(ResultFigure)).all()
    again = bring(tmp_path, FILE)
    assert again.refused_count == 9


def test_sets_of_other_imports_stay(cast: Cast, tmp_path: Path) -> None:
    other = publish(bring(tmp_path, HEADER + answers("N1", "10 10 10 9 9 9 8 3 2", period="2025-Q4")))
    take_back(bring(tmp_path, FILE), cast.hanna.id)
    assert other.status is SetStatus.PUBLISHED


def test_a_preview_from_before_the_publication_undoes_nothing(cast: Cast, tmp_path: Path, browser) -> None:  # type: ignore[no-untyped-def]
    import_ = bring(tmp_path, FILE)
    seen = fingerprint(look(import_, cast.hanna.id))
    publish(import_)
    db.session.commit()
    answer = browser.sign_in(cast.hanna).post(f"/imports/{import_.id}/undo", data={"seen": seen})
    assert answer.status_code == 409
    assert db.session.scalars(sa.select(ResultSet.status)).one() is SetStatus.PUBLISHED


def test_who_may_not_publish_for_the_company_leaves_the_published_and_is_told(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, FILE)
    published = publish(import_)
    north = make_account("north@example.org")
    make_grant(north, Role.HR, cast.north)
    assert Permission.RESULT_PUBLISH in ROLE_PERMISSIONS[Role.HR]
    forecast = look(import_, north.id)
    assert not forecast.undone
    (left,) = forecast.left
    assert "Only who publishes for the whole company" in str(left.message)
    with pytest.raises(Refused, match="Nothing was undone"):
        take_back(import_, north.id)
    assert published.status is SetStatus.PUBLISHED
    assert import_.status is ImportStatus.DONE  # whoever may withdraw still can


def test_drafts_of_units_that_are_not_ones_own_stay(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, FILE)
    south = make_account("south@example.org")
    make_grant(south, Role.HR, cast.south)
    assert look(import_, south.id).refusal is not None


def test_a_draft_that_was_removed_by_hand_leaves_nothing_to_undo(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, FILE)
    draft = db.session.scalars(sa.select(DraftSet)).one()
    actions.remove_draft(draft, actor_id=cast.hanna.id)
    forecast = look(import_, cast.hanna.id)
    assert forecast.refusal is not None
    assert "nothing to undo" in str(forecast.refusal)


def test_an_undo_that_stopped_behind_its_last_draft_can_be_gone_on_with(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, FILE)
    begin_undo(import_, seen=fingerprint(look(import_, cast.hanna.id)), actor_id=cast.hanna.id, now=clock.now())
    actions.remove_draft(db.session.scalars(sa.select(DraftSet)).one(), actor_id=cast.hanna.id)
    give_up_undoing(import_.id)
    begin_undo(import_, seen="", actor_id=cast.hanna.id, now=clock.now())
    run_now("imports.undo", import_id=import_.id)
    db.session.expire_all()
    assert (import_.status, import_.undone_count) == (ImportStatus.UNDONE, 1)
