"""Second factors: who has one, and who must."""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from app.core import installation, settings
from app.core.database import plainly
from app.core.permissions import Role
from app.extensions import db
from app.people.credentials import factor_codes
from app.people.models import PERSON, Account, AccountFactor, Assignment, FactorRemoval, Grant, RecoveryCode


def has_factor(account: Account) -> bool:
    """For every way in: whoever has one does not come in without a code, and gets no slip."""
    return plainly(_HAS_FACTOR, {"person_id": account.id}).first() is not None


_of = db.metadata.tables["account_factor"].c.account_id
_HAS_FACTOR = sa.select(_of).where(_of == PERSON)
_FACTOR = sa.select(AccountFactor).where(AccountFactor.account_id == PERSON)


def factor_of(account: Account) -> AccountFactor | None:
    return db.session.scalar(_FACTOR, {"person_id": account.id})


def seeds_by_old_keys() -> Iterator[tuple[int, bytes, str]]:
    """Account, as it is sealed, and what it says, of those that are not sealed with the newest key."""
    for account_id, sealed in db.session.execute(sa.select(AccountFactor.account_id, AccountFactor.seed)).all():
        found = factor_codes.opened(sealed, account_id)
        if found is not None and found.by_old_key:
            yield account_id, sealed, found.text


def must_have_factor(account: Account) -> bool:
    """By a role held somewhere today. Nobody in the demo, whose people are everybody's, and no program."""
    named = set(settings.company("factor_roles"))
    return bool(named) and not account.is_service and not named.isdisjoint(account.roles) and not installation.is_demo()


def lacks_factor(account: Account) -> bool:
    return must_have_factor(account) and not has_factor(account)


def codes_left(account: Account) -> int:
    left = sa.select(sa.func.count(RecoveryCode.id)).where(
        RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(left) or 0


_UNTOLD = (
    sa.select(FactorRemoval)
    .where(FactorRemoval.account_id == PERSON, FactorRemoval.told_at.is_(None))
    .order_by(FactorRemoval.id.desc())
    .limit(1)
)


def untold_removal(account: Account) -> FactorRemoval | None:
    return db.session.scalar(_UNTOLD, {"person_id": account.id})


def factors_by_role(day: date) -> dict[Role, tuple[int, int]]:
    """Of each role: how many accounts hold it that day, and how many of them have a second factor."""
    granted = sa.select(Grant.account_id.label("account_id"), Grant.role.label("role")).join(Grant.account)
    granted = granted.where(Grant.holding_on(day), ~Account.is_service)
    works = sa.select(Account.id, sa.literal(Role.EMPLOYEE, Grant.role.type)).where(
        Account.employee_id.in_(sa.select(Assignment.employee_id).where(Assignment.holding_on(day)))
    )
    holders = sa.union(granted, works).subquery()
    counted = (
        sa.select(holders.c.role, sa.func.count(), sa.func.count(AccountFactor.account_id))
        .outerjoin(AccountFactor, AccountFactor.account_id == holders.c.account_id)
        .group_by(holders.c.role)
    )
    return {role: (people, with_factor) for role, people, with_factor in db.session.execute(counted)}
