"""What the API of imports shares: its blueprint, how a row is loaded, and what it says of files and mappings."""

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.api.place import PREFIX
from app.core.api.problems import Invalid, Misfit, problem, problem_of
from app.core.errors import one_or_404
from app.core.permissions import Permission
from app.extensions import db
from app.imports.mapping import BadMapping
from app.imports.models import DataImport
from app.imports.reading import UnreadableFile
from app.imports.settling import said_elsewhere

bp = Blueprint("imports_api", __name__, url_prefix=f"{PREFIX}/imports")


def reached() -> sa.Select[DataImport]:
    """Those of kinds that the token reaches, also to be looked at: a token for units shows no results."""
    return DataImport.visible_to(current_user, Permission.IMPORT_USE)


def reached_import(import_id: int) -> DataImport:
    return one_or_404(reached().where(DataImport.id == import_id))


@bp.errorhandler(UnreadableFile)
def say_why(fault: UnreadableFile) -> ResponseReturnValue:
    db.session.rollback()
    return problem("unreadable-file", detail=fault.message.text())


@bp.errorhandler(BadMapping)
def say_what_does_not_fit(fault: BadMapping) -> ResponseReturnValue:
    """It has the form of a mapping, and does not fit this file or kind."""
    db.session.rollback()
    return problem_of(Invalid([Misfit("", said_elsewhere(message), "#") for message in fault.messages]))
