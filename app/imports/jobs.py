"""The long acts on imports, as jobs: they commit at each step, and what goes wrong with a file is said on its page."""

from collections.abc import Iterable
from datetime import timedelta

from app.core import clock
from app.core.errors import Refused
from app.core.imports import Message
from app.core.jobs import in_steps
from app.extensions import db
from app.imports.actions.course import fail, forget_file, give_up, set_aside
from app.imports.actions.steps import NothingToRead, check, load
from app.imports.mapping import BadMapping
from app.imports.models import DataImport
from app.imports.queries import older_than
from app.imports.reading import UnreadableFile

FILES_KEPT = timedelta(days=30)


def check_import(import_id: int) -> None:
    _walk(import_id, check(import_id))


def load_import(import_id: int) -> None:
    _walk(import_id, load(import_id))


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
    import_ = db.session.get_one(DataImport, import_id)
    digest = import_.digest
    set_aside(import_, actor_id=import_.created_by_id)
    forget_file(digest)


def forget_files() -> None:
    """Files of imports that have been at rest for a month; imports that nobody accepted go with them."""
    moment = clock.now() - FILES_KEPT
    for import_ in db.session.scalars(older_than(moment)).all():
        digest = import_.digest
        if import_.may_be_set_aside:
            set_aside(import_, actor_id=None)
        forget_file(digest, since=moment)


JOBS = {
    "imports.check": check_import,
    "imports.load": load_import,
    "imports.set_aside": set_import_aside,
    "imports.forget_files": forget_files,
}
GIVEN_UP = {"imports.check": give_up, "imports.load": give_up}
