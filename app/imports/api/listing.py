"""Which imports there are, how each stands, and which rows it refused."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue

from app.core.api.cursors import cursor_after, row_behind
from app.core.api.document import asked
from app.core.api.offers import offer
from app.core.permissions import Permission
from app.extensions import db
from app.imports.api.blueprint import bp, reached, reached_import
from app.imports.api.told import import_told, imports_told
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from app.imports.views.blueprint import refuse_to_look_into


@bp.route("")
@offer(Permission.IMPORT_USE, query="ImportQuestion", answer="ImportList")
def list_imports() -> ResponseReturnValue:
    """Imports in the order in which they were begun: one's own, and all of a kind that one brings for the company."""
    wanted = asked()
    rows = reached().where(DataImport.id > row_behind(wanted.cursor), *_filters(wanted))
    found = db.session.scalars(rows.order_by(DataImport.id).limit(wanted.limit + 1)).all()
    shown, has_more = found[: wanted.limit], len(found) > wanted.limit
    return {"items": imports_told(shown), "next": cursor_after(shown[-1].id) if has_more else None}


def _filters(wanted: Any) -> list[sa.ColumnElement[bool]]:
    filters = [DataImport.kind == wanted.kind] if wanted.kind else []
    return [*filters, DataImport.status == ImportStatus(wanted.state)] if wanted.state else filters


@bp.route("/<int:import_id>")
@offer(Permission.IMPORT_USE, answer="Import")
def show_import(import_id: int) -> ResponseReturnValue:
    """How one import stands."""
    return import_told(reached_import(import_id))


@bp.route("/<int:import_id>/refusals")
@offer(Permission.IMPORT_USE, query="RefusalQuestion", answer="RefusalList")
def list_refusals(import_id: int) -> ResponseReturnValue:
    """The rows that were refused, each with its line, column, value and reason; the first 10,000 of them are kept.

    Of employees' answers only who brought the file reads them. A new check gives new rows: begin without a cursor.
    """
    wanted, import_ = asked(), reached_import(import_id)
    refuse_to_look_into(import_)
    rows = sa.select(ImportRefusal).where(ImportRefusal.import_id == import_.id)
    rows = rows.where(ImportRefusal.id > row_behind(wanted.cursor)).order_by(ImportRefusal.id)
    found = db.session.scalars(rows.limit(wanted.limit + 1)).all()
    shown, has_more = found[: wanted.limit], len(found) > wanted.limit
    return {"items": [_told(each) for each in shown], "next": cursor_after(shown[-1].id) if has_more else None}


def _told(refusal: ImportRefusal) -> dict[str, Any]:
    return {"line": refusal.line, "column": refusal.column, "value": refusal.value, "reason": refusal.reason}
