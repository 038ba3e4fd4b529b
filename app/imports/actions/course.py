"""The course of an import: begun with a file, given a mapping, sent to the dry run, accepted or set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit, uploads
from app.core.database import held, one_at_a_time
from app.core.errors import Refused
from app.core.imports import N_, ImportKind, Mapping, Message
from app.core.kinds import kind_named
from app.core.outside import Why
from app.core.permissions import exercising
from app.extensions import db
from app.imports.files.faults import Fault
from app.imports.files.unreadable import SENTENCES
from app.imports.mapping import BadMapping, check_mapping, digest_of, read_mapping, write_mapping
from app.imports.models import DataImport, ImportRefusal, ImportStatus, WaitingName
from app.imports.queries import done_before, is_needed
from app.imports.reading import header_candidates, open_mapped, open_table
from app.imports.suggest import suggest_mapping

GAVE_UP = Message(
    N_("This import stopped three times before it was finished, so it was not tried again. No row of it is shown.")
)


def start(  # noqa: PLR0913 (what is known of a file that comes in, each by its name)
    kind: str, digest: str, file_name: str, *, now: datetime, actor_id: int | None = None, by_program: bool = False
) -> DataImport:
    """A stored file becomes an import that needs its mapping. Files are held (`uploads.held`) until the commit."""
    if kind_named(kind).is_of_people:
        one_at_a_time()  # whoever erases somebody at this moment sees it, or it begins when that is over
    if not uploads.path_of(digest).exists():
        raise Refused(_l("The same file was taken away at this very moment. Nothing was imported; bring it again."))
    import_ = DataImport(
        kind=kind_named(kind).name,
        status=ImportStatus.UPLOADED,
        file_name=file_name[-255:],
        digest=digest,
        file_size=uploads.path_of(digest).stat().st_size,
        created_at=now,
        created_by_id=actor_id,
        by_program=by_program,
    )
    db.session.add(import_)
    db.session.flush()
    return import_


def suggested_mapping(kind: ImportKind, digest: str) -> Mapping:
    """What the file itself suggests: its largest sheet, its likeliest header."""
    path = uploads.path_of(digest)
    table = open_table(path)
    return suggest_mapping(kind, table, header_candidates(path, table.sheet)[0], codes=kind.codes())


def headers_under(digest: str, mapping: Mapping) -> Sequence[str]:
    """The headers that the file has where this mapping looks for them. Slow for a workbook."""
    return open_mapped(uploads.path_of(digest), mapping).headers(mapping.header_row, mapping.group_row)


def choose_mapping(import_: DataImport, mapping: Mapping, headers: Sequence[str]) -> None:
    """Refused with everything that is wrong with it; else kept, and the import waits for its dry run."""
    keep_mapping(import_, mapping, headers)
    import_.status = ImportStatus.CHECKING


def refuse_on_its_way(import_: DataImport) -> None:
    """Ask before its file is looked into: once it has been loaded the file may be gone."""
    if import_.is_at_work or import_.load_started_at is not None:
        raise Refused(_l("This import is already on its way, so its mapping can no longer be changed."))


def keep_mapping(import_: DataImport, mapping: Mapping, headers: Sequence[str]) -> None:
    """Keep it for a person to look at; what an earlier mapping let the dry run find no longer counts."""
    _hold(import_)
    refuse_on_its_way(import_)
    complaints = check_mapping(mapping, kind_named(import_.kind), headers)
    if complaints:
        raise BadMapping(*complaints)
    import_.mapping, import_.status = write_mapping(mapping), ImportStatus.UPLOADED
    import_.headers_digest = digest_of(headers)


def take_lines(import_: DataImport, *, rows_below: bool, not_totals: Iterable[str]) -> None:
    """Lines that look like no rows are rows after all, or those that were taken are none: it is checked anew."""
    _hold(import_)
    refuse_on_its_way(import_)
    mapping, told = read_mapping(import_.mapping), {each.text for each in import_.lines_outside(Why.TOTAL)}
    kept = [text for text in mapping.not_totals if text not in told]  # only the first of many were asked about
    mapping = replace(mapping, rows_below=rows_below, not_totals=(*kept, *dict.fromkeys(not_totals)))
    import_.mapping, import_.status = write_mapping(mapping), ImportStatus.CHECKING


def accept(import_: DataImport, *, now: datetime, actor_id: int | None, yes_to: int = 0, seen: str = "") -> None:
    """From here on its rows may be written: once, and one import of a kind at a time.

    `yes_to`: to how many people somebody said yes, where it asks. `seen`: what the page with the button showed
    (`shown`), empty where nobody looked at one.
    """
    _hold(import_)
    kind = kind_named(import_.kind)
    if import_.may_be_loaded and seen and seen != import_.shown:
        raise Refused(
            _l("This file was checked again since you looked. Nothing was written; look again at what it says.")
        )
    if import_.may_be_loaded and import_.asks_about != yes_to:
        raise Refused(_l("This import asks something first, and it was not answered with yes. Nothing was written."))
    if not import_.may_be_loaded:
        raise Refused(_l("This import was already accepted, or it has not been checked yet. Nothing was done twice."))
    import_.accepted_at, import_.accepted_by_id, import_.failure = now, actor_id, None
    import_.answered_count = yes_to or None
    try:
        with db.session.begin_nested():
            import_.status = ImportStatus.LOADING
            db.session.flush()
            # Asked while no other of its kind can be written: else one could end between the question and the act.
            if kind.once and import_.load_started_at is None and done_before(import_) is not None:
                raise Refused(
                    _l("This very file was imported before. Its rows would count twice, so nothing was imported.")
                )
    except IntegrityError as error:
        raise Refused(
            _l("Another import of this kind is being written. Accept this one when that one is done.")
        ) from error
    # How many answers of colleagues a file holds is told to nobody but who brought it, nor by the log.
    counts = {"said_yes_to": import_.answered_count}
    if not kind.is_private:
        counts |= {"rows": import_.row_count, "refused": import_.refused_count}
    with exercising(kind.permission):
        audit.record(
            "import.accepted", "data_import", import_.id, actor_id=actor_id, after={"kind": kind.name, **counts}
        )


def _hold(import_: DataImport) -> None:
    """As it stands now: of two who act on an import at once, the second sees what the first has done."""
    (import_id,) = sa.inspect(import_).identity or (None,)  # also of a row that is gone, which cannot be asked
    if held(sa.select(DataImport).where(DataImport.id == import_id)) is None:
        raise Refused(_l("This import is no longer there: somebody has set it aside. Nothing was done."))


def fail(import_id: int, messages: Iterable[Message]) -> None:
    """It cannot go on, and says why. Rows that were written are not shown, and go when it is tried again."""
    import_ = db.session.get(DataImport, import_id)
    if import_ is None:
        return  # set aside meanwhile; the timer, which buries dead jobs, must not stumble over it
    if import_.digest == uploads.TAKEN:
        messages = [Message(SENTENCES[Fault.TAKEN])]  # whatever it stumbled over
    import_.status = ImportStatus.FAILED
    import_.failure = {"messages": [{"msgid": each.msgid, "params": each.params} for each in messages]}


def give_up(import_id: int) -> None:
    fail(import_id, [GAVE_UP])


def set_aside(import_: DataImport, *, actor_id: int | None) -> None:
    """Forget an import of which nothing was written. Its file goes with `forget_file`, after the commit."""
    _hold(import_)
    if not import_.may_be_set_aside:
        raise Refused(_l("Rows of this import were already written, so it stays in the list."))
    with exercising(kind_named(import_.kind).permission):
        audit.record("import.set_aside", "data_import", import_.id, actor_id=actor_id, before={"kind": import_.kind})
    for table in (ImportRefusal, WaitingName):
        db.session.execute(sa.delete(table).where(table.import_id == import_.id))
    db.session.delete(import_)
    db.session.flush()


def forget_file(digest: str, *, since: datetime | None = None) -> None:
    """The file holds people's words: it stays no longer than an import may need it, of those begun `since`."""
    with uploads.held():
        if not is_needed(digest, since):
            uploads.remove(digest)
