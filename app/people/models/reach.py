"""Where somebody's roles reach today: looked up in one statement, then asked from memory as often as needed."""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction, object_session

from app.core import company_time
from app.core.database import is_writing, plainly
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.people.models.scope import EMPLOYEE, PERSON, TODAY, Assignment, Grant, UnitTree, given, told
from app.people.models.unit import Unit

if TYPE_CHECKING:
    from app.people.models.account import Account

Units = frozenset[int]


class Given(NamedTuple):
    """A role on a unit, one's own or of an absent person's account; or the unit that one works in."""

    role: Role
    unit_id: int
    for_id: int | None
    on_root: bool


@cache
def _all() -> sa.CompoundSelect[Any]:
    """Put together once, when all tables are known."""
    roles = given(PERSON, TODAY).subquery()
    on_root = Unit.parent_id.is_(None).label("on_root")
    works_in = sa.select(
        sa.literal(Role.EMPLOYEE, Grant.role.type), Assignment.unit_id, sa.cast(sa.null(), sa.Integer), sa.false()
    )
    return sa.union_all(
        sa.select(roles.c.role, roles.c.unit_id, roles.c.for_id, on_root).join(Unit, Unit.id == roles.c.unit_id),
        works_in.where(Assignment.employee_id == EMPLOYEE, Assignment.holding_on(TODAY)),
    )


class Reach:
    """Of one person on one day. At most one statement more tells where units hang of which it has not heard yet."""

    def __init__(self, person: "Account", session: Session) -> None:
        self._session = session
        self._above: dict[int, Units] = {}
        rows = [Given(*row) for row in plainly(_all(), told(person), within=session)]
        self.given = tuple(each for each in rows if each.role is not Role.EMPLOYEE)
        self.works_in: Units = frozenset(each.unit_id for each in rows if each.role is Role.EMPLOYEE)
        self.roles = frozenset(each.role for each in rows)

    def is_whole(self, permission: Permission) -> bool:
        """Held on a root of the tree, that is, everywhere."""
        return any(each.on_root and permission in ROLE_PERMISSIONS[each.role] for each in self.given)

    def covers(self, permission: Permission, unit_id: int) -> bool:
        """What `units_where` says of one unit: below a role, or the very unit that an employee works in."""
        if permission in ROLE_PERMISSIONS[Role.EMPLOYEE] and unit_id in self.works_in:
            return True
        units = {each.unit_id for each in self.given if permission in ROLE_PERMISSIONS[each.role]}
        return bool(units) and not units.isdisjoint(self.above([unit_id])[unit_id])

    def above(self, units: Collection[int]) -> dict[int, Units]:
        """Of each unit itself and all above it today, in one question for those that were not asked about before."""
        if unknown := set(units) - self._above.keys():
            found: dict[int, set[int]] = {unit_id: set() for unit_id in unknown}
            pairs = sa.select(UnitTree.descendant_id, UnitTree.ancestor_id).where(UnitTree.descendant_id.in_(unknown))
            for unit_id, ancestor_id in plainly(pairs, within=self._session):
                found[unit_id].add(ancestor_id)
            self.learn(found)
        return {unit_id: self._above[unit_id] for unit_id in units}

    def learn(self, above: dict[int, set[int]]) -> None:
        """Where units hang, when another question has told it already."""
        self._above.update({unit_id: frozenset(found) for unit_id, found in above.items()})


class Kept(NamedTuple):
    """Good for one transaction, one day, and one answer to who this is."""

    reach: Reach
    transaction: SessionTransaction | None
    day: date
    employee_id: int | None


def reach_of(person: "Account") -> Reach:
    """Looked up once for each page. Whoever writes asks anew each time: what was seen before a lock may be over."""
    session, kept = object_session(person), person.kept_reach
    assert session is not None
    if is_writing():
        return Reach(person, session)
    now = (session.get_transaction(), company_time.today(), person.employee_id)
    if kept is None or kept[1:] != now or now[0] is None:
        reach = Reach(person, session)
        person.kept_reach = kept = Kept(reach, session.get_transaction(), *now[1:])
    return kept.reach
