"""Two people press the button in the same second: real transactions, committed, on whichever database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.database import writing
from app.core.errors import Refused
from app.extensions import db
from app.people.models import Unit
from app.results.models import ResultSet
from tests.cast import make_cast
from tests.databases import wipe
from tests.results.door import answers_of, publish_now


@pytest.fixture
def committed(app: Flask) -> Iterator[None]:
    """What other connections must see cannot be rolled back: it is deleted."""
    with app.app_context(), writing():
        make_cast()
        db.session.commit()
        try:
            yield
        finally:
            db.session.rollback()
            db.session.execute(sa.update(Unit).values(parent_id=None))
            wipe()
            db.session.commit()
            db.session.remove()


@pytest.mark.parametrize("periods", [("2026-Q1", "2026-Q1"), ("2026-Q1", "2026")])
def test_only_one_set_comes_of_two_publications_at_once(app, committed, periods):
    barrier = Barrier(2)

    def press(period: str) -> bool:
        with app.app_context(), writing():
            barrier.wait()
            unit = db.session.scalars(sa.select(Unit).where(Unit.code == "N1")).one()
            try:
                publish_now(answers_of({unit: (3, 8, 19)}, period=period))
                db.session.commit()
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(2) as people:
        published = list(people.map(press, periods))
    assert sorted(published) == [False, True]
    assert db.session.scalar(sa.select(sa.func.count(ResultSet.id))) == 1
