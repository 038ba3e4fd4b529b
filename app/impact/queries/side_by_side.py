"""The company's page before it is put into words: its units at one level, both voices, one page of the table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.periods import Period
from app.impact import figures
from app.impact.figures import Reading
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
)
from app.impact.queries.rows import voices
from app.people.models import UnitKind
from app.stats.scores import Verdict
from app.voice.models import FeedbackQuarter


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


def company_view(seen: Sequence[Standing], asked: Mapping[str, str], *, rows: slice) -> CompanyView:
    """`seen` are the units whose numbers the person may see; `asked` is the query of the address."""
    team, customers = sources()
    counted = Counter(unit.kind for unit in seen if unit.is_lowest)
    kinds = frozenset(kind for kind, count in counted.items() if count > 1)
    level = asked.get("level", LEAF) if asked.get("level") in {*kinds, LEAF} else LEAF
    standing = [unit for unit in seen if unit.stands_at(level)]
    words = asked.get("q", "").strip().casefold()[:200]
    listed = [unit for unit in standing if words in unit.name.casefold()]
    chosen, tree = pair(team, customers, asked), tree_named(asked.get("tree", ""))
    was = as_it_was(tree, *_in_quarter(chosen.customers))
    return CompanyView(
        level=level,
        kinds=kinds,
        pair=chosen,
        measures=_one_each(team),
        metrics=_one_each(customers),
        standing=standing,
        team=team_values(chosen.team),
        customers=customer_values(chosen.customers, was),
        listed=listed,
        beside=_read(standing, listed[rows], chosen, was),
        tree=tree,
    )


def _in_quarter(source: Source | None) -> list[sa.ColumnElement[bool]]:
    """Own answers of everybody, which the page puts together itself."""
    if source is None or source.is_means:
        return []
    return [FeedbackQuarter.metric == source.measure, Period.starts_on == source.starts_on]


def _one_each(sources: Sequence[Source]) -> list[Source]:
    newest: dict[str, Source] = {}
    for source in sources:
        newest.setdefault(source.measure, source)
    return [newest[measure] for measure in sorted(newest)]


def _read(units: Sequence[Standing], wanted: Sequence[Standing], chosen: Pair, was: AsItWas | None) -> list[Beside]:
    """The wanted ones, with verdicts that allow for how many units stand in the whole table.

    So all are read: were the family what a page or a search shows, a unit would be told two verdicts.
    """
    if not chosen.is_scores or chosen.team is None or chosen.customers is None:
        return [Beside(unit) for unit in wanted]
    known = voices([unit.id for unit in units], was=was)
    first = [figures.team_readings(known.team.get(unit.id, {}), [chosen.team.starts_on])[0] for unit in units]
    second = [
        figures.customer_readings(known.customers.get(unit.id, {}), [chosen.customers.starts_on])[0] for unit in units
    ]
    verdicts = figures.told_apart([*first, *second])
    half = len(units)
    rows = zip(units, first, second, verdicts[:half], verdicts[half:], strict=True)
    found = {row[0].id: Beside(*row) for row in rows}
    return [found[unit.id] for unit in wanted]
