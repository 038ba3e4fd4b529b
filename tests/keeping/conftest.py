from collections.abc import Iterator
from pathlib import Path

import pytest

from app.extensions import db
from tests.databases import fresh_database, migrated_database
from tests.keeping.company import House, make_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An installation of its own, empty and on the newest schema: what is tested here commits."""
    house = make_house(tmp_path, migrated_database(tmp_path, "keeping"))
    with house.app.app_context():
        yield house
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[House]:
    """Another machine, on which nothing is but the program."""
    (tmp_path / "elsewhere").mkdir()
    other = make_house(tmp_path, fresh_database(tmp_path / "elsewhere", "elsewhere"), "other")
    yield other
    with other.app.app_context():
        db.session.remove()
        db.engine.dispose()
