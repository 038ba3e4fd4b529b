"""The long acts on imports, as jobs: they commit at each step, and what goes wrong with a file is said on its page."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core import clock, retention, uploads
from app.core.errors import Refused
from app.core.imports import Message
from app.core.jobs import in_steps
from app.core.kinds import kind_named
from app.core.permissions import exercising
from app.extensions import db
from app.imports.actions.apart import forget_waiting
from app.imports.actions.course import fail, forget_file, give_up, set_aside
from app.imports.actions.late import bring_in, give_up_bringing_in
from app.imports.actions.steps import NothingToRead, check, load
from app.imports.actions.undoing import give_up_undoing, stop_undoing, undo
from app.imports.mapping import BadMapping
from app.imports.models import DataImport, ImportRefusal
from app.imports.queries import is_needed, older_than, refused_before, waiting_before
from app.imports.reading import UnreadableFile

LEFT_OVER = timedelta(days=1)  # a file that is just coming in has no import yet


def check_import(import_id: int) -> None:
    _walk(import_id, check(import_id))


def load_import(import_id: int) -> None:
    import_ = db.session.get(DataImport, import_id)
    if import_ is None:
        return
    with exercising(kind_named(import_.kind).permission):
        _walk(import_id, load(import_id))


def bring_in_late(import_id: int) -> None:
    """Rows that waited, and whose unit somebody has decided."""
    import_ = db.session.get(DataImport, import_id)
    if import_ is None:
        return
    with exercising(kind_named(import_.kind).permission):
        in_steps(bring_in(import_id))


def undo_import(import_id: int) -> None:
    import_ = db.session.get(DataImport, import_id)
    if import_ is None:
        return
    with exercising(kind_named(import_.kind).permission):
        try:
            in_steps(undo(import_id))
        except Refused as refusal:
            db.session.rollback()
            stop_undoing(import_id, [Message(str(refusal.sentence))])


def _walk(import_id: int, steps: Iterable[object]) -> None:
    try:
        in_steps(steps)
    except (UnreadableFile, NothingToRead) as fault:
        _fail(import_id, fault.message)
    except BadMapping as fault:
        _fail(import_id, *fault.messages)
    except Refused as refusal:
        _fail(import_id, Message(str(refusal.sentence)))


def _fail(import_id: int, *messages: Message) -> None:
    db.session.rollback()
    fail(import_id, messages)


def set_import_aside(import_id: int) -> None:
    in_steps(_setting_aside(import_id))


def _setting_aside(import_id: int) -> Iterator[None]:
    """First the row, for good, then the file: whoever dies in between leaves a file that goes by night."""
    import_ = db.session.get(DataImport, import_id)
    if import_ is None:
        return
    digest = import_.digest
    set_aside(import_, actor_id=import_.created_by_id)
    yield
    forget_file(digest)


def forget_files() -> None:
    """Files of imports that have been at rest for long; imports that nobody accepted go with them."""
    in_steps(_forgetting(retention.limit("import_files", clock.now())))
    in_steps(_emptying(retention.limit("refused_rows", clock.now())))
    in_steps(forget_waiting(waiting_before(retention.limit("waiting_rows", clock.now()))))
    in_steps(_clearing_away())


def _forgetting(moment: datetime) -> Iterator[None]:
    old = [(import_.id, import_.digest) for import_ in db.session.scalars(older_than(moment))]
    for import_id, digest in old:
        import_ = db.session.get(DataImport, import_id)
        if import_ is not None and import_.may_be_set_aside:
            with suppress(Refused):  # somebody has just gone on with it
                set_aside(import_, actor_id=None)
        yield
        forget_file(digest, since=moment)


def _emptying(moment: datetime) -> Iterator[None]:
    """What stood in refused rows, and beside the rows; how many were refused stands with the import."""
    db.session.execute(sa.delete(ImportRefusal).where(refused_before(moment)))
    told = sa.update(DataImport).where(DataImport.created_at < moment, DataImport.outside.is_not(None))
    db.session.execute(told.values(outside=sa.null()))
    yield


def _clearing_away() -> Iterator[None]:
    """What no import holds: somebody died between the commit and the file, or while the file came in."""
    for path in uploads.stored_before(clock.now() - LEFT_OVER):
        with uploads.held():
            if not is_needed(path.name):
                path.unlink(missing_ok=True)
        yield


JOBS = {
    "imports.check": check_import,
    "imports.load": load_import,
    "imports.bring_in": bring_in_late,
    "imports.undo": undo_import,
    "imports.set_aside": set_import_aside,
    "imports.forget_files": forget_files,
}
GIVEN_UP = {
    "imports.check": give_up,
    "imports.load": give_up,
    "imports.bring_in": give_up_bringing_in,
    "imports.undo": give_up_undoing,
}
