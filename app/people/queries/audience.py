"""Audience: the one query that says for whom something is."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.permissions import Role
from app.people.models import Account, Assignment, Audience, AudienceRule, Employee, Grant, UnitTree, UnitVersion


def people_in(audience: Audience, day: date) -> sa.Select[Employee]:
    """Who works here that day and is met by an included rule and by no excluded one; without rules, everybody.

    Rules that only exclude exclude from everybody.
    """
    people = (
        sa.select(Employee)
        .join(Assignment, sa.and_(Assignment.employee_id == Employee.id, Assignment.holding_on(day)))
        .order_by(Employee.id)
    )
    included = [_meets(rule, day) for rule in audience.rules if rule.is_included]
    excluded = [_meets(rule, day) for rule in audience.rules if not rule.is_included]
    if included:
        people = people.where(sa.or_(*included))
    return people.where(sa.not_(sa.or_(sa.false(), *excluded)))


def _meets(rule: AudienceRule, day: date) -> sa.ColumnElement[bool]:
    """All conditions that are filled in, together."""
    conditions: list[sa.ColumnElement[bool]] = [sa.true()]
    if rule.unit_id is not None:
        below = sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id == rule.unit_id)
        conditions.append(Assignment.unit_id.in_(below))
    if rule.role is not None and rule.role is not Role.EMPLOYEE:
        conditions.append(_holds(rule.role, day))
    if rule.language is not None:
        conditions.append(sa.func.coalesce(_own_language(), Employee.language, "") == rule.language)
    if rule.location is not None:
        conditions.append(_works_at(rule.location, day))
    if rule.job is not None:
        conditions.append(Assignment.job == rule.job)
    return sa.and_(*conditions)


def _holds(role: Role, day: date) -> sa.ColumnElement[bool]:
    held = sa.select(Grant.id).join(Account, Account.id == Grant.account_id)
    return held.where(Account.employee_id == Employee.id, Grant.role == role, Grant.holding_on(day)).exists()


def _own_language() -> sa.ScalarSelect[str | None]:
    """What the person chose for the screen comes before what the company wrote down."""
    return sa.select(Account.language).where(Account.employee_id == Employee.id).scalar_subquery()


def _works_at(location: str, day: date) -> sa.ColumnElement[bool]:
    version = aliased(UnitVersion)
    works = version.unit_id == Assignment.unit_id
    return sa.exists().where(works, version.holding_on(day), version.location == location)
