"""Killed after any commit while waiting rows come in: begun again, it ends with each row once, and none half seen."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.database import writing
from app.core.jobs import Job
from app.core.unit_words import UnitWords
from app.extensions import db
from app.imports.models import DataImport, WaitingName, WaitingRow
from app.people.actions.unit_aliases import Meaning, decide
from app.voice.actions.rebuilding import differences
from app.voice.models import Feedback, FeedbackDay
from tests.cast import make_cast
from tests.copies import Copy
from tests.databases import migrated_database
from tests.imports.worker import make_app
from tests.voice.dying import NEVER, bring_in
from tests.voice.files import HEADER, bring, rows

GOOD, LATE = 10, 90
# After which commit of each try it dies, one try after the other.
DEATHS = [(commit,) for commit in range(1, 20)] if os.environ.get("REZONANS_LONG") else [(4, 8)]


class House:
    """A database of its own, in which rows wait whose unit was just decided."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        day = "2026-01-05,nps,9\n"
        with writing():
            cast = make_cast()
            import_ = bring(folder, HEADER + f"N1,{day}" * GOOD + f"Rynek,{day}" * LATE)
            decide(Meaning("feedback", UnitWords("rynek"), cast.n1.id), actor_id=cast.celina.id, now=clock.now())
            db.session.commit()
            self.import_id = import_.id
            db.session.rollback()

    def bring_in(self, commits: int) -> int:
        """The lease of whoever died before is over by then."""
        with writing():
            db.session.execute(sa.update(Job).values(leased_until=clock.now()))
            db.session.commit()
        dying = Copy(lambda: bring_in(self.url, self.folder, commits, self.import_id), self.folder / "dying.log")
        return dying.wait()

    def seen(self) -> int:
        shown = sa.select(sa.func.count(Feedback.id)).join(DataImport, DataImport.id == Feedback.import_id)
        return db.session.scalar(shown.where(DataImport.visible_at.is_not(None))) or 0


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    url = migrated_database(tmp_path, "coming_in")
    with make_app(url, tmp_path).app_context():
        yield House(tmp_path, url)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("deaths", DEATHS)
def test_each_row_comes_in_once(house: House, deaths: tuple[int, ...]) -> None:
    for commits in deaths:
        assert house.bring_in(commits) in (-signal.SIGKILL, 0)
        assert house.seen() in (GOOD, GOOD + LATE)
    assert house.bring_in(NEVER) == 0
    assert house.seen() == rows() == GOOD + LATE
    assert db.session.scalar(sa.select(sa.func.sum(FeedbackDay.n))) == GOOD + LATE
    assert list(differences()) == []
    assert (rows(WaitingRow), rows(WaitingName)) == (0, 0)
    import_ = db.session.get_one(DataImport, house.import_id)
    assert (import_.new_count, import_.waiting_count) == (GOOD + LATE, 0)
