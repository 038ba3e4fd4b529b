"""A number by which the log speaks of something is never given again, on either database."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Unit, UnitKind


def an_import() -> DataImport:
    return DataImport(kind="voice", status=ImportStatus.UPLOADED, file_name="a.csv", digest="d", created_at=clock.now())


def a_unit() -> Unit:
    return Unit(code="once", name="Once", kind=UnitKind.BRANCH)


@pytest.mark.parametrize("make", [an_import, a_unit])
def test_the_number_of_the_last_row_is_not_given_again(app: Flask, database: None, make: type) -> None:
    row = make()
    db.session.add(row)
    db.session.flush()
    number = row.id
    db.session.delete(row)
    db.session.flush()
    db.session.add(again := make())
    db.session.flush()
    assert again.id > number


@pytest.mark.parametrize("table", ["data_import", "unit"])
def test_a_migrated_table_has_all_that_a_new_one_has(app: Flask, database: None, table: str) -> None:
    """The table was built anew by its migration: nothing of it may be lost on the way."""
    there = sa.inspect(db.engines[None])
    wanted = db.metadata.tables[table]
    assert {column["name"] for column in there.get_columns(table)} == set(wanted.columns.keys())
    indexes = {index["name"] for index in there.get_indexes(table)}
    assert indexes >= {index.name for index in wanted.indexes}
    assert len(there.get_foreign_keys(table)) == len(wanted.foreign_keys)
    checks = {check["name"] for check in there.get_check_constraints(table)}
    assert checks >= {c.name for c in wanted.constraints if isinstance(c, sa.CheckConstraint)}
