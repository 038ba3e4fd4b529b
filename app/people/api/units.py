"""Units for programs."""

from typing import Any

import sqlalchemy as sa
from flask import abort
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import aliased

from app.core.api.cursors import cursor_after, row_behind
from app.core.api.document import asked
from app.core.api.offers import offer
from app.core.company_time import today
from app.core.permissions import Permission
from app.extensions import db
from app.people.api.blueprint import bp
from app.people.models import Unit, UnitVersion
from app.people.queries.changes import units_changed
from app.people.queries.directory import containing
from app.people.queries.employment import unit_with_code

Above = aliased(Unit)


@bp.route("/units")
@offer(Permission.UNIT_READ, query="UnitQuestion", answer="UnitList")
def list_units() -> ResponseReturnValue:
    """Units of the company, in the order in which they were made, closed ones too."""
    wanted = asked()
    rows = _units().where(Unit.id > row_behind(wanted.cursor), *_filters(wanted))
    found = db.session.execute(rows.order_by(Unit.id).limit(wanted.limit + 1)).all()
    shown, has_more = found[: wanted.limit], len(found) > wanted.limit
    return {"items": [_told(row) for row in shown], "next": cursor_after(shown[-1].id) if has_more else None}


@bp.route("/units/<path:code>")
@offer(Permission.UNIT_READ, answer="Unit")
def show_unit(code: str) -> ResponseReturnValue:
    """One unit, as it is today."""
    unit = unit_with_code(code)
    row = db.session.execute(_units().where(Unit.id == unit.id)).first() if unit is not None else None
    return _told(row) if row else abort(404)


def _units() -> Any:
    """As columns, with today's version (of a closed unit none) and the unit above."""
    held = sa.and_(UnitVersion.unit_id == Unit.id, UnitVersion.holding_on(today()))
    columns = (Unit.id, Unit.code, Unit.name, Unit.kind, Unit.is_open, Above.code.label("parent"))
    more = (UnitVersion.country, UnitVersion.location, UnitVersion.starts_on)
    reached = Unit.visible_to(current_user).with_only_columns(*columns, *more).select_from(Unit)
    return reached.outerjoin(Above, Above.id == Unit.parent_id).outerjoin(UnitVersion, held)


def _filters(wanted: Any) -> list[sa.ColumnElement[bool]]:
    filters = [containing(wanted.q, Unit.name, Unit.code)] if wanted.q else []
    if wanted.parent is not None:
        parent = unit_with_code(wanted.parent)
        filters.append(sa.false() if parent is None else Unit.parent_id == parent.id)
    if wanted.is_open is not None:
        filters.append(Unit.is_open.is_(wanted.is_open))
    if wanted.changed_since is not None:
        filters.append(units_changed(wanted.changed_since, today()))
    return filters


def _told(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": str(row.kind),
        "parent": row.parent,
        "is_open": row.is_open,
        "country": row.country,
        "location": row.location,
        "since": row.starts_on.isoformat() if row.starts_on else None,
    }
