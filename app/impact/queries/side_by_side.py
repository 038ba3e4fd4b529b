"""The company's page before it is put into words: its units at one level, both voices, one page of the table."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.periods import Period, quarter_of
from app.impact import figures
from app.impact.figures import Answered, Part, Reading
from app.impact.queries.answers import AsItWas, Tree, as_it_was, tree_named
from app.impact.queries.company import (
    LEAF,
    Pair,
    Source,
    Standing,
    Value,
    customer_values,
    pair,
    sources,
    team_values,
    values_of,
)
from app.impact.queries.rows import Voices, customers_in, team_in, voices
from app.people.models import UnitKind
from app.stats.scores import Verdict


@dataclass(frozen=True)
class Beside:
    """One row of the table; readings only where both sides are scores of quarters."""

    unit: Standing
    team: Reading | None = None
    customers: Reading | None = None
    team_verdict: Verdict | None = None
    customers_verdict: Verdict | None = None


@dataclass(frozen=True)
class CompanyView:
    level: str
    kinds: frozenset[UnitKind]
    pair: Pair
    measures: Sequence[Source]  # the newest of each
    metrics: Sequence[Source]
    standing: Sequence[Standing]  # everything at this level, whatever is searched for
    team: Mapping[int, Value]
    customers: Mapping[int, Value]
    listed: Sequence[Standing]  # what the search found
    beside: Sequence[Beside]  # the rows of this page of the table
    tree: Tree = Tree.NOW
    team_part: Part | None = None  # the month or wave, where not the whole quarter was published
    is_running: bool = False  # the customers' period

    @property
    def shown_on_both(self) -> list[Standing]:
        return [unit for unit in self.standing if _is_shown(self.team, unit) and _is_shown(self.customers, unit)]

    @property
    def hidden(self) -> int:
        return sum(unit.id in self.team and self.team[unit.id].is_hidden for unit in self.standing)

    @property
    def silent(self) -> int:
        return len(self.standing) - self.hidden - len(self.shown_on_both)


def _is_shown(values: Mapping[int, Value], unit: Standing) -> bool:
    return unit.id in values and not values[unit.id].is_hidden


def company_view(seen: Sequence[Standing], asked: Mapping[str, str], *, rows: slice, today: date) -> CompanyView:
    """`seen` are the units whose numbers the person may see; `asked` is the query of the address."""
    team, customers = sources()
    counted = Counter(unit.kind for unit in seen if unit.is_lowest)
    kinds = frozenset(kind for kind, count in counted.items() if count > 1)
    level = asked.get("level", LEAF) if asked.get("level") in {*kinds, LEAF} else LEAF
    standing = [unit for unit in seen if unit.stands_at(level)]
    words = asked.get("q", "").strip().casefold()[:200]
    listed = [unit for unit in standing if words in unit.name.casefold()]
    chosen, tree = pair(team, customers, asked, today), tree_named(asked.get("tree", ""))
    was = as_it_was(tree, *_in_quarters(_customer_quarters(chosen)))
    known = _known(chosen, was)
    return CompanyView(
        level=level,
        kinds=kinds,
        pair=chosen,
        measures=_one_each(team),
        metrics=_one_each(customers),
        standing=standing,
        team=known.team_values if known else team_values(chosen.team),
        customers=known.customer_values if known else customer_values(chosen.customers, was),
        listed=listed,
        beside=_read(standing, listed[rows], known, was) if known else [Beside(unit) for unit in listed[rows]],
        tree=tree,
        team_part=known.team_part if known else None,
        is_running=chosen.customers is not None and chosen.customers.runs_on(today),
    )


@dataclass(frozen=True)
class Known:
    """Both voices of all units in the chosen quarter and in the last one before it: with those most are compared."""

    team: Mapping[date, Mapping[int, Answered]]  # oldest first
    customers: Mapping[date, Mapping[int, Answered]]

    @property
    def team_values(self) -> dict[int, Value]:
        return values_of([*self.team.values()][-1], figures.team_figure)

    @property
    def team_part(self) -> Part | None:
        """A set is of one period, so all its units name the same part."""
        return next((answered.part for answered in [*self.team.values()][-1].values()), None)

    @property
    def customer_values(self) -> dict[int, Value]:
        return values_of([*self.customers.values()][-1], figures.customer_figure)

    def lacks(self, unit_id: int) -> bool:
        """There is a score and none before it: hidden there, or without answers, it may be compared with an older."""
        return _lacks(self.team, unit_id) or _lacks(self.customers, unit_id)


def _known(chosen: Pair, was: AsItWas | None) -> Known | None:
    """Nothing where one side is no score of a quarter."""
    if not chosen.is_scores or chosen.team is None or chosen.customers is None:
        return None
    quarters = _with_the_one_before(chosen.team, chosen.team_choices)
    return Known(team_in(quarters), customers_in(_customer_quarters(chosen), was))


def _customer_quarters(chosen: Pair) -> list[date]:
    source = chosen.customers
    return [] if source is None or source.is_means else _with_the_one_before(source, chosen.customer_choices)


def _with_the_one_before(source: Source, choices: Sequence[Source]) -> list[date]:
    """The quarter, after the last earlier one of which anything is known."""
    earlier = {quarter_of(each.starts_on)[0] for each in choices if each.starts_on < source.starts_on}
    return [*sorted(earlier)[-1:], source.starts_on]


def _in_quarters(quarters: Collection[date]) -> list[sa.ColumnElement[bool]]:
    """Own answers of everybody, which the page puts together itself."""
    return [Period.starts_on.in_(quarters)] if quarters else []


def _one_each(sources: Sequence[Source]) -> list[Source]:
    newest: dict[str, Source] = {}
    for source in sources:
        newest.setdefault(source.measure, source)
    return [newest[measure] for measure in sorted(newest)]


def _read(units: Sequence[Standing], wanted: Sequence[Standing], known: Known, was: AsItWas | None) -> list[Beside]:
    """The wanted ones, with verdicts that allow for how many units stand in the whole table.

    So all are read: were the family what a page or a search shows, a unit would be told two verdicts.
    """
    rest = {unit.id for unit in units if known.lacks(unit.id)}
    whole = voices(rest, was=was) if rest else Voices({}, {})
    team, customers = ([*each][-1:] for each in (known.team, known.customers))
    first, second = [], []
    for unit in units:
        if unit.id in rest:
            told, heard = whole.team.get(unit.id, {}), whole.customers.get(unit.id, {})
        else:
            told, heard = _of(unit.id, known.team), _of(unit.id, known.customers)
        first += figures.team_readings(told, team)
        second += figures.customer_readings(heard, customers)
    verdicts = figures.told_apart([*first, *second])
    half = len(units)
    rows = zip(units, first, second, verdicts[:half], verdicts[half:], strict=True)
    found = {row[0].id: Beside(*row) for row in rows}
    return [found[unit.id] for unit in wanted]


def _lacks(quarters: Mapping[date, Mapping[int, Answered]], unit_id: int) -> bool:
    *before, now = quarters.values()
    is_shown = unit_id in now and now[unit_id].counts is not None
    return is_shown and not any(unit_id in each and each[unit_id].counts for each in before)


def _of(unit_id: int, quarters: Mapping[date, Mapping[int, Answered]]) -> dict[date, Answered]:
    return {day: by_unit[unit_id] for day, by_unit in quarters.items() if unit_id in by_unit}
