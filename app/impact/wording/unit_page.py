"""The unit's page put into words: the sentence, two cards, the trend with its table, the units below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.core import formats
from app.core.periods import PeriodKind, period_code, period_label
from app.core.texts import _, ngettext
from app.impact import figures
from app.impact.queries.answers import Tree
from app.impact.queries.rows import Mean, NamedUnit, Question, SplitOff, Sums
from app.impact.queries.unit import SPANS, Below, UnitView, marks
from app.impact.wording import words
from app.impact.wording.cards import Card, card, trend
from app.impact.wording.detectable import detectable
from app.impact.wording.words import CUSTOMERS, EMPLOYEES
from app.results.models import measure_label
from app.voice.models import Metric

Row = Sequence[Any]
Columns = list[tuple[str, str]]


@dataclass(frozen=True)
class UnitPage:
    """What the template of the unit's page is given; nothing in it has to be computed there."""

    view: UnitView
    crumbs: list[tuple[str, str]]
    sentence: Markup
    team: Card
    customers: Card
    chart: dict[str, Any]
    trend_rows: list[Row]
    detectable: str
    below_rows: list[Row]
    side: list[tuple[str, str, str]]
    means: list[Row]
    questions: list[Row]
    periods: list[tuple[str, str, bool]]
    spans: list[tuple[str, str, bool]]
    trees: list[tuple[str, str, bool]]
    tree_told: str
    notes: list[str]
    quarter: str
    code: str

    @property
    def spans_label(self) -> str:
        return next((label for label, _url, is_current in self.spans if is_current), "")

    @property
    def trees_label(self) -> str:
        return next((label for label, _url, is_current in self.trees if is_current), "")

    @property
    def trend_columns(self) -> Columns:
        return [
            (_("Quarter"), "text"), (_("Team eNPS"), "number"), (_("n"), "number"), (_("Interval"), "number"),
            (_("Change"), "text"), (_("Customers' NPS"), "number"), (_("n"), "number"), (_("Interval"), "number"),
            (_("Change"), "text"),
        ]  # fmt: skip

    @property
    def below_columns(self) -> Columns:
        return [
            (_("Unit"), "text"), (_("Team eNPS"), "number"), (_("n"), "number"), (_("Change"), "text"),
            (_("Customers' NPS"), "number"), (_("n"), "number"), (_("Change"), "text"),
        ]  # fmt: skip

    @property
    def question_columns(self) -> Columns:
        return [
            (_("Question"), "text"), (_("Period"), "text"), (_("Net score"), "number"), (_("n"), "number"),
            (_("Interval"), "number"),
        ]  # fmt: skip

    @property
    def mean_columns(self) -> Columns:
        return [
            (_("Measure"), "text"), (_("Period"), "text"), (_("Mean"), "number"), (_("Scale"), "number"),
            (_("n"), "number"),
        ]  # fmt: skip


def unit_page(view: UnitView) -> UnitPage:
    team, customers = view.team[-1], view.customers[-1]
    space = Markup(" ")
    return UnitPage(
        view=view,
        crumbs=[(place.name, _link(view, place) if place.is_seen else "") for place in view.above],
        sentence=space.join((words.customers_sentence(view.unit.name, customers), words.team_sentence(team))),
        team=card(EMPLOYEES, team),
        customers=card(CUSTOMERS, customers),
        chart=trend(view.team, view.customers, marks(view)),
        trend_rows=trend_rows(view),
        detectable=detectable(view.detectable(view.team), view.detectable(view.customers)),
        below_rows=[below_row(view, row) for row in view.below],
        side=_satisfaction(view),
        means=[_mean_row(mean, EMPLOYEES) for mean in view.team_means]
        + [_mean_row(mean, CUSTOMERS) for mean in view.customer_means],
        questions=[_question_row(question) for question in view.team_questions],
        periods=_periods(view),
        spans=_spans(view),
        trees=_trees(view),
        tree_told=words.tree_told(view.tree),
        notes=_notes(view),
        quarter=words.quarter(view.quarter),
        code=code_of(view),
    )


def _link(view: UnitView, place: NamedUnit) -> str:
    """To another unit, the same quarter and span."""
    return url_for("impact.show_unit", unit_id=place.id, period=code_of(view), quarters=view.span, tree=view.tree_asked)


def code_of(view: UnitView) -> str:
    return quarter_code(view.quarter)


def quarter_code(day: date) -> str:
    return period_code(PeriodKind.QUARTER, day)


def trend_rows(view: UnitView) -> list[Row]:
    """The chart as a table, newest first."""
    pairs = list(zip(view.team, view.customers, strict=True))
    return [
        [
            words.quarter(team.quarter),
            words.score(team), words.n_of(team), words.span(team), words.verdict_short(team, team.verdict),
            words.score(customers), words.n_of(customers), words.span(customers),
            words.verdict_short(customers, customers.verdict),
        ]
        for team, customers in reversed(pairs)
    ]  # fmt: skip


