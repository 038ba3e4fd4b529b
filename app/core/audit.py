"""The log of what was done: who, what, when, before, after; written in the transaction of the change itself.

Facts and values stand apart: a person's values can be erased and the log stays whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.extensions import Base, db


class AuditEntry(Base):
    __tablename__ = "audit_entry"
    __table_args__ = (sa.Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    action: Mapped[str] = mapped_column(sa.String(60))  # noun.past: unit.renamed
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int | None]
    values: Mapped[list["AuditValue"]] = relationship(back_populates="entry", order_by="AuditValue.id")


class AuditValue(Base):
    __tablename__ = "audit_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_entry.id"), index=True)
    field: Mapped[str] = mapped_column(sa.String(60))
    before: Mapped[str | None] = mapped_column(sa.Text)
    after: Mapped[str | None] = mapped_column(sa.Text)
    entry: Mapped[AuditEntry] = relationship(back_populates="values")


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
    """Write it down. Only fields that differ are kept."""
    old, new = before or {}, after or {}
    entry = AuditEntry(
        at=clock.now(), actor_id=actor_id, action=action, subject_kind=subject_kind, subject_id=subject_id
    )
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            entry.values.append(AuditValue(field=name, before=_text(old.get(name)), after=_text(new.get(name))))
    db.session.add(entry)
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
    at = clock.now()
    entries = [
        {
            "at": at,
            "actor_id": actor_id,
            "action": deed.action,
            "subject_kind": deed.subject_kind,
            "subject_id": deed.subject_id,
        }
        for deed in deeds
    ]
    insert = sa.insert(AuditEntry).returning(AuditEntry.id, sort_by_parameter_order=True)
    ids = db.session.scalars(insert, entries).all()
    values = [
        {
            "entry_id": entry_id,
            "field": name,
            "before": _text(deed.before.get(name)),
            "after": _text(deed.after.get(name)),
        }
        for entry_id, deed in zip(ids, deeds, strict=True)
        for name in sorted(deed.before.keys() | deed.after.keys())
        if deed.before.get(name) != deed.after.get(name)
    ]
    if values:
        db.session.execute(sa.insert(AuditValue), values)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
