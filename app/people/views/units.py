"""The directory of units: open to everybody who is signed in."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.company_time import today
from app.core.permissions import Permission, require
from app.extensions import db
from app.people import queries
from app.people.queries.reorganisations import acts_on, unit_to_show
from app.people.views.blueprint import bp
from app.people.wording import directory
from app.people.wording.chart import history
from app.people.wording.names import KINDS

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
    found, day = unit_to_show(current_user, unit_id), today()
    unit, may = found or abort(404)
    people = queries.people_directly_in(unit.id, day, PAGE + 1)
    versions, acts = queries.versions_of(unit), acts_on(unit)
    return render_template(
        "people/unit.html",
        unit=unit,
        kind=KINDS[unit.kind],
        crumbs=queries.path_to(unit),
        below=queries.units_below(unit.id, day),
        people=directory.team_rows(people[:PAGE]),
        more_people=len(people) > PAGE,
        holders=directory.holder_rows(queries.holders_on(unit, day)),
        history=directory.history_rows(versions, correcting=unit if may else None),
        followed=history.followed_sentences(acts, unit, day),
        changes=history.menu(unit) if may else (),
        chart=history.decided(acts, unit, day),
        unnamed=history.not_decided_here(versions, acts, day),
        may_change=may,
        closed_on=None if unit.is_open or not versions else versions[0][0].ends_on,
    )
