"""The numbers of a unit's page for programs, through the same door: what the page hides is hidden here."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import company_time
from app.core.api.document import asked
from app.core.api.offers import offer
from app.core.api.place import PREFIX
from app.core.permissions import Permission
from app.extensions import db
from app.impact.queries.answers import Tree, tree_named
from app.impact.queries.kept import kept, stamp
from app.impact.queries.rows import Seen, seen
from app.impact.queries.unit import unit_view
from app.impact.wording.told import unit_told
from app.people.models import Unit
from app.people.queries import unit_with_code

bp = Blueprint("impact_api", __name__, url_prefix=f"{PREFIX}/impact")


@bp.route("/units/<path:code>")
@offer(Permission.IMPACT_READ, query="ImpactQuestion", answer="UnitImpact")
def show_unit_impact(code: str) -> ResponseReturnValue:
    """The figures of one unit's page: both voices by quarter, the units below, and what else is known.

    Every score is in whole points, with its n, its interval and a verdict. `hidden` means: to protect people.
    """
    wanted, unit = asked(), unit_with_code(code)
    ever = tree_named(wanted.tree) is Tree.THEN
    found = seen(current_user, unit.id, ever=ever) if unit is not None else None
    if found is None:
        abort(404)
    key = ("unit for programs", stamp(), found, wanted.period, wanted.quarters, wanted.tree, company_time.today())
    told: dict[str, Any] = kept(key, lambda: _told(found, wanted))
    return told


def _told(found: Seen, wanted: Any) -> dict[str, Any]:
    view = unit_view(
        found, period=wanted.period, span=wanted.quarters, today=company_time.today(), tree=tree_named(wanted.tree)
    )
    ids = [place.id for place in (found.unit, *found.above, *found.below, *found.once_below)]
    rows = db.session.execute(sa.select(Unit.id, Unit.code).where(Unit.id.in_(ids)))
    return unit_told(view, {row.id: row.code for row in rows})
