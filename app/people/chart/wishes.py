"""What somebody wishes the org chart to become from a day on. Units are named by their keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.people.models import UnitKind


@dataclass(frozen=True)
class Opening:
    day: date
    parent: str
    key: str
    code: str
    name: str
    kind: UnitKind
    country: str | None = None
    location: str | None = None


@dataclass(frozen=True)
class Alteration:
    """Another name, kind, country or place, from a day on."""

    day: date
    unit: str
    name: str
    kind: UnitKind
    country: str | None = None
    location: str | None = None


@dataclass(frozen=True)
class Move:
    day: date
    unit: str
    parent: str


@dataclass(frozen=True)
class Merger:
    """These close on the day, and what was theirs goes on in another."""

    day: date
    units: tuple[str, ...]
    into: str


@dataclass(frozen=True)
class Part:
    key: str
    code: str
    name: str


@dataclass(frozen=True)
class Split:
    """New units take over from one; it closes, unless it stays as one of the parts.

    Whoever and whatever is not named goes where the rest goes.
    """

    day: date
    unit: str
    parts: tuple[Part, ...]
    stays: bool
    rest: str  # key of a part, or of the unit itself where it stays
    people: Mapping[int, str] = field(default_factory=dict)  # by employee
    below: Mapping[str, str] = field(default_factory=dict)  # by unit


@dataclass(frozen=True)
class Closure:
    day: date
    unit: str
    people_to: str | None = None


@dataclass(frozen=True)
class Correction:
    """What was written wrongly about one version is mended in place: nothing happened in the world on that day."""

    unit: str
    day: date  # the first day of the version
    name: str
    kind: UnitKind
    parent: str | None
    country: str | None = None
    location: str | None = None


Wish = Opening | Alteration | Move | Merger | Split | Closure | Correction
