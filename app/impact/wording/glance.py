"""A glance for the home page: my unit's two voices, the units I look after, and what one happy customer said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.impact import figures
from app.impact.figures import Reading
from app.impact.queries.glance import Places, Said, said_of
from app.impact.queries.rows import NamedUnit, Quarters, Voices, voices
from app.impact.queries.unit import usual_quarter
from app.impact.wording import words
from app.impact.wording.cards import Card, card
from app.impact.wording.words import CUSTOMERS, EMPLOYEES


@dataclass(frozen=True)
class Glance:
    """My unit on one card."""

    unit: NamedUnit
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


def _glance(unit: NamedUnit, known: Voices, today: date) -> Glance:
    team, customers = known.team.get(unit.id, {}), known.customers.get(unit.id, {})
    quarter = usual_quarter(team, customers, today)
    return Glance(
        unit,
        url_for("impact.show_unit", unit_id=unit.id),
        words.quarter(quarter),
        card(EMPLOYEES, figures.team_readings(team, [quarter])[0], is_small=True),
        card(CUSTOMERS, figures.customer_readings(customers, [quarter])[0], is_small=True),
    )


def _any_of(known: Mapping[int, Quarters], units: Sequence[NamedUnit]) -> Quarters:
    return {day: answered for unit in units for day, answered in known.get(unit.id, {}).items()}


def _looked(units: Sequence[NamedUnit], known: Voices, quarter: date) -> list[Looked]:
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
    told = f"{words.points(reading.figure.score)} (n {words.count(reading.figure.n)})"
    return f"{told}, {words.published_for(reading)}" if reading.part else told
