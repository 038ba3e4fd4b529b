"""The one door for numbers about employees: publish once, frozen; withdraw whole, for ever."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, settings
from app.core.database import one_at_a_time, rows_changed
from app.core.errors import Refused
from app.core.periods import Period
from app.extensions import db
from app.people.queries import headcounts_on, tree_on
from app.results.models import ResultFigure, ResultSet, SetStatus
from app.results.queries import Tree, barred_by, moved_since
from app.stats.checked import Counts
from app.stats.disclosure import (
    FLOOR,
    NodeSum,
    blocks,
    clamp,
    clamp_mean,
    has_small,
    publishable,
    sums_of_blocks,
)
from app.stats.disclosure.tree import parents_first


@dataclass(frozen=True)
class Tally:
    """What the people directly in one unit answered: three bands that add up to n, or only a mean."""

    n: int
    bands: tuple[int, int, int] = (0, 0, 0)  # detractors, passives, promoters
    mean: float | None = None
    headcount: int | None = None


@dataclass(frozen=True)
class Answers:
    """All that was answered to one question in one period, by unit. Whoever holds answers hands over this."""

    measure: str
    period: Period
    tallies: Mapping[int, Tally]
    rule: str  # how answers became bands
    scale: tuple[int, int]
    is_means: bool = False
    import_id: int | None = None  # which import brought them

    @property
    def direct_counts(self) -> dict[int, int]:
        return {unit_id: tally.n for unit_id, tally in self.tallies.items()}


@dataclass(frozen=True)
class Outlook:
    """What publishing would show and hide; from the numbers of answers alone."""

    shown: frozenset[int]
    hidden: frozenset[int]
    strangers: frozenset[int]  # units with answers that were not there on the last day of the period
    answer_count: int  # below roots that are shown: of a small tree beside them not even this is said


def foresee(answers: Answers, threshold: int, tree: Tree, moved: Mapping[int, int]) -> Outlook:
    """`tree` is the one of the period's last day, `moved` as from `movements`."""
    strangers = frozenset(answers.tallies.keys() - tree.keys())
    known = _known(answers, tree)
    shown = frozenset(publishable(tree, known, max(threshold, FLOOR), moved))
    told = sum(n for unit_id, n in known.items() if _root_of(unit_id, tree) in shown)
    return Outlook(shown, frozenset(tree) - shown, strangers, told)


def movements(asked: Sequence[tuple[Answers, Tree]], threshold: int) -> list[Mapping[int, int]]:
    """For each, who joined or left its units, where some are so small that it matters and the company hides those."""
    if not settings.company("hides_changed_teams"):
        return [{}] * len(asked)
    small = [has_small(tree, _known(answers, tree), max(threshold, FLOOR)) for answers, tree in asked]
    wanted = [
        (answers.measure, answers.period) for (answers, _), is_small in zip(asked, small, strict=True) if is_small
    ]
    found = iter(moved_since(wanted) if wanted else [])
    return [next(found) if is_small else {} for is_small in small]


def _known(answers: Answers, tree: Tree) -> dict[int, int]:
    return {unit_id: n for unit_id, n in answers.direct_counts.items() if unit_id in tree}


def _root_of(unit_id: int, tree: Tree) -> int:
    while (parent := tree[unit_id]) is not None:
        unit_id = parent
    return unit_id


def publish(answers: Answers, *, threshold: int, actor_id: int | None, now: datetime) -> ResultSet:
    """Threshold, partition and clamp are applied here, once. Raises Refused where the period has had its set."""
    one_at_a_time()  # of two who publish at once, the second sees the first
    _refuse_barred(answers)
    tree = tree_on(answers.period.last_day)
    threshold = max(threshold, FLOOR)
    (moved,) = movements([(answers, tree)], threshold)
    _refuse_unfit(answers, tree, threshold, moved)
    result_set = ResultSet(
        measure=answers.measure,
        period_id=answers.period.id,
        rule=answers.rule,
        scale_low=answers.scale[0],
        scale_high=answers.scale[1],
        is_means=answers.is_means,
        threshold=threshold,
        status=SetStatus.PUBLISHED,
        published_at=now,
        published_by_id=actor_id,
        import_id=answers.import_id,
    )
    db.session.add(result_set)
    db.session.flush()
    figures = [row | {"set_id": result_set.id} for row in _figures(answers, tree, threshold, moved)]
    db.session.execute(sa.insert(ResultFigure), figures)
    told = {"measure": answers.measure, "period": answers.period.code, "threshold": threshold}
    audit.record("result_set.published", "result_set", result_set.id, actor_id=actor_id, after=told)
    return result_set


def withdraw(result_set: ResultSet, *, actor_id: int | None, now: datetime) -> None:
    """Its figures are destroyed, and its period stays barred: after minus before would give the difference."""
    taken = (
        sa.update(ResultSet)
        .where(ResultSet.id == result_set.id, ResultSet.status == SetStatus.PUBLISHED)
        .values(status=SetStatus.WITHDRAWN, withdrawn_at=now)
    )
    if rows_changed(taken) != 1:
        raise Refused(_l("This set was withdrawn already. Nothing was changed."))
    db.session.execute(sa.delete(ResultFigure).where(ResultFigure.set_id == result_set.id))
    before, after = {"status": SetStatus.PUBLISHED}, {"status": SetStatus.WITHDRAWN}
    audit.record("result_set.withdrawn", "result_set", result_set.id, actor_id=actor_id, before=before, after=after)


