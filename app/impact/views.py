"""A unit's page, the company's, their exports, and how all of it is counted."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core import clock, settings
from app.core.errors import one_or_404
from app.core.navigation import Place
from app.core.permissions import Permission, require
from app.core.tables import csv_response, xlsx_response
from app.impact import company_page, unit_page
from app.impact.pages import PER_PAGE, Pages
from app.impact.queries.company import standings
from app.impact.queries.side_by_side import company_view
from app.impact.queries.unit import SPANS, USUAL_SPAN, UnitView, unit_view
from app.people.models import Unit

bp = Blueprint("impact", __name__, url_prefix="/impact")

NAVIGATION = [
    Place("impact.show_company", _l("Impact"), "chart", Permission.IMPACT_READ, primary=True),
]
ASKED = ("level", "period", "measure", "metric", "employees", "customers", "q")


@bp.route("/")
@require(Permission.IMPACT_READ)
def show_company() -> ResponseReturnValue:
    seen = standings(current_user)
    if len(seen) == 1:
        return redirect(url_for(".show_unit", unit_id=seen[0].id))
    asked, number = _asked(), max(request.args.get("page", 1, int), 1)
    view = company_view(seen, asked, rows=slice(PER_PAGE * (number - 1), PER_PAGE * number))
    page = company_page.company_page(view)
    same: dict[str, Any] = {**asked}
    exports = [("CSV", url_for(".export_company_csv", **same)), ("XLSX", url_for(".export_company_xlsx", **same))]
    return render_template(
        "impact/company.html",
        page=page,
        pages=Pages(number, len(view.listed)),
        q=asked.get("q", ""),
        kept={name: value for name, value in asked.items() if name != "q"},
        link=url_for(".show_company", **same, _external=True),
        exports=exports,
    )


@bp.route("/export.csv")
@require(Permission.IMPACT_READ)
def export_company_csv() -> ResponseReturnValue:
    view = company_view(standings(current_user), _asked(), rows=slice(None))
    return csv_response("impact", company_page.export_columns(view.pair), company_page.export_rows(view))


@bp.route("/export.xlsx")
@require(Permission.IMPACT_READ)
def export_company_xlsx() -> ResponseReturnValue:
    view = company_view(standings(current_user), _asked(), rows=slice(None))
    return xlsx_response("impact", company_page.export_columns(view.pair), company_page.export_rows(view))


@bp.route("/units/<int:unit_id>")
@require(Permission.IMPACT_READ)
def show_unit(unit_id: int) -> ResponseReturnValue:
    view = _unit_view(unit_id)
    page = unit_page.unit_page(view)
    same: dict[str, Any] = {"unit_id": unit_id, "period": page.code, "quarters": view.span}
    link = url_for(".show_unit", **same, _external=True)
    exports = [("CSV", url_for(".export_unit_csv", **same)), ("XLSX", url_for(".export_unit_xlsx", **same))]
    return render_template("impact/unit.html", page=page, link=link, exports=exports)


@bp.route("/units/<int:unit_id>/export.csv")
@require(Permission.IMPACT_READ)
def export_unit_csv(unit_id: int) -> ResponseReturnValue:
    view = _unit_view(unit_id)
    return csv_response(_file_name(view), unit_page.export_columns(), unit_page.export_rows(view))


@bp.route("/units/<int:unit_id>/export.xlsx")
@require(Permission.IMPACT_READ)
def export_unit_xlsx(unit_id: int) -> ResponseReturnValue:
    view = _unit_view(unit_id)
    return xlsx_response(_file_name(view), unit_page.export_columns(), unit_page.export_rows(view))


@bp.route("/how-it-is-counted")
@require(Permission.ACCOUNT_USE)
def show_counting() -> ResponseReturnValue:
    return render_template("impact/counting.html", threshold=settings.company("reporting_threshold"))


def _asked() -> dict[str, str]:
    return {name: value for name in ASKED if (value := request.args.get(name, "")[:200])}


def _unit_view(unit_id: int) -> UnitView:
    unit = one_or_404(Unit.visible_to(current_user, Permission.IMPACT_READ).where(Unit.id == unit_id))
    asked = request.args.get("quarters", USUAL_SPAN, int)
    span = asked if asked in SPANS else USUAL_SPAN
    today = clock.today(settings.company("time_zone"))
    return unit_view(current_user, unit, period=request.args.get("period", ""), span=span, today=today)


def _file_name(view: UnitView) -> str:
    return f"impact-{view.unit.id}-{unit_page.code_of(view)}"
