"""Tokens by which programs come in. The program holds the token, the row its SHA-256: a dump opens nothing."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.permissions import Permission
from app.extensions import Base
from app.people.models.account import Account

LONGEST_DAYS = 365


class ApiToken(Base):
    """What it opens is its scopes and what the owner may do at that moment, whichever is less."""

    __tablename__ = "api_token"
    __table_args__ = (
        sa.CheckConstraint("created_at < ends_at", name="ends"),
        sa.CheckConstraint("revoked_at IS NOT NULL OR revoked_by_id IS NULL", name="revoked"),
        {"info": {"backup": False}},  # a restore would bring back what was revoked since
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    scopes: Mapped[str] = mapped_column(sa.String(1000))  # names of permissions with a space between, as in OAuth
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))  # None: the operator's command
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]  # to the hour
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    # The calls of the minute that runs; the limit is shared by all web workers, so it is kept here.
    counted_at: Mapped[datetime | None]
    calls: Mapped[int] = mapped_column(default=0, server_default="0")

    account: Mapped[Account] = relationship(foreign_keys=[account_id])

    @classmethod
    def visible_to(cls, person: Account, permission: Permission | None = None) -> sa.Select["ApiToken"]:
        """One's own; for who manages tokens on the whole company those of service accounts."""
        tokens = sa.select(cls)
        if permission is not Permission.SERVICE_MANAGE:
            return tokens.where(cls.account_id == person.id)
        reached = person.holds_on_company(permission)
        return tokens.join(cls.account).where(Account.is_service, sa.true() if reached else sa.false())

    @classmethod
    def holding_at(cls, now: datetime) -> sa.ColumnElement[bool]:
        return sa.and_(cls.ends_at > now, cls.revoked_at.is_(None))

    @property
    def permissions(self) -> frozenset[Permission]:
        """A permission that is no more, by a newer version of the product, opens nothing."""
        known = {str(permission) for permission in Permission}
        return frozenset(Permission(name) for name in self.scopes.split() if name in known)

    def holds_at(self, now: datetime) -> bool:
        return self.revoked_at is None and self.ends_at > now
