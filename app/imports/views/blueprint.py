"""What the pages of imports share: the blueprint, how large an upload may be, and how an import is loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.database import reading
from app.core.errors import error_page, one_or_404
from app.core.kinds import kinds_by_name
from app.core.permissions import Permission
from app.extensions import db
from app.imports.models import DataImport
from app.imports.reading import UnreadableFile
from config import BOUNDS, MIB

bp = Blueprint("imports", __name__, url_prefix="/imports")


@bp.url_value_preprocessor
def allow_large_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the body, and only for those who may bring a file: a stranger's stays at 1 MiB."""
    if endpoint == "imports.upload_file" and current_user.is_authenticated and current_user.may(Permission.IMPORT_USE):
        request.max_content_length = BOUNDS["import"] + MIB  # the form around the file
        db.session.rollback()  # a body comes in slowly, and no transaction waits for it


@bp.errorhandler(UnreadableFile)
def say_why(fault: UnreadableFile) -> ResponseReturnValue:
    """A file that could be read when it came in, and cannot be read in the way that is now asked for."""
    db.session.rollback()
    return error_page(422, sentence=fault.message.text())


def import_to_see(import_id: int) -> DataImport:
    return one_or_404(DataImport.visible_to(current_user).where(DataImport.id == import_id))


def import_to_act_on(import_id: int) -> DataImport:
    acting = DataImport.visible_to(current_user, Permission.IMPORT_USE)
    return one_or_404(acting.where(DataImport.id == import_id))


def may_look_into(import_: DataImport) -> bool:
    """A file of colleagues' answers, and what stood in its refused rows, is read by nobody but who brought it."""
    kind = kinds_by_name().get(import_.kind)
    return import_.created_by_id == current_user.id or (kind is not None and not kind.is_private)


def refuse_to_look_into(import_: DataImport) -> None:
    if not may_look_into(import_):
        abort(404)


@contextmanager
def looking() -> Iterator[None]:
    """For slow looks at a file in the midst of a changing request: no write lock is held meanwhile."""
    db.session.rollback()
    with reading():
        yield
        db.session.rollback()
