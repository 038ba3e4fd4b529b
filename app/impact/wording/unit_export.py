"""The unit's page as it is exported: its quarters and the units below, with the same words for what is hidden."""

from app.core.tables import Cell
from app.core.texts import _
from app.impact.figures import Reading
from app.impact.queries.unit import Below, UnitView
from app.impact.wording import words
from app.impact.wording.columns import customers_columns, satisfaction_columns, team_columns
from app.impact.wording.told import satisfaction_told
from app.impact.wording.unit_page import named

ENDS = ("value", "n", "low", "high")


def export_columns() -> list[str]:
    return [
        _("Unit"), _("Period"),
        _("Team eNPS"), _("Answered"), _("People"), *team_columns(),
        _("Customers' NPS"), _("Answers"), *customers_columns(), *satisfaction_columns(),
    ]  # fmt: skip


def export_rows(view: UnitView) -> list[list[Cell]]:
    """The unit's quarters, newest first, then the units below in the chosen one: what the page shows."""
    own = [
        export_row(view.unit.name, Below(view.unit, team, customers, team.verdict, customers.verdict))
        for team, customers in reversed(list(zip(view.team, view.customers, strict=True)))
    ]
    below = [export_row(named(row.place.name, row.place.is_open), row) for row in view.below]
    nothing: list[Cell] = [None] * len(satisfaction_columns())
    return [row + (nothing if place else _satisfaction(view)) for place, row in enumerate(own + below)]


def _satisfaction(view: UnitView) -> list[Cell]:
    """Of the chosen quarter, the first row's: the page tells them of no other."""
    told = satisfaction_told(view)
    csat, ces = told["csat_percent"], told["ces_mean"]
    whole: list[Cell] = [None if csat is None else round(csat[name]) for name in ENDS]
    return whole + [None if ces is None else ces[name] for name in ENDS]


def _period_told(team: Reading) -> str:
    """The quarter, and which part of it the team's results are of where they are not of all."""
    quarter = words.quarter(team.quarter)
    if team.part is None:
        return quarter
    return _("%(quarter)s (team: %(period)s)", quarter=quarter, period=words.published_for(team))


def export_row(name: str, row: Below) -> list[Cell]:
    cells: list[Cell] = [name, _period_told(row.team)]
    for reading, verdict in (
        (row.team, row.team_verdict),
        (row.customers, row.customers_verdict),
    ):
        figure = reading.figure
        cells.append(round(figure.score) if figure else words.score(reading))
        cells.append(figure.n if figure else None)
        if reading is row.team:
            cells.append(figure.headcount if figure else None)
        cells += [round(figure.low), round(figure.high)] if figure else [None, None]
        cells.append(words.verdict_short(reading, verdict))
    return cells
