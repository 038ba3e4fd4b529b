"""The second factor: an app's seed, recovery codes, and the removals that somebody must be told of."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.permissions import Permission
from app.extensions import Base
from app.people.models.account import Account

OWN = (None, Permission.ACCOUNT_USE)


class AccountFactor(Base):
    """There is a row only once its owner has given a first code: nobody is asked for codes of a half-made factor."""

    __tablename__ = "account_factor"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    seed: Mapped[bytes] = mapped_column(sa.LargeBinary(200))  # encrypted for this account
    confirmed_at: Mapped[datetime]
    last_step: Mapped[int]  # of the last code taken: that one and all before it are used up

    @classmethod
    def visible_to(cls, person: Account, permission: Permission | None = None) -> sa.Select["AccountFactor"]:
        """One's own; with a permission over others those of the accounts that it reaches."""
        if permission in OWN:
            return sa.select(cls).where(cls.account_id == person.id)
        accounts = Account.visible_to(person, permission).with_only_columns(Account.id)
        return sa.select(cls).where(cls.account_id.in_(accounts))


class RecoveryCode(Base):
    """120 random bits, of which only the SHA-256 is kept: nobody guesses them, so a slow hash would add nothing."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    used_at: Mapped[datetime | None]


class FactorRemoval(Base):
    """Somebody else took the factor away. Its owner is told at the next sign-in, and by whom."""

    __tablename__ = "factor_removal"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    removed_at: Mapped[datetime]
    removed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))  # nobody: the operator
    reason: Mapped[str] = mapped_column(sa.String(200))
    told_at: Mapped[datetime | None]

    removed_by: Mapped[Account | None] = sa.orm.relationship(foreign_keys=[removed_by_id])
