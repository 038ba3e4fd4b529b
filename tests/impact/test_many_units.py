"""Many units side by side are read in another way than a few, to the same end."""

import sqlite3
from datetime import date

import pytest

from app.extensions import db
from app.impact import figures
from app.impact.queries import answers
from app.impact.queries.rows import voices
from app.people.models import Unit
from tests.cast import Cast
from tests.factories import make_unit
from tests.impact.heard import hear_customers


@pytest.fixture
def many(cast: Cast) -> list[Unit]:
    """So many that they are read in another way than a few."""
    units = [make_unit(f"V{number:03}", cast.north) for number in range(answers.MANY + 10)]
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3"):
        hear_customers(quarter, {unit: (place, 3, 9) for place, unit in enumerate(units)})
    return units


def test_many_units_are_read_as_each_of_them_is(many: list[Unit]) -> None:
    ids = [unit.id for unit in many]
    together = voices(ids).customers
    assert [together[id] for id in ids] == [voices([id]).customers[id] for id in ids]
    assert figures.customer_readings(together[ids[0]], [date(2026, 7, 1)])[0].figure


def test_the_work_of_reading_grows_with_the_units_not_with_their_square(many: list[Unit]) -> None:
    """Counted in steps of SQLite; PostgreSQL has never read them in another order."""
    ids = [unit.id for unit in many]
    assert steps(ids) < 5 * len(many)


def steps(ids: list[int]) -> int:
    """In hundreds."""
    connection, counted = db.session.connection().connection.driver_connection, []
    if isinstance(connection, sqlite3.Connection):
        connection.set_progress_handler(lambda: counted.append(1), 100)
        voices(ids)
        connection.set_progress_handler(None, 0)
    return len(counted)
