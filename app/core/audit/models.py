"""The tables of the log. Triggers (in the migration) refuse to change or remove what stands in them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base


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


# What deputies did in somebody's place is found without reading all values.
_OF_DEPUTIES = sa.text("field = 'acting_for_id'")
_ACTING_FOR = sa.Index("ix_audit_value_acting_for", "after", sqlite_where=_OF_DEPUTIES, postgresql_where=_OF_DEPUTIES)


class AuditValue(Base):
    """What was there before and after. Erased, it has neither, and no salt; the commitment stays for the chain."""

    __tablename__ = "audit_value"
    __table_args__ = (_ACTING_FOR,)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_entry.id"), index=True)
    field: Mapped[str] = mapped_column(sa.String(60))
    before: Mapped[str | None] = mapped_column(sa.Text)
    after: Mapped[str | None] = mapped_column(sa.Text)
    salt: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    commitment: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    entry: Mapped[AuditEntry] = relationship(back_populates="values")

    @property
    def is_erased(self) -> bool:
        return self.salt is None


class AuditLink(Base):
    """The place of an entry in the chain, given when its transaction commits: 1, 2, 3 …, without gaps."""

    __tablename__ = "audit_link"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_entry.id"), unique=True)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class AuditHead(Base):
    """The end of the chain, in one row; whoever adds to the chain holds it locked."""

    __tablename__ = "audit_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    position: Mapped[int]
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