def below_row(view: UnitView, row: Below) -> Row:
    return [
        (named(row.place.name, row.place.is_open), _link(view, row.place)),
        words.score(row.team), words.n_of(row.team), words.verdict_short(row.team, row.team_verdict),
        words.score(row.customers), words.n_of(row.customers),
        words.verdict_short(row.customers, row.customers_verdict),
    ]  # fmt: skip


def named(name: str, is_open: bool) -> str:
    return name if is_open else _("%(unit)s (closed)", unit=name)


def _satisfaction(view: UnitView) -> list[tuple[str, str, str]]:
    """CSAT and CES as small figures: value, what it is, n and interval."""
    found = []
    for metric in (Metric.CSAT, Metric.CES):
        if sums := view.satisfaction.get(metric):
            found.append(_csat(sums) if metric is Metric.CSAT else _ces(sums))
    return found


def _csat(sums: Sums) -> tuple[str, str, str]:
    figure = figures.csat_figure(sums.bands[2], sums.n)
    assert figure.low is not None
    assert figure.high is not None
    told = ngettext("%(num)s answer, %(low)s to %(high)s", "%(num)s answers, %(low)s to %(high)s", sums.n,
                    low=formats.percent(figure.low), high=formats.percent(figure.high))  # fmt: skip
    return formats.percent(figure.value), _("satisfied (CSAT 4 or 5 of 5)"), told


def _ces(sums: Sums) -> tuple[str, str, str]:
    figure = figures.ces_figure(sums.n, sums.total, sums.squares)
    mean = words.decimal(figure.value, 1)
    if figure.low is None or figure.high is None:
        return mean, _("ease (CES, mean of 1 to 7)"), ngettext("%(num)s answer", "%(num)s answers", sums.n)
    told = ngettext("%(num)s answer, %(low)s to %(high)s", "%(num)s answers, %(low)s to %(high)s", sums.n,
                    low=words.decimal(figure.low, 1), high=words.decimal(figure.high, 1))  # fmt: skip
    return mean, _("ease (CES, mean of 1 to 7)"), told


def _mean_row(mean: Mean, kind: str) -> Row:
    """A published mean is shown with its n and its scale: no interval, no verdict."""
    who = (
        _("team: %(measure)s", measure=measure_label(mean.measure))
        if kind == EMPLOYEES
        else _("customers: %(measure)s", measure=mean.measure.upper())
    )
    value = words.hidden() if mean.mean is None else words.decimal(mean.mean)
    n = words.count(mean.n) if mean.n else ""
    return [who, period_label(mean.kind, mean.starts_on), value, f"{mean.low}–{mean.high}", n]


def _question_row(question: Question) -> Row:
    """As eNPS is: with its n and its interval, or hidden."""
    name, period = measure_label(question.measure), period_label(question.kind, question.starts_on)
    if question.answered.counts is None:
        return [name, period, words.hidden(), "", ""]
    figure = figures.team_figure(question.answered)
    n = words.count(figure.n)
    if figure.headcount is not None:
        n = _("%(n)s of %(all)s", n=n, all=words.count(figure.headcount))
    return [name, period, words.points(figure.score), n, f"{words.points(figure.low)} … {words.points(figure.high)}"]


def _periods(view: UnitView) -> list[tuple[str, str, bool]]:
    return [
        (
            words.quarter(day),
            url_for(
                "impact.show_unit",
                unit_id=view.unit.id,
                period=period_code(PeriodKind.QUARTER, day),
                quarters=view.span,
                tree=view.tree_asked,
            ),
            day == view.quarter,
        )
        for day in view.choices
    ]


def _spans(view: UnitView) -> list[tuple[str, str, bool]]:
    return [
        (
            ngettext("%(num)s quarter", "%(num)s quarters", span),
            url_for(
                "impact.show_unit", unit_id=view.unit.id, period=code_of(view), quarters=span, tree=view.tree_asked
            ),
            span == view.span,
        )
        for span in SPANS
    ]


def _trees(view: UnitView) -> list[tuple[str, str, bool]]:
    same: dict[str, Any] = {"unit_id": view.unit.id, "period": code_of(view), "quarters": view.span}
    return [
        (label, url_for("impact.show_unit", **same, tree=None if tree is Tree.NOW else tree), tree is view.tree)
        for tree, label in words.tree_names()
    ]


def _notes(view: UnitView) -> list[str]:
    running = [words.still_running(words.quarter(view.quarter))] if view.is_running else []
    days = ", ".join(formats.day(day) for day in view.rearranged)
    came_or_left = [_("Units came or left here on %(days)s.", days=days)] if days else []
    return running + came_or_left + [_of_split(each) for each in view.splits]


def _of_split(split: SplitOff) -> str:
    told = {"day": formats.day(split.day), "name": split.other}
    if split.is_part:
        return _(
            "This unit came out of “%(name)s” on %(day)s. Customers' answers given before that day stay there: nobody "
            "can say to which part they belong.",
            **told,
        )
    return _(
        "“%(name)s” came out of this unit on %(day)s. Customers' answers given before that day stay here: nobody can "
        "say to which part they belong.",
        **told,
    )
