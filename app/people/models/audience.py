"""Audience: for whom something is, as rows: units with their subtrees, roles, languages, places, jobs; in or out."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.permissions import Role
from app.extensions import Base


class Audience(Base):
    """Everybody whom an included rule meets and no excluded one; without rules, everybody."""

    __tablename__ = "audience"

    id: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[list["AudienceRule"]] = relationship(back_populates="audience", cascade="all, delete-orphan")


class AudienceRule(Base):
    """All conditions that are filled in must hold together."""

    __tablename__ = "audience_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    audience_id: Mapped[int] = mapped_column(sa.ForeignKey("audience.id"), index=True)
    is_included: Mapped[bool] = mapped_column(default=True)
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    role: Mapped[Role | None]
    language: Mapped[str | None] = mapped_column(sa.String(2))
    location: Mapped[str | None] = mapped_column(sa.String(200))
    job: Mapped[str | None] = mapped_column(sa.String(200))

    audience: Mapped[Audience] = relationship(back_populates="rules")
