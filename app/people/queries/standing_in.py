"""Whose deputy somebody is in an act: of all who lend the right where her own does not reach (security.md B4).

Several may lend the same right on the same unit, and nobody can say by whose loan she acts: then the log names all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import sqlalchemy as sa

from app.core import company_time
from app.core.permissions import Permission, roles_with
from app.extensions import db
from app.people.models import Account, Assignment, Deputyship, Grant, Reorganisation, Unit, UnitTree, given

Subject = tuple[str, int | None]
Units = frozenset[int]
MOST_AT_ONCE = 1000


def lenders(actor_id: int, permission: Permission, subjects: Sequence[Subject]) -> list[tuple[int, ...]]:
    """For each subject the accounts of the absent people. One question, where nothing is lent."""
    with db.session.no_autoflush:
        own, lent = _given(actor_id, permission)
        if not lent:
            return [()] * len(subjects)
        places = _places(subjects)
        above = _above({unit for units in places.values() for unit in units})
        return [_lenders(places[subject], above, own, lent) for subject in subjects]


def _given(actor_id: int, permission: Permission) -> tuple[Units, dict[int, Units]]:
    """Units on which it is her own, and by absent person those on which it is lent; each with all below it."""
    own: set[int] = set()
    lent: dict[int, set[int]] = defaultdict(set)
    held = given(actor_id, company_time.today(), frozenset(roles_with(permission)))
    for _role, unit_id, for_id in db.session.execute(held):
        (own if for_id is None else lent[for_id]).add(unit_id)
    return frozenset(own), {for_id: frozenset(units) for for_id, units in lent.items()}


def _lenders(places: Units, above: dict[int, Units], own: Units, lent: dict[int, Units]) -> tuple[int, ...]:
    borrowed = [unit for unit in places if not above[unit] & own]
    return tuple(sorted(for_id for for_id, units in lent.items() if any(above[unit] & units for unit in borrowed)))


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """An import brings a hundred thousand at once, and no database takes as many values in one statement."""
    return (ids[start : start + MOST_AT_ONCE] for start in range(0, len(ids), MOST_AT_ONCE))


def _above(units: Collection[int]) -> dict[int, Units]:
    """Of each unit itself and all above it."""
    found = defaultdict(set)
    for some in _in_parts(sorted(units)):
        pairs = sa.select(UnitTree.descendant_id, UnitTree.ancestor_id).where(UnitTree.descendant_id.in_(some))
        for unit_id, ancestor_id in db.session.execute(pairs):
            found[unit_id].add(ancestor_id)
    return {unit: frozenset({unit, *found[unit]}) for unit in units}


def _places(subjects: Iterable[Subject]) -> dict[Subject, Units]:
    """The units that an act on this touches; what belongs to none is the whole company's."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, row_id in subjects:
        wanted[kind].update([row_id] if row_id else [])
    found: dict[str, dict[int | None, Units]] = {kind: {} for kind in wanted}
    for kind, ids in wanted.items():
        for some in _in_parts(sorted(ids)):
            found[kind] |= _units_of(kind, some)
    company = frozenset(db.session.scalars(sa.select(Unit.id).where(Unit.parent_id.is_(None))))
    return {(kind, row_id): found[kind].get(row_id) or company for kind, row_id in subjects}


def _units_of(kind: str, ids: Collection[int]) -> dict[int | None, Units]:
    match kind:
        case "unit":
            return {unit_id: frozenset({unit_id}) for unit_id in ids}
        case "employee":
            return _paired(_working().where(Assignment.employee_id.in_(ids)))
        case "account":
            works = _working().join(Account, Account.employee_id == Assignment.employee_id)
            works = works.where(Account.id.in_(ids)).with_only_columns(Account.id, Assignment.unit_id)
            holds = sa.select(Grant.account_id, Grant.unit_id).where(Grant.account_id.in_(ids))
            return _paired(holds) | _paired(works)
        case "deputyship":
            return _paired(sa.select(Deputyship.id, Deputyship.unit_id).where(Deputyship.id.in_(ids)))
        case "reorganisation":
            return _paired(sa.select(Reorganisation.id, Reorganisation.unit_id).where(Reorganisation.id.in_(ids)))
    return {}


def _working() -> sa.Select[int, int]:
    """Where somebody works from today on: of a move both ends, also one that is only planned."""
    today = company_time.today()
    lasting = sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on >= today)
    return sa.select(Assignment.employee_id, Assignment.unit_id).where(lasting)


def _paired(pairs: sa.Select[int, int]) -> dict[int | None, Units]:
    found = defaultdict(set)
    for row_id, unit_id in db.session.execute(pairs):
        found[row_id].add(unit_id)
    return {row_id: frozenset(units) for row_id, units in found.items()}
