"""The directory of units: open to everybody who is signed in."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.company_time import today
from app.core.errors import one_or_404
from app.core.permissions import Permission, require
from app.extensions import db
from app.people import queries, tables
from app.people.models import Unit
from app.people.views.blueprint import bp
from app.people.words import KINDS

PAGE = 50
TREE_DEPTH = 2


@bp.route("/people/units")
@require(Permission.UNIT_READ)
def list_units() -> ResponseReturnValue:
    q, root = request.args.get("q", "").strip(), queries.company()
    if q:
        found = db.paginate(queries.matching_units(current_user, q), per_page=PAGE, max_per_page=PAGE, error_out=False)
        return render_template("people/units.html", q=q, found=found, tree=None)
    tree = queries.tree_of(current_user, root.id, today(), depth=TREE_DEPTH) if root else None
    return render_template("people/units.html", q="", found=None, tree=tree)


@bp.route("/people/units/<int:unit_id>")
@require(Permission.UNIT_READ)
def show_unit(unit_id: int) -> ResponseReturnValue:
    unit, day = one_or_404(Unit.visible_to(current_user).where(Unit.id == unit_id)), today()
    people = db.session.scalars(queries.people_directly_in(current_user, unit, day).limit(PAGE + 1)).unique().all()
    versions = queries.versions_of(unit)
    return render_template(
        "people/unit.html",
        unit=unit,
        kind=KINDS[unit.kind],
        crumbs=queries.path_to(unit),
        tree=queries.tree_of(current_user, unit.id, day, depth=1),
        people=tables.team_rows(people[:PAGE]),
        more_people=len(people) > PAGE,
        holders=tables.holder_rows(queries.holders_on(unit, day)),
        history=tables.history_rows(versions),
        closed_on=None if unit.is_open or not versions else versions[0][0].ends_on,
    )
