"""Bringing a file of units or people in a test: the kind's own loader, as the import engine drives it."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from app.core import clock
from app.core.imports import Accepted, DateOrder, ImportContext, Mapping, Outcome, Refusal
from app.core.kinds import kind_named
from app.core.rows import Row
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Account


@dataclass
class Brought:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refusals: list[tuple[int, str, str]] = field(default_factory=list)  # line, column, sentence


def _begun(kind: str) -> int:
    begun = DataImport(
        kind=kind, status=ImportStatus.LOADING, file_name="table.csv", digest="0" * 64, created_at=clock.now()
    )
    db.session.execute(sa.update(DataImport).values(status=ImportStatus.DONE, visible_at=clock.now()))
    db.session.add(begun)
    db.session.flush()
    return begun.id


def bring(kind: str, text: str, *, actor: Account | None = None, dry_run: bool = False) -> Brought:
    """`text` is a small table: columns divided by semicolons, the header on its first line (line 1)."""
    lines = [line.strip() for line in text.strip().splitlines()]
    columns = [name.strip() for name in lines[0].split(";")]
    offered = {column.name: "" for column in kind_named(kind).columns}
    rows = [
        Row(number, offered | dict(zip(columns, (cell.strip() for cell in line.split(";")), strict=True)))
        for number, line in enumerate(lines[1:], start=2)
    ]
    mapping = Mapping(kind=kind, date_order=DateOrder.YEAR_FIRST, columns={name: (name,) for name in columns})
    loader = kind_named(kind).loader(ImportContext(_begun(kind), actor.id if actor else None, mapping, clock.now()))
    judged = list(loader.examine(rows))
    brought = Brought()
    accepted = [each for each in judged if isinstance(each, Accepted)]
    for each in accepted:
        setattr(brought, each.outcome, getattr(brought, each.outcome) + 1)
    brought.refusals = [(each.line, each.column, str(each.message)) for each in judged if isinstance(each, Refusal)]
    assert [each.line for each in judged] == [row.line for row in rows], "every row is judged once"
    if not dry_run:
        written = sum(loader.load(iter(accepted)))
        assert written == sum(each.outcome is not Outcome.UNCHANGED for each in accepted)
        db.session.flush()
        db.session.expire_all()
    return brought
