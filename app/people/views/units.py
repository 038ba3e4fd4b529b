"""The directory of units: open to everybody who is signed in."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.company_time import today
from app.core.permissions import Permission, require
from app.people import queries
from app.people.queries.reorganisations import acts_on
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.wording import directory
from app.people.wording.chart import history
from app.people.wording.names import KINDS

PAGE = 50
TREE_DEPTH = 2


@bp.route("/people/units")
@require(Permission.UNIT_READ)
def list_units() -> ResponseReturnValue:
    if q := request.args.get("q", "").strip():
        found = queries.matching_units(q, PAGE)
        return render_template("people/units.html", q=q, found=found, rows=directory.unit_rows(found.items), tree=None)
    root = queries.company()
    tree = queries.tree_of(current_user, root.id, today(), depth=TREE_DEPTH) if root else None
    return render_template("people/units.html", q="", found=None, tree=tree)


@bp.route("/people/units/<int:unit_id>")
@require(Permission.UNIT_READ)
def show_unit(unit_id: int) -> ResponseReturnValue:
    unit, crumbs = queries.unit_to_show(me(), unit_id) or abort(404)
    day, may = today(), me().reach.covers(Permission.UNIT_EDIT, unit_id)
    people = queries.people_directly_in(unit.id, day, PAGE + 1)
    versions, acts = queries.versions_of(unit_id), acts_on(unit_id)
    return render_template(
        "people/unit.html",
        unit=unit,
        kind=KINDS[unit.kind],
        crumbs=crumbs,
        below=directory.below_rows(queries.units_below(unit_id, day)),
        people=directory.team_rows(people[:PAGE]),
        more_people=len(people) > PAGE,
        holders=directory.holder_rows(queries.holders_on(unit_id, day)),
        history=directory.history_rows(versions, correcting=unit_id if may else None),
        followed=history.followed_sentences(acts, unit_id, day),
        changes=history.menu(unit) if may else (),
        chart=history.decided(acts, unit_id, day),
        unnamed=history.not_decided_here(versions, acts, day),
        may_change=may,
        closed_on=None if unit.is_open or not versions else versions[0].ends_on,
    )
