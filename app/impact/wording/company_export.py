"""The company's table as it is exported: all its pages, with the same words for what is hidden; numbers are numbers."""

from app.core.tables import Cell
from app.core.texts import _
from app.impact.queries.company import Pair, Source, Value
from app.impact.queries.side_by_side import Beside, CompanyView
from app.impact.wording import words
from app.impact.wording.columns import customers_columns, customers_span, team_columns, team_span
from app.impact.wording.company_page import drawn, figure_of, label, name_of, team_label


def export_columns(pair: Pair) -> list[str]:
    found = [_("Unit")]
    if pair.team is not None:
        tested = team_columns() if pair.is_scores else _unless_means(pair.team, team_span())
        found += [name_of(pair.team), _("Team: n"), *tested]
    if pair.customers is not None:
        tested = customers_columns() if pair.is_scores else _unless_means(pair.customers, customers_span())
        found += [name_of(pair.customers), _("Customers: n"), *tested]
    return [*found, *_whole_columns(pair)]


def _unless_means(source: Source, cells: list[str]) -> list[str]:
    return [] if source.is_means else cells


def _whole_columns(pair: Pair) -> list[str]:
    """What the page says above its table, and how many were asked; last, where no column before them moves."""
    people = [_("Team: people")] if pair.is_scores else []
    team = [_("Team: period"), *people] if pair.team is not None else []
    return team + ([_("Customers: period")] if pair.customers is not None else [])


def export_rows(view: CompanyView) -> list[list[Cell]]:
    """The table of the page, all its pages, with the same words for what is hidden; numbers are numbers."""
    sides = (("team", view.pair.team, view.team), ("customers", view.pair.customers, view.customers))
    found = []
    for beside in view.beside:
        row: list[Cell] = [beside.unit.name]
        for side, source, values in sides:
            if source is not None:
                row += _numbers(source, values.get(beside.unit.id))
                row += _tested(beside, side) if view.pair.is_scores else _span(source, values.get(beside.unit.id))
        found.append([*row, *_whole(view, beside)])
    return found


def _whole(view: CompanyView, beside: Beside) -> list[Cell]:
    pair = view.pair
    figure = beside.team.figure if beside.team else None
    people: list[Cell] = [figure.headcount if figure else None] if pair.is_scores else []
    team = [team_label(view), *people] if pair.team is not None else []
    return team + ([label(pair.customers)] if pair.customers is not None else [])


def _numbers(source: Source, value: Value | None) -> list[Cell]:
    if value is None or value.is_hidden:
        return [words.nobody() if value is None else words.hidden(), None]
    return [drawn(source, value), value.n]


def _span(source: Source, value: Value | None) -> list[Cell]:
    if source.is_means:
        return []
    ends = (None, None) if value is None else (value.low, value.high)
    return [None if end is None else figure_of(source, end) for end in ends]


def _tested(beside: Beside, side: str) -> list[Cell]:
    reading = beside.team if side == "team" else beside.customers
    verdict = beside.team_verdict if side == "team" else beside.customers_verdict
    if reading is None or reading.figure is None:
        return [None, None, ""]
    return [round(reading.figure.low), round(reading.figure.high), words.verdict_short(reading, verdict)]
