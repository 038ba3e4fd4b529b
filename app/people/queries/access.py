"""Who may see and do what: by which role, by standing in for whom; for one unit, and for one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.alphabet import alphabetical
from app.core.permissions import Permission, Role
from app.extensions import db
from app.people.models import Account, Assignment, Deputyship, Employee, Grant, Unit, UnitTree
from app.people.queries.directory import containing, folded

FEW = 20
ORDER = list(Role)  # pages name the widest role first


@dataclass(frozen=True)
class Holding:
    """Somebody holds a role that reaches; as themselves, or as the deputy of somebody absent."""

    account: Account
    role: Role
    unit: Unit
    starts_on: date
    ends_on: date | None
    absent: Account | None = None


def _works_on(day: date) -> sa.ColumnElement[bool]:
    """Whose account opens something that day: nobody who has left, and none that is closed."""
    return sa.and_(Account.disabled_at.is_(None), sa.or_(Employee.ends_on.is_(None), Employee.ends_on > day))


def holdings_on(unit: Unit, day: date) -> list[Holding]:
    """Everybody whom a role lets reach the unit that day: given on it or above it, or lent by whoever holds it so."""
    reaching = sa.select(UnitTree.ancestor_id).where(UnitTree.descendant_id == unit.id)
    return _holdings(Grant.unit_id.in_(reaching), day)


def holdings_of(account: Account, day: date) -> list[Holding]:
    """What the person holds that day, as herself and as somebody's deputy."""
    return [each for each in _holdings(_given_or_lent(account, day), day) if each.account.id == account.id]


def _given_or_lent(account: Account, day: date) -> sa.ColumnElement[bool]:
    lenders = sa.select(Deputyship.absent_id).where(Deputyship.deputy_id == account.id, Deputyship.holding_on(day))
    return sa.or_(Grant.account_id == account.id, Grant.account_id.in_(lenders))


def _holdings(which: sa.ColumnElement[bool], day: date) -> list[Holding]:
    grants = db.session.scalars(
        sa.select(Grant)
        .join(Account, Account.id == Grant.account_id)
        .outerjoin(Employee, Employee.id == Account.employee_id)
        .where(which, Grant.holding_on(day), _works_on(day))
        .options(joinedload(Grant.account).joinedload(Account.employee), joinedload(Grant.unit))
        .order_by(Grant.role, Grant.unit_id.desc(), Grant.id)
    ).all()
    lent = _lent_by({grant.account_id for grant in grants}, day) if grants else []
    found = []
    for grant in grants:
        found.append(Holding(grant.account, grant.role, grant.unit, grant.starts_on, grant.ends_on))
        for row in lent:
            if (row.absent_id, row.role, row.unit_id) == (grant.account_id, grant.role, grant.unit_id):
                ends_on = min(filter(None, (row.ends_on, grant.ends_on)))
                found.append(Holding(row.deputy, row.role, grant.unit, row.starts_on, ends_on, grant.account))
    return sorted(found, key=lambda each: (-ORDER.index(each.role), alphabetical(each.account.display_name)))


def _lent_by(account_ids: set[int], day: date) -> Sequence[Deputyship]:
    rows = (
        sa.select(Deputyship)
        .join(Account, Account.id == Deputyship.deputy_id)
        .outerjoin(Employee, Employee.id == Account.employee_id)
        .where(Deputyship.absent_id.in_(account_ids), Deputyship.holding_on(day), _works_on(day))
    )
    named = rows.options(joinedload(Deputyship.deputy).joinedload(Account.employee))
    return db.session.scalars(named.order_by(Deputyship.id)).all()


def role_history(which: sa.Select[Grant]) -> Sequence[Grant]:
    """Of these, all that was ever given, the newest first, each with who gave and who ended it."""
    people = (Grant.account, Grant.granted_by, Grant.granted_for, Grant.ended_by, Grant.ended_for)
    named = [joinedload(each).joinedload(Account.employee) for each in people]
    rows = which.options(joinedload(Grant.unit), *named)
    return db.session.scalars(rows.order_by(Grant.starts_on.desc(), Grant.id.desc())).all()


def deputyships_about(account: Account) -> Sequence[Deputyship]:
    """For whom the person stands in, and who stands in for them; the newest first, past ones too."""
    people = (Deputyship.absent, Deputyship.deputy, Deputyship.named_by)
    rows = sa.select(Deputyship).where(sa.or_(Deputyship.absent_id == account.id, Deputyship.deputy_id == account.id))
    named = rows.options(
        joinedload(Deputyship.unit), *(joinedload(each).joinedload(Account.employee) for each in people)
    )
    return db.session.scalars(named.order_by(Deputyship.starts_on.desc(), Deputyship.id.desc())).all()


def lendable(account: Account, day: date) -> Sequence[Grant]:
    """The roles for which the person may need a deputy: those that hold today or later."""
    rows = (
        sa.select(Grant)
        .where(Grant.account_id == account.id)
        .where(sa.or_(Grant.ends_on.is_(None), sa.and_(Grant.ends_on > day, Grant.starts_on < Grant.ends_on)))
    )
    return db.session.scalars(rows.options(joinedload(Grant.unit)).order_by(Grant.role, Grant.id)).all()


def accounts_to_choose(q: str, day: date, unit: Unit | None = None) -> Sequence[Account]:
    """People who can sign in, by a part of their name, address or number; without words those who work in the unit."""
    people = (
        sa.select(Account)
        .outerjoin(Employee, Employee.id == Account.employee_id)
        .where(_works_on(day))
        .options(joinedload(Account.employee))
        .order_by(folded(Account.name), Account.id)
        .limit(FEW + 1)
    )
    if q:
        address, name = sa.func.coalesce(Account.email, ""), sa.func.coalesce(Employee.name, "")
        number = sa.func.coalesce(Employee.number, "")
        return db.session.scalars(people.where(containing(q, Account.name, address, name, number))).all()
    if unit is None:
        return []
    here = sa.select(Assignment.employee_id).where(
        Assignment.holding_on(day),
        Assignment.unit_id.in_(sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id == unit.id)),
    )
    return db.session.scalars(people.where(Account.employee_id.in_(here))).all()


def units_of_accounts(accounts: Sequence[Account], day: date) -> dict[int, str]:
    """The unit in which each works that day, by the id of the account: it tells namesakes apart."""
    works = sa.select(Account.id, Unit.name).join(Assignment, Assignment.employee_id == Account.employee_id)
    works = works.join(Unit, Unit.id == Assignment.unit_id).where(Assignment.holding_on(day))
    rows = db.session.execute(works.where(Account.id.in_([account.id for account in accounts])))
    return {account_id: name for account_id, name in rows}


def units_to_choose(person: Account, q: str) -> Sequence[Unit]:
    """Units on which the person may give roles, by a part of their name or code; without words the highest."""
    units = Unit.visible_to(person, Permission.ROLE_GRANT).where(Unit.is_open)
    units = units.options(joinedload(Unit.parent)).limit(FEW + 1)
    if q:
        found = units.where(containing(q, Unit.name, Unit.code)).order_by(folded(Unit.name), Unit.id)
        return db.session.scalars(found).all()
    height = sa.select(sa.func.count()).where(UnitTree.descendant_id == Unit.id).correlate(Unit).scalar_subquery()
    return db.session.scalars(units.order_by(height, folded(Unit.name), Unit.id)).all()
