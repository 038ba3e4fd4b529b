"""What a backup holds is said by the tables. That a new table says it is one of the rules of the house."""

import sqlalchemy as sa

from app.keeping.tables import kept_tables


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
    assert named - {("data_import", "headers_digest")} == {("data_import", "digest")}  # the other is of column names


def is_text(column: sa.Column[object]) -> bool:
    return isinstance(column.type, sa.String)