def _refuse_barred(answers: Answers) -> None:
    period = answers.period
    barring = barred_by(answers.measure, period.starts_on, period.ends_on)
    if barring is None:
        return
    if barring.status is SetStatus.WITHDRAWN:
        raise Refused(
            _l(
                "Results of %(period)s were published and withdrawn. They cannot be published again: whoever noted"
                " the first numbers could work out single answers.",
                period=barring.period.label,
            )
        )
    raise Refused(
        _l(
            "Results of %(period)s are published already, and published results never change. Nothing was published.",
            period=barring.period.label,
        )
    )


def _refuse_unfit(answers: Answers, tree: Tree, threshold: int, moved: Mapping[int, int]) -> None:
    if answers.tallies.keys() - tree.keys():
        raise Refused(
            _l(
                "Some units in these results did not exist at the end of %(period)s. Correct when they begin and end,"
                " then publish.",
                period=answers.period.label,
            )
        )
    counts = answers.direct_counts
    if not publishable(tree, counts, threshold):
        raise Refused(
            _l(
                "Fewer than %(threshold)s people answered, so no unit could be shown. Nothing was published.",
                threshold=threshold,
            )
        )
    if not publishable(tree, counts, threshold, moved):
        raise Refused(
            _l(
                "So few people answered, and so few of them joined or left since the last results, that the change"
                " would tell about those. Nothing was published, and the draft is still there."
            )
        )


@dataclass
class _Sum:
    """What is added up the tree beside the bands."""

    n: int = 0
    weight: float = 0.0  # of means: mean times n
    headcount: int = 0
    at_least: int = 0  # people there must have been, where more answered than were counted

    def add(self, other: "_Sum") -> None:
        self.n += other.n
        self.weight += other.weight
        self.headcount += other.headcount
        self.at_least += other.at_least


def _figures(answers: Answers, tree: Tree, threshold: int, moved: Mapping[int, int]) -> list[dict[str, Any]]:
    """One row a unit of the tree of that day; of a hidden one nothing but that it is hidden."""
    people = headcounts_on(answers.period.last_day)
    people |= {unit_id: tally.headcount for unit_id, tally in answers.tallies.items() if tally.headcount is not None}
    parts = blocks(tree, answers.direct_counts, threshold, moved)
    bands = {} if answers.is_means else sums_of_blocks(tree, {one: _clamped(answers, parts[one]) for one in parts})
    sums = {unit_id: _Sum() for unit_id in tree}
    rows = []
    for unit_id in reversed(parents_first(tree)):
        if unit_id in parts:
            sums[unit_id].add(_block(answers, parts[unit_id], people))
        parent_id = tree[unit_id]
        if parent_id is not None:
            sums[parent_id].add(sums[unit_id])
        shown = _shown(sums[unit_id], bands.get(unit_id)) if unit_id in parts else _HIDDEN
        rows.append({"unit_id": unit_id, "parent_id": parent_id, **shown})
    return rows


def _told_of(answers: Answers, members: Iterable[int]) -> list[Tally]:
    return [answers.tallies[unit_id] for unit_id in members if unit_id in answers.tallies]


def _clamped(answers: Answers, members: Iterable[int]) -> Counts:
    """The bands of one block, bent so that they prove nobody's answer; from here on nothing else is looked at."""
    tallies = _told_of(answers, members)
    return clamp([sum(tally.bands[band] for tally in tallies) for band in range(3)])


def _block(answers: Answers, members: Iterable[int], people: Mapping[int, int]) -> _Sum:
    units = list(members)
    tallies = _told_of(answers, units)
    found = _Sum(n=sum(tally.n for tally in tallies), headcount=sum(people.get(unit_id, 0) for unit_id in units))
    found.at_least = max(found.headcount, found.n)
    if found.n and answers.is_means:
        low, high = answers.scale
        mean = sum((tally.mean or 0) * tally.n for tally in tallies) / found.n
        found.weight = clamp_mean(min(max(mean, low), high), found.n, low=low, high=high) * found.n
    return found


_HIDDEN: dict[str, Any] = dict.fromkeys(("n", "detractors", "passives", "promoters", "mean", "headcount"))
_HIDDEN["clamped_blocks"] = 0


def _shown(total: _Sum, bands: NodeSum | None) -> dict[str, Any]:
    """Of a mean, where `bands` are missing."""
    detractors, passives, promoters = (None, None, None) if bands is None else bands.counts
    return {
        "n": total.n,
        "detractors": detractors,
        "passives": passives,
        "promoters": promoters,
        "mean": total.weight / total.n if bands is None else None,
        "headcount": total.at_least if total.headcount >= total.n else None,
        "clamped_blocks": 0 if bands is None else bands.clamped_blocks,
    }
