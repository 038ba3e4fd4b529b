"""Signed-in browsers (rows one can delete), and failures counted against guessing."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import SLACK
from app.core.permissions import Permission
from app.extensions import Base
from app.people.models.account import Account

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=30)
Moment = datetime | sa.BindParameter[datetime]


class AccountSession(Base):
    """One signed-in browser. The cookie holds the secret, the row its SHA-256: a dump of the table opens nothing."""

    __tablename__ = "account_session"
    # What opens a door is in no copy; and a page that was left open ends the session it showed, or none.
    __table_args__ = {"info": {"backup": False}, "sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    device: Mapped[str] = mapped_column(sa.String(80), default="")
    signed_in_at: Mapped[datetime]
    seen_at: Mapped[datetime]  # to the hour, for the idle limit only
    ends_at: Mapped[datetime]

    account: Mapped[Account] = relationship(back_populates="sessions")

    @classmethod
    def visible_to(cls, person: Account, permission: Permission | None = None) -> sa.Select["AccountSession"]:
        return sa.select(cls).where(cls.account_id == person.id)

    @classmethod
    def holding_at(cls, now: datetime) -> sa.ColumnElement[bool]:
        return cls.holding(now, now - IDLE, now + SLACK)

    @classmethod
    def holding(cls, now: Moment, idle_since: Moment, begun_by: Moment) -> sa.ColumnElement[bool]:
        """`begun_by`: one of a clock that was ahead would live for longer than a session may."""
        return sa.and_(cls.ends_at > now, cls.seen_at > idle_since, cls.signed_in_at <= begun_by)


class SignInFailure(Base):
    """Failures per account and per address; the key is a keyed hash, so the table names nobody."""

    __tablename__ = "sign_in_failure"
    __table_args__ = {"info": {"backup": False}}

    key: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]
