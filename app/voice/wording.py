"""The customers' page of a unit, put into words: nothing here asks the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.formats import number, percent, signed, span
from app.core.locales import localised
from app.core.periods import PeriodKind, period_label
from app.stats import scores
from app.stats.scores import Verdict
from app.voice.models import FeedbackGroup, Metric, Touchpoint
from app.voice.queries import Heard

FEWEST = 2  # a mean of one answer has no interval


@dataclass(frozen=True)
class Line:
    """One row of a table: what it is of, its score in words, n and interval."""

    name: str
    score: str
    n: str
    interval: str

    @property
    def cells(self) -> list[str]:
        return [self.name, self.score, self.n, self.interval]


@dataclass(frozen=True)
class Card:
    """The newest quarter of a metric beside the one before it."""

    title: str
    newest: Line
    verdict: str
    verdict_text: str


def line(name: str, metric: Metric, heard: Heard) -> Line:
    """NPS as a net score, CSAT as the share of the two best answers, CES as a mean; each with its interval."""
    n = number(heard.n)
    if metric is Metric.NPS:
        return Line(name, signed(scores.net_score(heard.counts)), n, span(*scores.interval_around_score(heard.counts)))
    if metric is Metric.CSAT:
        low, high = scores.wilson(heard.high, heard.n)
        return Line(name, percent(heard.high / heard.n), n, f"{percent(low)} … {percent(high)}")
    mean = number(heard.total / heard.n, 1)
    if heard.n < FEWEST:
        return Line(name, mean, n, "")
    low, high = scores.mean_interval(heard.n, heard.total, heard.squares)
    return Line(name, mean, n, f"{number(max(low, 1), 1)} … {number(min(high, 7), 1)}")


def card(metric: Metric, quarters: Mapping[date, Heard]) -> Card:
    """`quarters` oldest first, at least one."""
    first, *before = reversed(list(quarters))
    label = period_label(PeriodKind.QUARTER, first)
    title = _("%(metric)s, %(quarter)s", metric=metric.value.upper(), quarter=label)
    newest = line(label, metric, quarters[first])
    if metric is not Metric.NPS or not before:
        return Card(title, newest, "", "")
    return Card(title, newest, *_verdict(quarters[before[0]], quarters[first]))


def _verdict(before: Heard, now: Heard) -> tuple[str, str]:
    if not scores.can_tell(before.n, now.n):
        return "too-few", _("too few answered to say")
    return {
        Verdict.UP: ("up", _("up")),
        Verdict.DOWN: ("down", _("down")),
        Verdict.UNCLEAR: ("unchanged", _("not clearly changed")),
    }[scores.change(before.counts, now.counts).verdict]


def history(metric: Metric, quarters: Mapping[date, Heard]) -> list[Line]:
    """Newest first."""
    return [
        line(period_label(PeriodKind.QUARTER, first), metric, quarters[first]) for first in reversed(list(quarters))
    ]


def touchpoint_lines(metric: Metric, heard: Iterable[tuple[Touchpoint | None, Heard]]) -> list[Line]:
    return [line(localised(each.name) if each else _("not known"), metric, sums) for each, sums in heard]


def mean_lines(groups: Sequence[FeedbackGroup]) -> list[Line]:
    """As published by another tool: no interval can be given."""
    return [
        Line(
            f"{group.metric.value.upper()}, {group.period.label}",
            _(
                "%(mean)s on a scale from %(low)s to %(high)s",
                mean=number(group.mean or 0, 2),
                low=group.scale_low,
                high=group.scale_high,
            ),
            number(group.n),
            "",
        )
        for group in groups
    ]
