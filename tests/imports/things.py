"""A kind of import for tests: things with a code and a name, written with the import's id into a table of their own."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core.imports import (
    N_,
    Accepted,
    Column,
    Forecast,
    ImportContext,
    ImportKind,
    Message,
    Outcome,
    Refusal,
    UndoContext,
)
from app.core.kinds import bind_kinds
from app.core.permissions import Permission
from app.core.rows import Row
from app.extensions import db

THINGS = sa.Table(
    "thing",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("import_id", sa.Integer),
    sa.Column("code", sa.String(40)),
    sa.Column("name", sa.String(200)),
)
COLUMNS = (
    Column("code", _l("Code"), required=True, example="K1"),
    Column("name", _l("Name"), example="Kraków"),
    Column("colour", _l("Colour"), example="blue"),
)


class ThingLoader:
    """A code that begins with X is refused; a known code with the same name is unchanged, with another changed."""

    chunk = 100

    def __init__(self, context: ImportContext) -> None:
        self.context = context

    def examine(self, rows: Iterable[Row]) -> Iterator[Accepted | Refusal]:
        known: dict[str, str] = {}
        others = sa.select(THINGS.c.code, THINGS.c.name).where(THINGS.c.import_id != self.context.import_id)
        known.update((code, name) for code, name in db.session.execute(others))
        for row in rows:
            code, name = row.values["code"], row.values["name"]
            if not code or code.startswith("X"):
                message = Message(N_("This cell is empty, and the import needs it.")) if not code else no_x(code)
                yield Refusal(row.line, "code", code, message)
            else:
                yield Accepted(row.line, outcome(known.get(code), name), {"code": code, "name": name})

    def load(self, records: Iterable[Accepted]) -> Iterator[int]:
        records = iter(records)
        while chunk := list(islice(records, self.chunk)):
            fresh = [each.record for each in chunk if each.outcome is Outcome.NEW]
            rows = [{**record, "import_id": self.context.import_id} for record in fresh]
            if rows:
                db.session.execute(sa.insert(THINGS), rows)
            yield len(chunk)

    def discard(self) -> Iterator[int]:
        gone = db.session.execute(sa.delete(THINGS).where(THINGS.c.import_id == self.context.import_id))
        yield gone.rowcount  # type: ignore[attr-defined]


class ThingUndoing:
    chunk = 50

    def __init__(self, context: UndoContext) -> None:
        self.mine = THINGS.c.import_id == context.import_id

    def barred(self) -> Message | None:
        return None

    def forecast(self) -> Forecast:
        count = db.session.scalar(sa.select(sa.func.count()).select_from(THINGS).where(self.mine)) or 0
        if not count:
            return Forecast(refusal=Message(N_("Imports of this kind cannot be undone as a whole.")))
        told = Message(N_("Answers of customers that go from all pages: %(count)s."), {"count": str(count)})
        return Forecast((told,), count=count)

    def undo(self) -> Iterator[int]:
        some = sa.select(THINGS.c.id).where(self.mine).limit(self.chunk)
        while removed := db.session.execute(sa.delete(THINGS).where(THINGS.c.id.in_(some))).rowcount:  # type: ignore[attr-defined]
            yield removed


def no_x(code: str) -> Message:
    return Message(
        N_("There is no sheet “%(sheet)s” in this file. It has: %(sheets)s."), {"sheet": code, "sheets": "-"}
    )


def outcome(known: str | None, name: str) -> Outcome:
    if known is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if known == name else Outcome.CHANGED


def thing_kind(permission: Permission = Permission.FEEDBACK_IMPORT, **options: object) -> ImportKind:
    options = {"loader": ThingLoader, "constants": ("colour",), "undoing": ThingUndoing, "is_flipped": True, **options}
    return ImportKind("things", _l("Things"), permission, COLUMNS, **options)  # type: ignore[arg-type]


def bring_things(app: Flask, **options: object) -> None:
    """The kind beside the real ones, and its table."""
    kinds = app.extensions["import_kinds"]
    bind_kinds(app, [*(kind for name, kind in kinds.items() if name != "things"), thing_kind(**options)])  # type: ignore[arg-type]


def count_things() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(THINGS)) or 0


def write_things(path: Path, count: int, *, bad: int = 0, header: str = "code,name") -> Path:
    rows = [f"T{number},Thing {number}" for number in range(count)] + [
        f"X{number},Bad {number}" for number in range(bad)
    ]
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
