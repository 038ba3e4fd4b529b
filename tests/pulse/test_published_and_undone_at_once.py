"""One publishes a draft while another undoes the import that brought it, or sets another threshold: nothing unseen."""

from itertools import count
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, settings
from app.core.database import writing
from app.core.errors import Refused
from app.core.jobs import run_now
from app.extensions import db
from app.imports.actions import undoing
from app.imports.models import DataImport, ImportStatus
from app.pulse import actions
from app.pulse.models import DraftSet
from app.results.models import ResultFigure, ResultSet, SetStatus
from tests.at_once import PATIENCE, Meeting, committed, meet_at_call, together
from tests.cast import Cast, make_cast
from tests.pulse.files import HEADER, answers, bring

FILE = HEADER + answers("N1", "9 9 10 8 3 9 10 10") + answers("S1", "7 7 10 10 10 3")


def draft() -> DraftSet:
    return db.session.scalars(sa.select(DraftSet)).one()


def publish(app: Flask, draft_id: int, seen: str, actor_id: int) -> bool:
    with app.app_context(), writing():
        draft_ = db.session.get(DraftSet, draft_id)
        if draft_ is None:  # the page is not found
            return False
        try:
            actions.publish_draft(draft_, actor_id=actor_id, now=clock.now(), seen=seen)
            db.session.commit()
        except Refused:
            db.session.rollback()
            return False
        return True


def shown(draft_: DraftSet) -> str:
    return actions.fingerprint(actions.outlooks_of([draft_])[draft_.id])


@pytest.mark.parametrize("place", ["forecast", "publish"])
def test_an_undo_takes_back_what_it_showed(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    with committed(app):
        cast = make_cast()
        import_ = bring(tmp_path, FILE)
        import_id, draft_id, seen, hanna = import_.id, draft().id, shown(draft()), cast.hanna.id
        told = undoing.fingerprint(undoing.forecast_of(import_, actor_id=hanna, now=clock.now()))
        meeting = Meeting()
        meet_at_call(monkeypatch, undoing, "_keep", meeting)
        meet_at_call(monkeypatch, actions.results, "publish", meeting)

        def undo() -> bool:
            with app.app_context(), writing():
                try:
                    found = db.session.get_one(DataImport, import_id)
                    undoing.begin_undo(found, seen=told, actor_id=hanna, now=clock.now())
                    db.session.commit()
                except Refused:
                    db.session.rollback()
                    return False
                return True

        acts = [lambda: publish(app, draft_id, seen, hanna), undo]
        published, undone = together(*acts) if place == "publish" else reversed(together(*acts[::-1]))
        assert not meeting.happened, "one holds the import, and the other waits"
        assert (published, undone) in ((True, False), (False, True))
        if undone:
            run_now("imports.undo", import_id=import_id)
            assert db.session.get_one(DataImport, import_id).status is ImportStatus.UNDONE
        sets = db.session.scalars(sa.select(ResultSet)).all()
        assert [each.status for each in sets] == ([SetStatus.PUBLISHED] if published else [])


def test_while_its_import_is_being_undone_a_draft_is_not_published(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, FILE)
    told = undoing.fingerprint(undoing.forecast_of(import_, actor_id=cast.hanna.id, now=clock.now()))
    undoing.begin_undo(import_, seen=told, actor_id=cast.hanna.id, now=clock.now())
    with pytest.raises(Refused, match="being undone"):
        actions.publish_draft(draft(), actor_id=cast.hanna.id, now=clock.now())
    assert not db.session.scalars(sa.select(ResultSet)).all()


def test_of_two_who_publish_while_the_threshold_changes_one_set_comes_with_one_threshold(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with committed(app):
        cast = make_cast()
        settings.set_company("reporting_threshold", 5, actor_id=None)
        bring(tmp_path, FILE)
        draft_id, seen, hanna, adam = draft().id, shown(draft()), cast.hanna.id, cast.adam.id
        meeting = Meeting(3)
        meet_at_call(monkeypatch, actions.results, "publish", meeting)
        meet_at_call(monkeypatch, settings.audit, "record", meeting, first="setting.changed")

        def change() -> bool:
            with app.app_context(), writing():
                settings.set_company("reporting_threshold", 7, actor_id=adam)
                db.session.commit()
            return True

        first, second, _ = together(*[lambda: publish(app, draft_id, seen, hanna)] * 2, change)
        sets = db.session.scalars(sa.select(ResultSet)).all()
        assert [first, second].count(True) == len(sets) <= 1
        for each in sets:
            assert each.threshold == 5, "as the page showed it, or nothing"
            hidden = sa.select(sa.func.count()).where(ResultFigure.set_id == each.id, ResultFigure.n.is_(None))
            assert db.session.scalar(hidden.where(ResultFigure.unit.has(code="S1"))) == 0


@pytest.mark.parametrize("looks", [1, 2, 3])
def test_the_threshold_that_is_compared_with_the_page_is_the_one_that_holds(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: int
) -> None:
    """Somebody changes it just after it was looked at for the first, the second or the third time."""
    with committed(app):
        cast = make_cast()
        settings.set_company("reporting_threshold", 5, actor_id=None)
        bring(tmp_path, FILE)
        draft_id, seen, hanna = draft().id, shown(draft()), cast.hanna.id
        db.session.rollback()
        look, looked = actions.threshold, count(1)

        def change() -> None:
            with app.app_context(), writing():
                settings.set_company("reporting_threshold", 7, actor_id=None)
                db.session.commit()

        changing = Thread(target=change)

        def look_and_change() -> int:
            found = look()
            if next(looked) == looks:
                changing.start()
                changing.join(PATIENCE)
            return found

        monkeypatch.setattr(actions, "threshold", look_and_change)
        published = publish(app, draft_id, seen, hanna)
        if changing.ident is not None:
            changing.join()
        thresholds = db.session.scalars(sa.select(ResultSet.threshold)).all()
        assert thresholds == ([5] if published else []), "as the page showed it, or nothing"
