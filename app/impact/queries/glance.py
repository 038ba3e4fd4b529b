"""A glance for the home page: my unit's two voices, the units I look after, and what one happy customer said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import url_for

from app.core.alphabet import alphabetical
from app.core.permissions import Permission
from app.extensions import db
from app.impact import figures
from app.impact.figures import Reading
from app.impact.queries.rows import Place, Quarters, Voices, voices
from app.impact.queries.unit import usual_quarter
from app.impact.wording import words
from app.impact.wording.cards import Card, card
from app.impact.wording.words import CUSTOMERS, EMPLOYEES
from app.imports.models import DataImport
from app.people.models import EMPLOYEE, PERSON, TODAY, Account, Assignment, Unit, given_units, told
from app.voice.models import Feedback, Metric, Touchpoint

MOST_UNITS = 20


@dataclass(frozen=True)
class Glance:
    """My unit on one card."""

    unit: Place
    url: str
    quarter: str
    team: Card
    customers: Card


@dataclass(frozen=True)
class Looked:
    """One line of the units I look after."""

    name: str
    url: str
    team: str
    team_change: str
    customers: str
    customers_change: str


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

    mine: Place | None
    others: tuple[Place, ...]

    @property
    def ids(self) -> list[int]:
        return [place.id for place in (*([self.mine] if self.mine else []), *self.others)]


_works = sa.select(Assignment.unit_id).where(Assignment.employee_id == EMPLOYEE, Assignment.holding_on(TODAY))
_given = given_units(Permission.IMPACT_READ, PERSON, TODAY)
_is_given, _is_below, _is_mine = Unit.id.in_(_given), Unit.parent_id.in_(_given), Unit.id.in_(_works)
_PLACES = (
    sa.select(Unit.id, Unit.name, Unit.kind, _is_mine.label("is_mine"), _is_given.label("is_given"))
    .where(sa.or_(_is_mine, sa.and_(Unit.is_open, sa.or_(_is_given, _is_below))))
    .order_by(_is_given.desc(), Unit.id)
    .limit(MOST_UNITS + 1)
)


def places_of(person: Account, today: date) -> Places:
    rows = db.session.execute(_PLACES, {**told(person), "today": today}).all()
    mine = next((Place(row.id, row.name, row.kind) for row in rows if row.is_mine), None)
    others = [row for row in rows if not row.is_mine][:MOST_UNITS]
    others.sort(key=lambda row: (not row.is_given, alphabetical(row.name)))
    return Places(mine, tuple(Place(row.id, row.name, row.kind) for row in others))


@dataclass(frozen=True)
class Glances:
    """My unit's card and a customer's words, the lines of the others, and the quarter that the lines are about."""

    mine: Glance | None
    said: Said | None
    others: Sequence[Looked]
    quarter: str


def glances(places: Places, today: date) -> Glances:
    if not places.ids:
        return Glances(None, None, [], "")
    known = voices(places.ids)
    mine = None if places.mine is None else _glance(places.mine, known, today)
    said = None if places.mine is None else said_of(places.mine.id)
    quarter = usual_quarter(_any_of(known.team, places.others), _any_of(known.customers, places.others), today)
    is_known = any(known.quarters_of(unit.id) for unit in places.others)
    looked = _looked(places.others, known, quarter) if is_known else []
    return Glances(mine, said, looked, words.quarter(quarter))


def _glance(unit: Place, known: Voices, today: date) -> Glance:
    team, customers = known.team.get(unit.id, {}), known.customers.get(unit.id, {})
    quarter = usual_quarter(team, customers, today)
    return Glance(
        unit,
        url_for("impact.show_unit", unit_id=unit.id),
        words.quarter(quarter),
        card(EMPLOYEES, figures.team_readings(team, [quarter])[0], is_small=True),
        card(CUSTOMERS, figures.customer_readings(customers, [quarter])[0], is_small=True),
    )


def _any_of(known: Mapping[int, Quarters], units: Sequence[Place]) -> Quarters:
    return {day: tally for unit in units for day, tally in known.get(unit.id, {}).items()}


def _looked(units: Sequence[Place], known: Voices, quarter: date) -> list[Looked]:
    team = [figures.team_readings(known.team.get(unit.id, {}), [quarter])[0] for unit in units]
    customers = [figures.customer_readings(known.customers.get(unit.id, {}), [quarter])[0] for unit in units]
    verdicts = figures.told_apart([*team, *customers])
    return [
        Looked(
            unit.name,
            url_for("impact.show_unit", unit_id=unit.id),
            _score(first),
            words.verdict_short(first, first_verdict),
            _score(second),
            words.verdict_short(second, second_verdict),
        )
        for unit, first, second, first_verdict, second_verdict in zip(
            units, team, customers, verdicts[: len(units)], verdicts[len(units) :], strict=True
        )
    ]


def _score(reading: Reading) -> str:
    """With its n, as never a number stands bare."""
    if reading.figure is None:
        return words.score(reading)
    return f"{words.points(reading.figure.score)} (n {words.count(reading.figure.n)})"


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
            DataImport.visible_at.is_not(None),
        )
        .order_by(Feedback.answered_on.desc(), Feedback.id.desc())
        .limit(1)
    ).first()
    return None if found is None else Said(*found)
