import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.extensions import db
from tests.databases import at_rest, copied_database, fresh_database, migrated_database
from tests.keeping.company import House, make_house, settle_in


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An installation of its own, empty and on the newest schema: what is tested here commits."""
    house = make_house(tmp_path, migrated_database(tmp_path, "keeping"))
    with house.app.app_context():
        yield house
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def settled_once(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A company that has settled in; nobody works there, it is only copied."""
    folder = tmp_path_factory.mktemp("settled")
    house = make_house(folder, migrated_database(folder, "settled"))
    with house.app.app_context():
        settle_in(house)
        db.session.remove()
        db.engine.dispose()
    at_rest(house.address)
    return house


@pytest.fixture
def settled(settled_once: House, tmp_path: Path) -> Iterator[House]:
    """The same with a company in it, as `settle_in` leaves it."""
    house = make_house(tmp_path, copied_database(settled_once.address, tmp_path, "keeping"))
    shutil.copytree(settled_once.folder, house.folder, dirs_exist_ok=True)
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
