"""What an import wrote about a unit or a person: as it was before and after, so that the import can be undone."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class ImportWrite(Base):
    """Written in the transaction of what it tells of. Goes after a while: then the import can no longer be undone."""

    __tablename__ = "import_write"
    __table_args__ = (sa.CheckConstraint("(unit_id IS NULL) <> (employee_id IS NULL)", name="unit_or_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"), index=True)
    line: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    employee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employee.id"), index=True)
    before: Mapped[dict[str, Any] | None]  # None: it was not here
    after: Mapped[dict[str, Any]]
    made: Mapped[dict[str, Any]]  # {"account": …, "grants": […]}: numbers of rows that came with a person
    last_entry: Mapped[int]  # of the audit log, by then
