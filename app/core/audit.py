"""The log of what was done: who, what, when, before, after; written in the transaction of the change itself.

Facts and values stand apart: a person's values can be erased and the log stays whole.
"""

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
    for field in sorted(old.keys() | new.keys()):
        if old.get(field) != new.get(field):
            entry.values.append(AuditValue(field=field, before=_text(old.get(field)), after=_text(new.get(field))))
    db.session.add(entry)
    return entry


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
