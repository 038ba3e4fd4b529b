"""Who signs in: accounts, what they may do, and whoever is not signed in."""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock, company_time, settings
from app.core.permissions import EVERYBODY, ROLE_PERMISSIONS, Permission, Role
from app.core.types import PersonName
from app.extensions import Base
from app.people.models.employee import Employee, initials_of
from app.people.models.reach import Kept, Reach, reach_of
from app.people.models.scope import Assignment, Grant, units_where
from app.people.models.unit import Unit

if TYPE_CHECKING:
    from app.people.models.account_session import AccountSession
    from app.people.models.factor import AccountFactor

FRESH = timedelta(minutes=10)


def is_open(disabled_at: datetime | None, left_on: date | None) -> bool:
    """Of an account: whether it lets its owner in today."""
    return disabled_at is None and (left_on is None or left_on > company_time.today())


class Account(Base):
    """What Flask-Login calls the user. `employee_id` is empty for somebody who signs in but does not work here.

    One signs in with the e-mail address, or with the number that the company gave the employee. A program has an
    account too, a service account: it holds roles like anybody, and comes in by tokens only, never by a password.
    """

    __tablename__ = "account"
    __table_args__ = (
        sa.CheckConstraint("email IS NOT NULL OR employee_id IS NOT NULL OR is_service", name="email_or_employee"),
        sa.CheckConstraint(
            "NOT is_service OR (email IS NULL AND employee_id IS NULL AND password_hash IS NULL)",
            name="service_has_no_person",
        ),
        {"sqlite_autoincrement": True},  # a number that was somebody's is never another's
    )
    __allow_unmapped__ = True  # `current`, `secret`, `scopes` and `kept_reach` live for a request, not in the table

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)  # folded to lower case
    name: Mapped[str] = mapped_column(PersonName(200))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    language: Mapped[str | None] = mapped_column(sa.String(2))
    time_zone: Mapped[str | None] = mapped_column(sa.String(60))
    employee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employee.id"), unique=True)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    is_service: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # a program's: tokens only

    employee: Mapped[Employee | None] = relationship()
    sessions: Mapped[list["AccountSession"]] = relationship(back_populates="account")
    factor: Mapped["AccountFactor | None"] = relationship(viewonly=True)

    is_authenticated = True
    is_anonymous = False
    current: "AccountSession | None" = None  # the session that this request came with
    secret = ""  # of that session, only while signing in
    scopes: frozenset[Permission] | None = None  # of the token that this request came with; None: not by a token
    kept_reach: Kept | None = None

    @property
    def is_active(self) -> bool:
        """Somebody who has left is out on the day itself, whatever else they hold."""
        return is_open(self.disabled_at, self.employee.ends_on if self.employee else None)

    @property
    def is_fresh(self) -> bool:
        if self.current is None:
            return False
        age = clock.now() - self.current.signed_in_at
        return -clock.SLACK <= age < FRESH

    def get_id(self) -> str:
        """The secret of the session, not the number of the account: what the cookie holds can be revoked."""
        return self.secret

    @property
    def sign_in_name(self) -> str:
        """What its owner types: the address, or without one the employee's number."""
        return self.email or (self.employee.number if self.employee else None) or ""

    @property
    def spoken_language(self) -> str:
        """For letters and paper: what they chose, else what the company wrote down, else the company's first."""
        known = self.language or (self.employee.language if self.employee else None)
        return known or str(settings.company("languages")[0])

    @property
    def display_name(self) -> str:
        return self.employee.name if self.employee else self.name

    @property
    def initials(self) -> str:
        return initials_of(self.display_name)

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["Account"]:
        """Oneself; and those who work, or hold a role, on a unit where the person holds the permission.

        Who does neither is nobody's but the whole company's.
        """
        if permission is None:
            return sa.select(cls).where(cls.id == person.id)
        accounts = sa.select(cls)
        if permission in EVERYBODY:
            return accounts
        units = units_where(person, permission)
        wholly = sa.exists().where(Unit.parent_id.is_(None), Unit.id.in_(units))
        here = Assignment.holding_on(company_time.today()), Assignment.unit_id.in_(units)
        works = sa.exists().where(Assignment.employee_id == cls.employee_id, *here)
        held = sa.exists().where(Grant.account_id == cls.id, Grant.unit_id.in_(units))
        if permission is not Permission.ROLE_GRANT:  # who gives roles also sees those that have ended
            held = held.where(Grant.holding_within(company_time.today(), date.max))
        return accounts.where(sa.or_(works, held, wholly))

    @property
    def reach(self) -> Reach:
        return reach_of(self)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Every role held somewhere today, one's own or lent for somebody's absence."""
        return self.reach.roles

    @cached_property
    def _permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(ROLE_PERMISSIONS[role] for role in self.roles))

    def holds_on_company(self, permission: Permission) -> bool:
        """Holds it on a root of the tree, that is, everywhere."""
        return self.reach.is_whole(permission)

    def may(self, permission: Permission | str) -> bool:
        """Holds it somewhere; on which rows is asked with `visible_to`."""
        wanted = Permission(permission)
        if self.scopes is not None and wanted not in self.scopes:
            return False
        return wanted in EVERYBODY or wanted in self._permissions


class Stranger:
    """Whoever is not signed in."""

    is_authenticated = False
    is_anonymous = True
    is_active = False
    language = time_zone = None

    def may(self, permission: Permission | str) -> bool:
        return False

    def get_id(self) -> None:
        return None
