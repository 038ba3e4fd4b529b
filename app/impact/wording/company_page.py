"""The company's page put into words: the sentence, the scatter of units, the table under it, what cannot be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.core.formats import rounded
from app.core.periods import period_label
from app.core.texts import _, ngettext
from app.impact.queries.answers import Tree
from app.impact.queries.company import LEAF, Pair, Source, Standing, Value
from app.impact.queries.side_by_side import Beside, CompanyView
from app.impact.wording import dots, goes_with, words
from app.impact.wording.axes import even_axis
from app.impact.wording.goes_with import Link
from app.people.models import UnitKind
from app.results.models import measure_label
from app.results.queries import ENPS
from app.voice.models import Metric

Row = Sequence[Any]
Columns = list[tuple[str, str]]
Select = tuple[str, str, list[tuple[str, str]], str]


@dataclass(frozen=True)
class CompanyPage:
    """What the template of the company's page is given."""

    view: CompanyView
    link: Link
    sentence: Markup
    figures: str
    caution: str
    pairing: str
    chart: dict[str, Any] | None
    sizes: list[tuple[str, float]]
    size_told: str
    left_out: str
    columns: Columns
    rows: list[Row]
    selects: list[Select]
    tree_told: str


def company_page(view: CompanyView) -> CompanyPage:
    both = [(view.team[unit.id], view.customers[unit.id], unit) for unit in view.shown_on_both]
    link = goes_with.link(
        [(float(x.value or 0), float(y.value or 0)) for x, y, _unit in both], is_means=view.pair.is_means
    )
    return CompanyPage(
        view=view,
        link=link,
        sentence=goes_with.sentence(link),
        figures=goes_with.figures(link),
        caution=goes_with.caution(link),
        pairing=_pairing(view),
        chart=_scatter(view, both) if both else None,
        sizes=_sizes(both) if both else [],
        size_told=dots.legend(),
        left_out=_left_out(view),
        columns=columns(view.pair),
        rows=[_row(view, beside) for beside in view.beside],
        selects=_selects(view),
        tree_told=words.tree_told(view.tree),
    )


def name_of(source: Source) -> str:
    """How a measure is called; questions of one's own keep the name they came with."""
    known = {ENPS: _("Team eNPS"), Metric.NPS: _("Customers' NPS"), Metric.CSAT: _("CSAT"), Metric.CES: _("CES")}
    name = known.get(source.measure) or measure_label(source.measure)
    if source.is_means:
        return _("%(measure)s, mean", measure=name)
    return _("CSAT, percent satisfied") if source.measure == Metric.CSAT else name


def label(source: Source) -> str:
    return period_label(source.kind, source.starts_on)


def team_label(view: CompanyView) -> str:
    """The period of the employees' side, by the name under which it was published."""
    if view.pair.team is None:
        return ""
    return period_label(*view.team_part) if view.team_part else label(view.pair.team)


def _pairing(view: CompanyView) -> str:
    """Which period stands beside which, said on the page."""
    pair = view.pair
    if pair.team is None or pair.customers is None:
        return ""
    told = {"team": team_label(view), "customers": label(pair.customers)}
    stands = _stands_beside(view, told)
    return f"{stands} {words.still_running(told['customers'])}" if view.is_running else stands


def _stands_beside(view: CompanyView, told: dict[str, str]) -> str:
    pair = view.pair
    assert pair.team is not None
    assert pair.customers is not None
    if pair.team.code == pair.customers.code and view.team_part is None:
        return _("Both voices in %(customers)s.", **told)
    if pair.follows:
        return _("Employees in %(team)s, which had ended before the customers' period, %(customers)s, began.", **told)
    return _("Employees in %(team)s, customers in %(customers)s.", **told)


def _left_out(view: CompanyView) -> str:
    """Units that are not in the picture are counted in words, never drawn."""
    parts = []
    if view.hidden:
        parts.append(
            ngettext(
                "%(num)s unit is hidden to protect people.", "%(num)s units are hidden to protect people.", view.hidden
            )
        )
    if view.silent:
        parts.append(
            ngettext(
                "%(num)s unit has only one of the two voices, or none, in this period.",
                "%(num)s units have only one of the two voices, or none, in this period.",
                view.silent,
            )
        )
    return " ".join(parts)


def _scatter(view: CompanyView, both: Sequence[tuple[Value, Value, Standing]]) -> dict[str, Any]:
    pair = view.pair
    assert pair.team is not None
    assert pair.customers is not None
    most = max(_answers(x, y) for x, y, _unit in both)
    points = [
        {
            "name": unit.name,
            "x": drawn(pair.team, x),
            "y": drawn(pair.customers, y),
            "across": dots.across(_answers(x, y), most=most),
            "text": _dot(pair, x, y),
            "url": _unit_link(view, unit),
        }
        for x, y, unit in both
    ]
    describe = ngettext(
        "Scatter chart of %(num)s unit: %(team)s from left to right, %(customers)s upwards. The table below holds all"
        " figures.",
        "Scatter chart of %(num)s units: %(team)s from left to right, %(customers)s upwards. The table below holds all"
        " figures.",
        len(points),
        team=name_of(pair.team),
        customers=name_of(pair.customers),
    )
    axes = {
        axis: {"label": name_of(source)} | even_axis(source, [point[axis] for point in points])  # type: ignore[misc]
        for axis, source in (("x", pair.team), ("y", pair.customers))
    }
    return {"kind": "scatter", "describe": f"{describe} {dots.legend()}", "points": points, **axes}


