"""The company is never without an administrator: nothing that anybody does brings that day nearer.

Whatever takes the role from somebody, or its holder from the company, stands inside `never_without_administrator`:
ending a grant, closing an account, leaving, an import of leavers.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import one_at_a_time
from app.core.errors import Refused
from app.core.permissions import Role
from app.extensions import db
from app.people.models import Account, Employee, Grant, Unit

NEEDED = _l(
    "This would leave the company without an administrator. Nothing was changed: "
    "give the role on the whole company to somebody else first."
)
Term = tuple[date, date | None]


@contextmanager
def never_without_administrator(today: date) -> Iterator[None]:
    """Two who end each other's role at the same moment take turns; the second is refused. Enter it holding no row."""
    one_at_a_time()
    before = first_day_without(terms_of_administrators(today), today)
    yield
    db.session.flush()
    after = first_day_without(terms_of_administrators(today), today)
    if sooner(after, before):
        raise Refused(NEEDED)


def would_be_without(leaving: Mapping[int, date | None], today: date) -> bool:
    """Whether the company would sooner be without an administrator if these employees left on these days."""
    after = first_day_without(terms_of_administrators(today, leaving), today)
    return sooner(after, first_day_without(terms_of_administrators(today), today))


def sooner(day: date | None, other: date | None) -> bool:
    """None is never."""
    return day is not None and (other is None or day < other)


def first_day_without(terms: Iterable[Term], today: date) -> date | None:
    """From today on; None when there is somebody on every day to come."""
    day = today
    for starts_on, ends_on in sorted(terms, key=lambda term: term[0]):
        if starts_on > day:
            return day
        if ends_on is None:
            return None
        day = max(day, ends_on)
    return day


def terms_of_administrators(today: date, leaving: Mapping[int, date | None] = MappingProxyType({})) -> list[Term]:
    """From when until when each holds the role on the whole company, works here and can sign in. Programs cannot.

    `leaving`: for a look ahead, employees with the day on which they would no longer work here.
    """
    columns = sa.select(Grant.starts_on, Grant.ends_on, Employee.ends_on, Employee.id).join(
        Account, Account.id == Grant.account_id
    )
    held = columns.outerjoin(Employee, Employee.id == Account.employee_id).join(Unit, Unit.id == Grant.unit_id)
    lasting = sa.or_(Grant.ends_on.is_(None), Grant.ends_on > today)
    wholly = Unit.parent_id.is_(None), Unit.is_open, Grant.role == Role.ADMINISTRATOR
    rows = db.session.execute(held.where(lasting, *wholly, Account.disabled_at.is_(None), ~Account.is_service))
    return [(first, _earliest(end, leaving.get(employee, leaves))) for first, end, leaves, employee in rows]


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
