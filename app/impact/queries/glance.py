"""What the home page asks about: where I work, the units I look after, and what one happy customer said."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.alphabet import alphabetical
from app.core.permissions import Permission
from app.extensions import db
from app.impact.queries.rows import NamedUnit
from app.imports.models import DataImport
from app.people.models import EMPLOYEE, PERSON, TODAY, Account, Assignment, Unit, given_units, told
from app.voice.models import Feedback, Metric, Touchpoint

MOST_UNITS = 20


class Said(NamedTuple):
    """Words of a customer who recommends us."""

    comment: str
    language: str
    score: int
    answered_on: date
    touchpoint: dict[str, str] | None


@dataclass(frozen=True)
class Places:
    """Where I work, and what I look after: the units a role was given to me on, and those directly below."""

    mine: NamedUnit | None
    others: tuple[NamedUnit, ...]

    @property
    def ids(self) -> list[int]:
        return [place.id for place in (*([self.mine] if self.mine else []), *self.others)]


_works = sa.select(Assignment.unit_id).where(Assignment.employee_id == EMPLOYEE, Assignment.holding_on(TODAY))
_given = given_units(Permission.IMPACT_READ, PERSON, TODAY)
_is_given, _is_below, _is_mine = Unit.id.in_(_given), Unit.parent_id.in_(_given), Unit.id.in_(_works)
_PLACES = (
    sa.select(Unit.id, Unit.name, Unit.kind, _is_mine.label("is_mine"), _is_given.label("is_given"))
    .where(sa.or_(_is_mine, sa.and_(Unit.is_open, sa.or_(_is_given, _is_below))))
    .order_by(_is_mine.desc(), _is_given.desc(), Unit.id)  # one's own is never what no longer fits
    .limit(MOST_UNITS + 1)
)


def places_of(person: Account, today: date) -> Places:
    rows = db.session.execute(_PLACES, {**told(person), "today": today}).all()
    mine = next((NamedUnit(row.id, row.name, row.kind) for row in rows if row.is_mine), None)
    others = [row for row in rows if not row.is_mine][:MOST_UNITS]
    others.sort(key=lambda row: (not row.is_given, alphabetical(row.name)))
    return Places(mine, tuple(NamedUnit(row.id, row.name, row.kind) for row in others))


def said_of(unit_id: int) -> Said | None:
    """The newest words of a customer of this very unit who gave 9 or 10."""
    columns: tuple[Any, ...] = (
        Feedback.comment,
        Feedback.language,
        Feedback.score,
        Feedback.answered_on,
        Touchpoint.name,
    )
    found = db.session.execute(
        sa.select(*columns)
        .join(DataImport, DataImport.id == Feedback.import_id)
        .outerjoin(Touchpoint, Touchpoint.id == Feedback.touchpoint_id)
        .where(
            Feedback.unit_id == unit_id,
            Feedback.comment != sa.literal_column("''"),  # written out, or the index of what was said is not used
            Feedback.metric == Metric.NPS,
            Feedback.score >= 9,
            DataImport.is_visible,
        )
        .order_by(Feedback.answered_on.desc(), Feedback.id.desc())
        .limit(1)
    ).first()
    return None if found is None else Said(*found)
