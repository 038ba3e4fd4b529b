"""What each column is: does it hold something about a person, and what happens to it when the person is erased?

Features declare it in `personal.py` as `REGISTER`, by table; `create_app` puts it into each column's `info`. Export
and erasure read nothing else, so that a new column cannot be forgotten; a test fails for one without a mark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

PEOPLE = ("account", "employee")  # whose ids name a person


class Keep(StrEnum):
    ALWAYS = "always"  # a fact, a count or a sum: it stays
    UNTIL_ERASURE = "until erasure"  # emptied when the person is erased
    STRUCK = "without the name"  # somebody's words: the name of whoever is erased is struck out of them
    ROW = "row until erasure"  # the whole row goes


@dataclass(frozen=True)
class Mark:
    personal: bool
    keep: Keep
    whose: str = ""  # "owner": the column names the person whose row it is; "actor": who did it
    is_secret: bool = False  # held, and never shown, not even to its owner
    becomes: str | None = None  # what stands there afterwards, where nothing must not


PLAIN = Mark(False, Keep.ALWAYS)
FACT = Mark(True, Keep.ALWAYS)
ERASED = Mark(True, Keep.UNTIL_ERASURE)
NUMBERED = Mark(True, Keep.UNTIL_ERASURE, becomes="erased-{id}")
SECRET = Mark(True, Keep.UNTIL_ERASURE, is_secret=True)
WORDS = Mark(True, Keep.STRUCK)
OWNER = Mark(True, Keep.ALWAYS, whose="owner")
OWNER_OF_ROW = Mark(True, Keep.ROW, whose="owner")
ACTOR = Mark(True, Keep.ALWAYS, whose="actor")

Register = Mapping[str, Mapping[Mark, str]]


def bind_register(metadata: sa.MetaData, registers: Iterable[Register]) -> None:
    for register in registers:
        for table, marks in register.items():
            for mark, names in marks.items():
                for name in names.split():
                    column = metadata.tables[table].columns[name]
                    column.info.update(personal=mark.personal, keep=str(mark.keep), mark=mark)


def mark_of(column: sa.Column[object]) -> Mark | None:
    """Of a column that says so itself, with `info={"personal": …, "keep": …}`, the nearest mark."""
    mark: Mark | None = column.info.get("mark")
    if mark is not None or "personal" not in column.info:
        return mark
    if not column.info["personal"]:
        return PLAIN
    if person_named_by(column):
        return OWNER if column.name in ("account_id", "employee_id") else ACTOR
    return FACT if column.info.get("keep") == Keep.ALWAYS else ERASED


def person_named_by(column: sa.Column[object]) -> str | None:
    """ "account" or "employee", where the column holds the id of one."""
    if column.table.name in PEOPLE and column.primary_key:
        return str(column.table.name)
    targets = {key.column.table.name for key in column.foreign_keys}
    return next((name for name in PEOPLE if name in targets), None)


def marked(table: sa.Table, *wanted: Mark) -> list[sa.Column[object]]:
    return [column for column in table.columns if mark_of(column) in wanted]


def owners_of(table: sa.Table) -> list[sa.Column[object]]:
    return [column for column in table.columns if (mark := mark_of(column)) and mark.whose == "owner"]
