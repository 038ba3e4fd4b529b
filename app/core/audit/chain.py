"""Entries are chained as the last thing before their transaction commits.

So the lock on the end of the chain is held for a moment only, and whoever holds it waits for nothing else: two
transactions can neither take the same place nor wait for each other.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from app.core.audit import hashing
from app.core.audit.models import AuditEntry, AuditHead
from app.core.prepared import KEPT
from app.extensions import db

PENDING = "audit_entries_to_link"
SAVEPOINT = "audit_entries_may_be_gone"  # one was left, or rolled back, in this transaction
CHUNK = 1000
# Put together once, and of the tables: every act that is written down asks them.
_entry, _head = db.metadata.tables["audit_entry"], db.metadata.tables["audit_head"]
_THERE = sa.select(_entry.c.id).where(_entry.c.id.in_(sa.bindparam("ids", expanding=True)))
_link = db.metadata.tables["audit_link"]
_LINKED, _MOVED = sa.insert(_link), sa.update(_head)
# A single entry is all that signing in writes down, and it waits for it. PostgreSQL does in one statement what else
# takes two, and works out by itself what `hashing.link` says.
_ONE, _DIGEST = sa.bindparam("entry_id", type_=_entry.c.id.type), sa.bindparam("digest", type_=_head.c.hash.type)
_NEXT: sa.ColumnElement[int] = _head.c.position + 1
_PLACE = sa.func.concat("[", _NEXT, ",", _ONE, "]")
_moved = (
    _MOVED.values(
        position=_NEXT,
        hash=sa.func.sha256(_head.c.hash.op("||")(sa.func.convert_to(_PLACE, "UTF8")).op("||")(_DIGEST)),
    )
    .returning(_head.c.position, _head.c.hash)
    .cte("moved")
)
_MOVED_AND_LINKED = _LINKED.from_select(
    ["position", "entry_id", "hash"], sa.select(_moved.c.position, _ONE, _moved.c.hash)
).returning(_link.c.position)
_HEAD = sa.select(_head.c.position, _head.c.hash).with_for_update()
Pending = list[tuple[AuditEntry | int, bytes]]


def bind_chain() -> None:
    if not sa.event.contains(db.session, "before_commit", _link_pending):
        sa.event.listen(db.session, "before_commit", _link_pending)
        sa.event.listen(db.session, "after_transaction_end", _forget)


def await_link(entry: AuditEntry | int, digest: bytes) -> None:
    """A row not yet flushed, or the id of one that is; `digest` is that of its facts and commitments."""
    db.session.info.setdefault(PENDING, []).append((entry, digest))


def _link_pending(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint: its entries may still be rolled back with what is around it
    pending = session.info.pop(PENDING, None)
    if pending:
        session.flush()
        _append(session, _written(session, pending))


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(PENDING, None)
        session.info.pop(SAVEPOINT, None)
    elif transaction.nested:
        session.info[SAVEPOINT] = True


def _written(session: Session, pending: Pending) -> dict[int, bytes]:
    """Those that are there: a savepoint may have taken some back, and SQLite then gives their ids to others."""
    found: dict[int, bytes] = {}
    numbers = [entry for entry, _ in pending if isinstance(entry, int)]
    there = _existing(session, numbers) if SAVEPOINT in session.info else set(numbers)
    for entry, digest in pending:
        if isinstance(entry, int):
            if entry in there:
                found[entry] = digest
        elif sa.inspect(entry).persistent:
            found[entry.id] = digest
    return found


def _existing(session: Session, ids: Sequence[int]) -> set[int]:
    there: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        there |= set(session.connection().scalars(_THERE, {"ids": ids[start : start + CHUNK]}))
    return there


def _append(session: Session, digests: dict[int, bytes]) -> None:
    if not digests or _append_one(session, digests):
        return
    position, last = _locked_head(session)
    links = []
    for entry_id, digest in digests.items():
        position += 1
        last = hashing.link(last, position, entry_id, digest)
        links.append({"position": position, "entry_id": entry_id, "hash": last})
    work = session.connection()
    work.execute(_LINKED, links[0] if len(links) == 1 else links, execution_options=KEPT)
    work.execute(_MOVED, {"position": position, "hash": last}, execution_options=KEPT)


def _append_one(session: Session, digests: dict[int, bytes]) -> bool:
    """False where it takes more: several entries, the first of all, or SQLite."""
    work = session.connection()
    if len(digests) > 1 or work.dialect.name != "postgresql":
        return False
    ((entry_id, digest),) = digests.items()
    linked = work.execute(_MOVED_AND_LINKED, {"entry_id": entry_id, "digest": digest}, execution_options=KEPT)
    return linked.first() is not None


def _locked_head(session: Session) -> tuple[int, bytes]:
    """The end of the chain, for this transaction alone until it is over."""
    work = session.connection()
    row = work.execute(_HEAD, execution_options=KEPT).one_or_none()
    if row is None:  # the first entry ever, or the first after the demo was wiped away
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        first = {"id": 1, "position": 0, "hash": hashing.BEGINNING}
        work.execute(insert(AuditHead).values(first).on_conflict_do_nothing())
        row = work.execute(_HEAD).one()
    return row.position, row.hash
