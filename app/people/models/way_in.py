"""Ways in: links by mail and slips on paper, by which somebody chooses a password without having one."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import SLACK
from app.extensions import Base
from app.people.models.account import Account


class WayInKind(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"
    SLIP = "slip"


# Invitations that are mailed on a Friday are still good on Monday; in a mailbox they should not lie about for longer.
LIFETIME = {
    WayInKind.INVITATION: timedelta(hours=72),
    WayInKind.RESET: timedelta(minutes=30),
    WayInKind.SLIP: timedelta(days=7),
}


class WayIn(Base):
    """Good once. Of what is mailed or printed only hashes stand here, made at the moment of delivery (security.md A5).

    It is tied to the password and the address of that moment: whatever changes one of them voids it, by any road.
    """

    __tablename__ = "way_in"
    __table_args__ = (
        sa.CheckConstraint("(token_hash IS NULL) = (ends_at IS NULL)", name="minted_whole"),
        sa.CheckConstraint("(token_hash IS NULL) = (tied_to IS NULL)", name="minted_tied"),
        sa.CheckConstraint("used_at IS NULL OR token_hash IS NOT NULL", name="used_after_minting"),
        {"info": {"backup": False}},  # also what waits to be mailed: a restored copy invites nobody again
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    kind: Mapped[WayInKind]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))  # None: a stranger, for themselves
    minted_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    token_hash: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)  # of a link or a QR code
    code_hash: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)  # of what can be typed, keyed
    tied_to: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]  # when the owner of the account heard of the slip

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    asked_by: Mapped[Account | None] = relationship(foreign_keys=[asked_by_id])

    def opens_at(self, now: datetime) -> bool:
        if self.used_at is not None or self.minted_at is None or self.ends_at is None:
            return False
        # Of a clock that was ahead: it rests until then, else it would live for longer than it should.
        in_time = self.minted_at - SLACK <= now < self.ends_at
        return in_time and self.account.is_active and self.tied_to == tie_of(self.account)


class AddressChange(Base):
    """A sign-in address that was replaced: kept until both have been told, and no longer."""

    __tablename__ = "address_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    before: Mapped[str | None] = mapped_column(sa.String(254))
    after: Mapped[str | None] = mapped_column(sa.String(254))
    changed_at: Mapped[datetime]
    old_told_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


def tie_of(account: Account) -> bytes:
    """What a way in holds on to: the account's password and address."""
    return hashlib.sha256(f"{account.id}\0{account.password_hash}\0{account.email}".encode()).digest()
