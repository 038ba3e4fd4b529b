"""A unit's page, the company's, their exports, and how all of it is counted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup

from app.core import company_time, settings
from app.core.locales import language
from app.core.navigation import Destination
from app.core.permissions import Permission, require
from app.core.tables import csv_response, xlsx_response
from app.core.texts import _
from app.impact.pages import PER_PAGE, Pages, Shown
from app.impact.queries.answers import Tree, tree_named
from app.impact.queries.company import Standing, standings
from app.impact.queries.kept import kept, stamp
from app.impact.queries.rows import Seen, seen
from app.impact.queries.side_by_side import company_view
from app.impact.queries.unit import SPANS, USUAL_SPAN, UnitView, unit_view
from app.impact.wording import company_export, company_page, unit_export, unit_page

bp = Blueprint("impact", __name__, url_prefix="/impact")

NAVIGATION = [
    Destination("impact.show_company", _l("Impact"), "chart", Permission.IMPACT_READ, primary=True, rank=30),
]
ASKED = ("level", "period", "measure", "metric", "employees", "customers", "tree", "q")


@bp.route("/")
@require(Permission.IMPACT_READ)
def show_company() -> ResponseReturnValue:
    standing = standings(current_user)
    if len(standing) == 1:
        return redirect(url_for(".show_unit", unit_id=standing[0].id))
    asked, number = _asked(), max(request.args.get("page", 1, int), 1)
    today = company_time.today()
    key = ("company", stamp(), tuple(standing), request.query_string, language(), request.host_url, today)
    return render_template("impact/page.html", shown=kept(key, lambda: _company_body(standing, asked, number, today)))


def _company_body(standing: Sequence[Standing], asked: dict[str, str], number: int, today: date) -> Shown:
    view = company_view(standing, asked, rows=slice(PER_PAGE * (number - 1), PER_PAGE * number), today=today)
    page = company_page.company_page(view)
    same: dict[str, Any] = {**asked}
    body = render_template(
        "impact/_company.html",
        page=page,
        pages=Pages(number, len(view.listed)),
        q=asked.get("q", ""),
        kept={name: value for name, value in asked.items() if name != "q"},
        link=url_for(".show_company", **same, _external=True),
        exports=[("CSV", url_for(".export_company_csv", **same)), ("XLSX", url_for(".export_company_xlsx", **same))],
    )
    return Shown(_("Impact"), Markup(body), has_chart=page.chart is not None)  # noqa: S704 (our own template)


@bp.route("/export.csv")
@require(Permission.IMPACT_READ)
def export_company_csv() -> ResponseReturnValue:
    view = company_view(standings(current_user), _asked(), rows=slice(None), today=company_time.today())
    return csv_response("impact", company_export.export_columns(view.pair), company_export.export_rows(view))


@bp.route("/export.xlsx")
@require(Permission.IMPACT_READ)
def export_company_xlsx() -> ResponseReturnValue:
    view = company_view(standings(current_user), _asked(), rows=slice(None), today=company_time.today())
    columns, rows = company_export.export_columns(view.pair), company_export.export_rows(view)
    return xlsx_response("impact", columns, rows, _("Impact"))


@bp.route("/units/<int:unit_id>")
@require(Permission.IMPACT_READ)
def show_unit(unit_id: int) -> ResponseReturnValue:
    found, asked = _seen(unit_id), _asked_of_unit()
    key = ("unit", stamp(), found, tuple(asked.items()), language(), request.host_url)
    return render_template("impact/page.html", shown=kept(key, lambda: _unit_body(found, asked)))


def _unit_body(found: Seen, asked: dict[str, Any]) -> Shown:
    view = unit_view(found, **asked)
    page = unit_page.unit_page(view)
    same: dict[str, Any] = {
        "unit_id": view.unit.id,
        "period": page.code,
        "quarters": view.span,
        "tree": view.tree_asked,
    }
    body = render_template(
        "impact/_unit.html",
        page=page,
        link=url_for(".show_unit", **same, _external=True),
        exports=[("CSV", url_for(".export_unit_csv", **same)), ("XLSX", url_for(".export_unit_xlsx", **same))],
    )
    return Shown(f"{view.unit.name}, {page.quarter}", Markup(body), has_chart=view.has_scores)  # noqa: S704


@bp.route("/units/<int:unit_id>/export.csv")
@require(Permission.IMPACT_READ)
def export_unit_csv(unit_id: int) -> ResponseReturnValue:
    view = _unit_view(unit_id)
    return csv_response(_file_name(view), unit_export.export_columns(), unit_export.export_rows(view))


@bp.route("/units/<int:unit_id>/export.xlsx")
@require(Permission.IMPACT_READ)
def export_unit_xlsx(unit_id: int) -> ResponseReturnValue:
    view = _unit_view(unit_id)
    columns, rows = unit_export.export_columns(), unit_export.export_rows(view)
    return xlsx_response(_file_name(view), columns, rows, view.unit.name)


@bp.route("/how-it-is-counted")
@require(Permission.ACCOUNT_USE)
def show_counting() -> ResponseReturnValue:
    return render_template("impact/counting.html", threshold=settings.company("reporting_threshold"))


def _asked() -> dict[str, str]:
    return {name: value for name in ASKED if (value := request.args.get(name, "")[:200])}


def _asked_of_unit() -> dict[str, Any]:
    span = request.args.get("quarters", USUAL_SPAN, int)
    return {
        "period": request.args.get("period", "")[:20],
        "span": span if span in SPANS else USUAL_SPAN,
        "today": company_time.today(),
        "tree": tree_named(request.args.get("tree", "")),
    }


def _seen(unit_id: int) -> Seen:
    """404 for whoever may not see its numbers, as if it were not there."""
    ever = tree_named(request.args.get("tree", "")) is Tree.THEN
    return seen(current_user, unit_id, ever=ever) or abort(404)


def _unit_view(unit_id: int) -> UnitView:
    return unit_view(_seen(unit_id), **_asked_of_unit())


def _file_name(view: UnitView) -> str:
    return f"impact-{view.unit.id}-{unit_page.code_of(view)}"
