"""Alembic's door: `flask db upgrade`, on SQLite and on PostgreSQL alike."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from app.core.database import loose_ends, rebuilding
from app.core.types import Localised, PersonName, UtcDateTime
from app.extensions import db


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Migrations import nothing of the application: our types are written as the ones they rest on."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, Localised):
        return "sa.JSON()"
    if kind == "type" and isinstance(item, PersonName):
        return "sa.String(length=200)"
    return False


def migrate_online() -> None:
    options = dict(current_app.extensions["migrate"].configure_args)
    options.setdefault("render_item", render_item)
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run(connection, options)
        return
    with rebuilding(db.engine) as opened:
        _run(opened, options)


def _refuse_loose_ends(ctx: Any, **_kwargs: Any) -> None:
    """Before the commit of each migration: what was there is still there."""
    if faults := loose_ends(ctx.connection):
        raise RuntimeError(f"This migration would leave rows that refer to nothing: {', '.join(faults)}")


def _run(connection: Any, options: dict[str, Any]) -> None:
    context.configure(
        connection=connection, target_metadata=db.metadata, on_version_apply=_refuse_loose_ends, **options
    )
    with context.begin_transaction():
        context.run_migrations()


migrate_online()
