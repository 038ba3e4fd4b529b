"""The schema comes up and goes down again, on whichever database is under test, and equals the models."""

import enum
import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from app.extensions import Base, db


@pytest.fixture
def fresh(app: Flask) -> Iterator[None]:
    """An empty schema of its own, put back afterwards: other tests use the migrated one."""
    with app.app_context():
        downgrade(revision="base")
        yield
        upgrade()


def tables() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_down_up(fresh: None) -> None:
    assert tables() == set()
    upgrade()
    assert tables() == set(Base.metadata.tables)
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == set(Base.metadata.tables)


def test_the_models_are_what_the_migrations_made(app: Flask, database: None) -> None:
    connection = db.engines[None]
    differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)
    assert differences == []


def enum_columns() -> list[tuple[str, str, type[enum.Enum]]]:
    return [
        (table.name, column.name, column.type.enum_class)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Enum) and column.type.enum_class
    ]


def test_every_member_of_every_enum_is_in_its_constraint(app: Flask, database: None) -> None:
    """`flask db check` sees no new member of an enum; the constraint in the database does."""
    texts = {
        table: " ".join(
            str(constraint["sqltext"]) for constraint in sa.inspect(db.engines[None]).get_check_constraints(table)
        )
        for table in {table for table, _, _ in enum_columns()}
    }
    missing: list[Any] = [
        (table, column, member.value)
        for table, column, members in enum_columns()
        for member in members
        if f"'{member.value}'" not in texts[table]
    ]
    assert not missing


# What opens a door has a hash or a token in it. These tables are in backups all the same, each for a reason.
MAY_BE_KEPT = {
    "account": "the hash of a password, by which people sign in after a restore",
    "audit_head": "the chain of the log",
    "audit_link": "the chain of the log",
    "data_import": "the digest of a file",
    "recovery_code": "used with a password only, and of 120 random bits",
    "feedback": "tells a row that is there already",
}
OPENS = re.compile(r"hash|token|secret|digest|^key$|code_")


def test_a_table_that_may_open_a_door_says_whether_it_is_in_backups(app: Flask) -> None:
    """Add `info={"backup": False}` to the table, or the table to the list above with its reason."""
    silent = {
        table.name
        for table in Base.metadata.sorted_tables
        if "backup" not in table.info and any(OPENS.search(column.name) for column in table.columns)
    }
    assert silent <= MAY_BE_KEPT.keys(), sorted(silent - MAY_BE_KEPT.keys())
