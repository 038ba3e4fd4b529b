"""Every column says what it is: whether it holds something about a person, and what happens to it at an erasure."""

import sqlalchemy as sa
from flask import Flask

from app.core.personal import Keep, Mark, mark_of, person_named_by
from app.extensions import Base

TEXTS = (sa.String, sa.Text, sa.JSON, sa.LargeBinary)


def columns() -> list[sa.Column[object]]:
    return [column for table in Base.metadata.sorted_tables for column in table.columns]


def marks() -> list[tuple[sa.Column[object], Mark]]:
    return [(column, mark) for column in columns() if (mark := mark_of(column))]


def test_every_column_has_its_mark(app: Flask) -> None:
    bare = [str(column) for column in columns() if mark_of(column) is None]
    assert not bare, f"say in the feature's personal.py what these hold about people: {bare}"


def test_a_column_that_names_a_person_says_as_what(app: Flask) -> None:
    silent = [str(column) for column, mark in marks() if person_named_by(column) and not mark.whose]
    assert silent == ["account.employee_id"], "the one tie between a person's two rows"


def test_only_who_is_named_can_own(app: Flask) -> None:
    assert not [str(column) for column, mark in marks() if mark.whose and not person_named_by(column)]


def test_what_goes_at_an_erasure_stands_in_somebodys_row(app: Flask) -> None:
    owned = {column.table.name for column, mark in marks() if mark.whose == "owner"} | {"audit_value"}
    lost = [
        str(column) for column, mark in marks() if mark.keep is Keep.UNTIL_ERASURE and column.table.name not in owned
    ]
    assert not lost


def test_names_are_struck_from_text_only(app: Flask) -> None:
    assert all(isinstance(column.type, TEXTS) for column, mark in marks() if mark.keep is Keep.STRUCK)


def test_the_marks_stand_where_everybody_looks_for_them(app: Flask) -> None:
    email = Base.metadata.tables["account"].columns["email"]
    assert email.info["personal"] is True
    assert email.info["keep"] == "until erasure"