def _sizes(both: Sequence[tuple[Value, Value, Standing]]) -> list[tuple[str, float]]:
    """For the legend: how large a dot is with so many answers."""
    counts = [_answers(x, y) for x, y, _unit in both]
    return [(_("n %(n)s", n=words.count(n)), dots.across(n, most=max(counts))) for n in dots.examples(counts)]


def _answers(x: Value, y: Value) -> int:
    """Behind a dot, whose place is no surer than the side of which less is known."""
    return min(x.n, y.n)


def drawn(source: Source, value: Value) -> float | int:
    """A point stands where its printed number says."""
    return figure_of(source, value.value or 0)


def figure_of(source: Source, exact: float) -> float | int:
    """With as many places as it is printed."""
    return float(rounded(exact, 2)) if source.is_means or source.measure == Metric.CES else round(exact)


def printed(source: Source, value: Value) -> str:
    """A score with its sign, a share in whole percent, a mean with two decimals."""
    return words.hidden() if value.value is None else _written(source, value.value)


def _written(source: Source, number: float) -> str:
    if source.is_means or source.measure == Metric.CES:
        return words.decimal(number)
    return words.count(round(number)) if source.measure == Metric.CSAT else words.points(number)


def _span(source: Source, value: Value | None) -> str:
    if value is None or value.low is None or value.high is None:
        return ""
    return f"{_written(source, value.low)} … {_written(source, value.high)}"


def _dot(pair: Pair, x: Value, y: Value) -> str:
    assert pair.team is not None
    assert pair.customers is not None
    parts = [
        _(
            "%(measure)s %(score)s, n %(n)s",
            measure=name_of(source),
            score=printed(source, value),
            n=words.count(value.n),
        )
        for source, value in ((pair.team, x), (pair.customers, y))
    ]
    return "\n".join(parts)


def _unit_link(view: CompanyView, unit: Standing) -> str:
    period = view.pair.customers.code if view.pair.is_scores and view.pair.customers else None
    tree = None if view.tree is Tree.NOW else view.tree.value
    return url_for("impact.show_unit", unit_id=unit.id, period=period, tree=tree)


def columns(pair: Pair) -> Columns:
    found: Columns = [(_("Unit"), "text")]
    for source in (pair.team, pair.customers):
        if source is not None:
            found += [(name_of(source), "number"), (_("n"), "number")]
            found += [] if source.is_means else [(_("Interval"), "number")]
            found += [(_("Change"), "words")] if pair.is_scores else []
    return found


def _row(view: CompanyView, beside: Beside) -> Row:
    return [(beside.unit.name, _unit_link(view, beside.unit)), *_cells(view, beside)]


def _cells(view: CompanyView, beside: Beside) -> list[str]:
    if beside.team and beside.customers:
        return [
            words.score(beside.team), words.n_of(beside.team), words.span(beside.team),
            words.verdict_short(beside.team, beside.team_verdict),
            words.score(beside.customers), words.n_of(beside.customers), words.span(beside.customers),
            words.verdict_short(beside.customers, beside.customers_verdict),
        ]  # fmt: skip
    cells = []
    for source, values in ((view.pair.team, view.team), (view.pair.customers, view.customers)):
        if source is not None:
            value = values.get(beside.unit.id)
            cells.append(printed(source, value) if value else words.nobody())
            cells.append(words.count(value.n) if value and not value.is_hidden else "")
            cells += [] if source.is_means else [_span(source, value)]
    return cells


def _selects(view: CompanyView) -> list[Select]:
    """The drop-downs over the page; one that has nothing to choose from is left out."""
    levels = [(LEAF, _("lowest units"))] + [(kind.value, kind_name(kind)) for kind in UnitKind if kind in view.kinds]
    found: list[Select] = [("level", _("Level"), levels, view.level)]
    if view.pair.customers is not None:
        found.append(("tree", _("Units"), words.tree_names(), view.tree))
    pair = view.pair
    found += _measure_select("measure", _("Employees' measure"), view.measures, pair.team)
    found += _measure_select("metric", _("Customers' measure"), view.metrics, pair.customers)
    if pair.is_scores and pair.team and pair.customers and pair.team.code == pair.customers.code:
        there = {source.code for source in pair.team_choices}
        both = [
            (one.code, label(one)) for one in pair.customer_choices if one.code in there and one.is_quarter_of_scores
        ]
        return [*found, ("period", _("Period"), both, pair.team.code)]
    for name, words_for, choices, chosen in (
        ("employees", _("Employees' period"), pair.team_choices, pair.team),
        ("customers", _("Customers' period"), pair.customer_choices, pair.customers),
    ):
        if chosen is not None:
            found.append((name, words_for, [(source.code, label(source)) for source in choices], chosen.code))
    return found


def _measure_select(name: str, words_for: str, sources: Sequence[Source], chosen: Source | None) -> list[Select]:
    if chosen is None or len(sources) < 2:
        return []
    return [(name, words_for, [(str(source.measure), name_of(source)) for source in sources], str(chosen.measure))]


def kind_name(kind: UnitKind) -> str:
    return {
        UnitKind.COMPANY: _("company"),
        UnitKind.REGION: _("regions"),
        UnitKind.DEPARTMENT: _("departments"),
        UnitKind.BRANCH: _("branches"),
        UnitKind.TEAM: _("teams"),
    }[kind]
