"""What a backup holds is said by the tables; what it must never hold is said too, or a test fails."""

import re

import sqlalchemy as sa

from app.extensions import Base
from app.keeping.tables import kept_tables

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


def test_a_table_that_may_open_a_door_says_whether_it_is_in_backups() -> None:
    """Add `info={"backup": False}` to the table, or the table to the list above with its reason."""
    silent = {
        table.name
        for table in Base.metadata.sorted_tables
        if "backup" not in table.info and any(OPENS.search(column.name) for column in table.columns)
    }
    assert silent <= MAY_BE_KEPT.keys(), sorted(silent - MAY_BE_KEPT.keys())


def test_sessions_counts_of_guesses_and_drafts_are_in_none() -> None:
    kept = {table.name for table in kept_tables()}
    left_out = {"account_session", "sign_in_failure", "lease", "draft_set", "draft_tally", "import_refusal"}
    assert not kept & left_out
    assert {"account", "employee", "feedback", "result_figure", "audit_entry", "setting_value", "job"} <= kept


def test_what_is_kept_refers_to_nothing_that_is_not() -> None:
    kept = {table.name for table in kept_tables()}
    faults = [
        f"{table.name}.{key.parent.name} refers to {key.column.table.name}"
        for table in kept_tables()
        for key in table.foreign_keys
        if key.column.table.name not in kept
    ]
    assert not faults


def test_every_column_that_names_a_file_is_known() -> None:
    """A new one must be added to `kept_uploads`, or its files are in no backup."""
    named = {(t.name, c.name) for t in kept_tables() for c in t.columns if c.name.endswith("digest") and is_text(c)}
    assert named == {("data_import", "digest")}


def is_text(column: sa.Column[object]) -> bool:
    return isinstance(column.type, sa.String)
