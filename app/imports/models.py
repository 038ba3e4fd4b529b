"""One import: its file, its mapping, what a dry run found, and whether its rows are visible."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.kinds import kinds_for
from app.core.permissions import Permission
from app.extensions import Base

if TYPE_CHECKING:
    from app.people.models import Account


class ImportStatus(StrEnum):
    UPLOADED = "uploaded"  # a file, not yet mapped
    CHECKING = "checking"  # the dry run waits or runs in the worker
    CHECKED = "checked"  # the dry run is done; nothing has been written
    LOADING = "loading"
    DONE = "done"
    FAILED = "failed"


class DataImport(Base):
    """Rows that an import brought carry its id and count only once `visible_at` is set: it appears whole."""

    __tablename__ = "data_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    status: Mapped[ImportStatus]
    file_name: Mapped[str] = mapped_column(sa.String(255))
    digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    mapping: Mapped[str] = mapped_column(sa.Text, default="")  # TOML, as it is saved to a file
    row_count: Mapped[int] = mapped_column(default=0)
    new_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    unchanged_count: Mapped[int] = mapped_column(default=0)
    refused_count: Mapped[int] = mapped_column(default=0)
    skipped_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    visible_at: Mapped[datetime | None] = mapped_column(index=True)
    failure: Mapped[dict[str, Any] | None]  # a Message: {"msgid": …, "params": {…}}

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["DataImport"]:
        """One's own; and all of a kind for whoever may bring that kind for the whole company."""
        wholly = [kind.name for kind in kinds_for(person) if person.holds_on_company(kind.permission)]
        return sa.select(cls).where(sa.or_(cls.created_by_id == person.id, cls.kind.in_(wholly)))


class ImportRefusal(Base):
    __tablename__ = "import_refusal"
    __table_args__ = (sa.Index("ix_import_refusal_import_id_line", "import_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"))
    line: Mapped[int]
    column: Mapped[str] = mapped_column(sa.String(60))
    value: Mapped[str] = mapped_column(sa.String(200))
    message: Mapped[dict[str, Any]]  # a Message, so that each reader gets it in their own language
