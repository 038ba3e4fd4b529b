"""Writing things down: one at a time, or hundreds at once."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.audit import hashing
from app.core.audit.chain import await_link
from app.core.audit.models import AuditEntry, AuditValue
from app.core.audit.standing_in import ACTING_FOR, acting_for
from app.core.database import plainly
from app.extensions import db

Values = dict[str, Any] | None


def record(  # noqa: PLR0913 (who, what, to what, before, after: each call names them)
    action: str,
    subject_kind: str,
    subject_id: int | None,
    *,
    actor_id: int | None,
    before: Values = None,
    after: Values = None,
) -> AuditEntry:
    """Write it down. Only fields that differ are kept; whose deputy the actor is in this is added to them."""
    (deed,) = _with_absent([Deed(action, subject_kind, subject_id, before or {}, after or {})], actor_id)
    at, values = clock.now(), _values(deed)
    entry = AuditEntry(
        at=at, actor_id=actor_id, action=action, subject_kind=subject_kind, subject_id=subject_id,
        values=[AuditValue(**each) for each in values],
    )  # fmt: skip
    db.session.add(entry)
    facts = (at, actor_id, action, subject_kind, subject_id)
    await_link(entry, hashing.digest(facts, (each["commitment"] for each in values)))
    return entry


@dataclass(frozen=True)
class Deed:
    """One thing done among many that are written down together."""

    action: str
    subject_kind: str
    subject_id: int | None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def record_many(deeds: Sequence[Deed], *, actor_id: int | None) -> None:
    """As `record`, for hundreds at once: two statements, whatever their number."""
    if not deeds:
        return
    deeds = _with_absent(deeds, actor_id)
    at = clock.now()
    facts = [(at, actor_id, deed.action, deed.subject_kind, deed.subject_id) for deed in deeds]
    names = ("at", "actor_id", "action", "subject_kind", "subject_id")
    rows = [dict(zip(names, each, strict=True)) for each in facts]
    ids = plainly(_WRITTEN, rows if len(rows) > 1 else rows[0]).scalars().all()
    values: list[dict[str, Any]] = []
    for entry_id, each, deed in zip(ids, facts, deeds, strict=True):
        told = _values(deed)
        for value in told:
            value["entry_id"] = entry_id
        values += told
        await_link(entry_id, hashing.digest(each, (value["commitment"] for value in told)))
    if values:
        plainly(_WITH_VALUES, values)


# The tables, not the classes: a large import brings a hundred thousand of them, and whoever signs in brings one.
_entries = db.metadata.tables["audit_entry"]
_WRITTEN = sa.insert(_entries).returning(_entries.c.id, sort_by_parameter_order=True)
_WITH_VALUES = sa.insert(db.metadata.tables["audit_value"])


def _with_absent(deeds: Sequence[Deed], actor_id: int | None) -> Sequence[Deed]:
    """Both persons are named. Where the act itself has found out for whom, it is left as it says."""
    absent = acting_for(actor_id, [(deed.subject_kind, deed.subject_id) for deed in deeds])
    return [
        deed if ACTING_FOR in deed.after or not ids else replace(deed, after={**deed.after, ACTING_FOR: ids})
        for deed, ids in zip(deeds, absent, strict=True)
    ]


def _values(deed: Deed) -> list[dict[str, Any]]:
    """One for each field that differs, with its commitment; and one for each person in whose place it is done."""
    values = []
    for name, old, new in _pairs(deed):
        if old != new:
            before, after, salt = _text(old), _text(new), os.urandom(hashing.SALT)
            bound = hashing.commitment(salt, name, before, after)
            values.append({"field": name, "before": before, "after": after, "salt": salt, "commitment": bound})
    return values


def _pairs(deed: Deed) -> Iterator[tuple[str, Any, Any]]:
    for name in sorted(deed.before.keys() | deed.after.keys()):
        if name == ACTING_FOR:
            yield from ((name, None, each) for each in deed.after[name])
        else:
            yield name, deed.before.get(name), deed.after.get(name)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
