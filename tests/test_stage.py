"""What one test wrote, no other finds; with the cast or without."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.database import writing
from app.extensions import db
from app.people.models import Account, Unit
from tests.cast import Cast
from tests.factories import make_unit
from tests.forked import everything
from tests.stage import Stage


@pytest.mark.parametrize("_once_more", [1, 2])
def test_the_cast_is_as_it_was(cast: Cast, _once_more: int) -> None:
    assert cast.ewa.name == "Ewa"
    assert db.session.scalar(sa.select(sa.func.count(Account.id))) == len(cast.everybody())
    cast.ewa.name = "Somebody else"
    make_unit("N3", cast.north)
    db.session.commit()


@pytest.mark.parametrize("_once_more", [1, 2])
def test_without_the_cast_there_is_nobody(database: None, _once_more: int) -> None:
    assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == 0
    make_unit("COMPANY")
    db.session.commit()


def test_the_cast_that_comes_back_is_the_one_that_was_made(app: Flask) -> None:
    stage = Stage()

    def rows() -> dict[str, list[tuple[object, ...]]]:
        with stage.with_cast() as cast:
            assert cast.marek.may("unit:read")
            return everything()

    with app.app_context(), writing():
        made = rows()
        stage.clear()
        assert rows() == made
        stage.clear()
    assert made["account"]
