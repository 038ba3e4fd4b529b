"""The two long acts on an import, step by step: the dry run, and the load. The edge commits at each yield.

The file is read and judged without the write lock; what was found or written is committed in small transactions.
"""

from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa

from app.core import clock, uploads
from app.core.apart import Apart
from app.core.database import one_at_a_time, reading
from app.core.errors import Refused
from app.core.imports import (
    N_,
    Accepted,
    Asking,
    Discarding,
    ImportContext,
    Loader,
    Message,
    Outcome,
    Question,
    Reading,
    Refusal,
)
from app.core.kinds import kind_named
from app.core.outside import Outside, Why
from app.core.rows import Row
from app.extensions import db
from app.imports.actions.apart import RowsApart, forget_waiting
from app.imports.actions.beside_rows import BesideRows
from app.imports.actions.taking import refuse_taken
from app.imports.mapping import BadMapping, Skipped, apply_mapping, read_mapping, titles_above, write_mapping
from app.imports.models import DataImport, ImportRefusal, ImportStatus, WaitingName
from app.imports.reading import open_mapped
from app.imports.settling import settled

BATCH = 1000
MOST_REMARKS = 20  # the first are enough to see what it is about
MOST_READINGS = 50
MOST_REFUSALS = 10_000  # kept to be read; all are counted
LONGEST_VALUE = 200
UNASKED = N_(
    "Since the check this import has come to do more than somebody said yes to. Nothing was written; bring the file "
    "again."
)
CHOSEN = N_("“%(value)s” was chosen as “%(column)s” for the whole file, and does not fit. Choose it anew.")
APART = Accepted(0, Outcome.UNCHANGED, None)
NO_ROWS = Message(N_("There is no row below the header. Choose another sheet or header row, or another file."))


class NothingToRead(Exception):
    """The file can be read, but no row stands below its header."""

    message = NO_ROWS


@dataclass
class RowCounts:
    rows: int = 0
    skipped: int = 0
    refused: int = 0
    waiting: int = 0
    left_out: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))

    def write_to(self, import_: DataImport, *, outcomes: bool) -> None:
        import_.row_count, import_.skipped_count, import_.refused_count = self.rows, self.skipped, self.refused
        import_.waiting_count, import_.left_out_count = self.waiting, self.left_out
        if outcomes:
            import_.new_count = self.outcomes[Outcome.NEW]
            import_.changed_count = self.outcomes[Outcome.CHANGED]
            import_.unchanged_count = self.outcomes[Outcome.UNCHANGED]


class Judgement:
    """The rows of an import as its kind's loader judges them, counted on the way."""

    def __init__(self, import_: DataImport, now: datetime, *, keeps_rows: bool = False) -> None:
        """Of a follower, what is refused is told with the import in which it waited."""
        self.counts = RowCounts()
        self._apart = RowsApart(import_.id, keeps_rows=keeps_rows)
        self._kind, self._path = kind_named(import_.kind), uploads.path_of(import_.digest)
        self._mapping = read_mapping(import_.mapping)
        self._import_id = import_.follows_id or import_.id
        self._unsaved: list[dict[str, Any]] = []
        self.remarks: list[dict[str, Any]] = []
        self.remark_count = 0
        self.beside = BesideRows()
        actor_id = import_.accepted_by_id or import_.created_by_id
        context = ImportContext(import_.id, actor_id, self._mapping, now, import_.by_program, import_.follows_id)
        self.loader: Loader = self._kind.loader(context)

    def __iter__(self) -> Iterator[Accepted | Refusal | Apart]:
        for each in self.loader.examine(self._rows()):
            if isinstance(each, Accepted):
                self.counts.outcomes[each.outcome] += 1
                if each.remark is not None:
                    self._remark(each.line, each.remark)
            elif isinstance(each, Refusal):
                self._refuse(each)
            else:
                self._set_apart(each)
            yield each

    def accepted(self) -> Iterator[Accepted]:
        """What is set apart is handed on as nothing new: whoever takes rows in chunks comes up to let it be saved."""
        for each in self:
            if isinstance(each, Accepted):
                yield each
            elif not isinstance(each, Refusal):
                yield APART

    def _set_apart(self, found: Apart) -> None:
        if refusal := self._apart.take(found):
            self._refuse(refusal)
        self.counts.waiting, self.counts.left_out = self._apart.waiting, self._apart.left_out

    def _rows(self) -> Iterator[Row]:
        table = open_mapped(self._path, self._mapping)
        for line, text in titles_above(table, self._mapping):
            self.beside.take(Outside(line, Why.ABOVE, text))
        for row in apply_mapping(self._mapping, table, self._kind.columns):
            if isinstance(row, Outside):
                self.beside.take(row)
                continue
            self.counts.rows += 1
            if isinstance(row, Skipped):
                self.counts.skipped += 1
            elif isinstance(row, Refusal):
                self._refuse(row)
            else:
                yield row

    def _remark(self, line: int, message: Message) -> None:
        self.remark_count += 1
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append({"line": line, "message": asdict(message)})

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.column in self._mapping.constants:
            told = {"column": refusal.column, "value": refusal.value[:LONGEST_VALUE]}
            raise BadMapping(Message(CHOSEN, told), refusal.message)  # once, and not for each row
        if not self._kind.is_of_people and self.beside.is_total(refusal):
            self.counts.rows -= 1
            return
        self.counts.refused += 1
        if self.counts.refused <= MOST_REFUSALS:
            message = {"msgid": refusal.message.msgid, "params": dict(refusal.message.params)}
            place = {"line": refusal.line, "column": refusal.column[:60], "value": refusal.value[:LONGEST_VALUE]}
            self._unsaved.append({"import_id": self._import_id, "message": message, **place})

    def question(self) -> Question | None:
        return self.loader.question() if isinstance(self.loader, Asking) else None

    def read_as(self) -> dict[str, Any] | None:
        """By which earlier decisions units were read, to be kept with the import."""
        readings = self.loader.read_as() if isinstance(self.loader, Reading) else []
        first = [asdict(each) for each in readings[:MOST_READINGS]]
        return {"rows": sum(each.rows for each in readings), "first": first} if first else None

    def save(self) -> None:
        """What was found besides accepted rows since the last time."""
        self._apart.save()
        if self._unsaved:
            db.session.execute(sa.insert(ImportRefusal), self._unsaved)
            self._unsaved = []


def check(import_id: int) -> Iterator[None]:
    """The dry run: counts and refusals are written, rows never."""
    import_ = db.session.get(DataImport, import_id)
    if import_ is None or import_.status is not ImportStatus.CHECKING:
        return  # set aside, or checked by a worker that was thought dead
    yield from _forget_findings(import_)
    _settle(import_)
    yield
    one_at_a_time()  # who decides about a unit just now may not have seen this check; when that is over it hears of it
    yield
    judgement = Judgement(import_, clock.now())
    for _ in _batches(iter(judgement)):
        refuse_taken(import_)
        judgement.save()
        judgement.counts.write_to(import_, outcomes=True)
        yield
    refuse_taken(import_)
    import_.outside = judgement.beside.told()
    if judgement.counts.rows == 0:
        yield  # what was left out is told, also where nothing else is there
        raise NothingToRead
    judgement.counts.write_to(import_, outcomes=True)
    question = judgement.question()
    import_.question = asdict(question) if question else None
    import_.read_as = judgement.read_as()
    import_.remarks = {"count": judgement.remark_count, "first": judgement.remarks} if judgement.remarks else None
    import_.status = ImportStatus.CHECKED


def _settle(import_: DataImport) -> None:
    """What the mapping leaves to the file is read from it, and stands in the mapping from now on."""
    with reading():
        mapping = read_mapping(import_.mapping)
        sure = settled(mapping, open_mapped(uploads.path_of(import_.digest), mapping))
    db.session.rollback()  # ends the reading; nothing was written
    if sure != mapping:
        import_.mapping = write_mapping(sure)


def _forget_findings(import_: DataImport) -> Iterator[None]:
    import_.failure = import_.question = import_.remarks = import_.answered_count = None
    import_.outside = import_.read_as = None
    RowCounts().write_to(import_, outcomes=True)
    yield from _forget_rows(import_.id)


def _forget_rows(import_id: int) -> Iterator[None]:
    """What was refused, and what waits."""
    db.session.execute(sa.delete(ImportRefusal).where(ImportRefusal.import_id == import_id))
    for _ in forget_waiting(WaitingName.import_id == import_id):
        yield


def _batches(judged: Iterator[Accepted | Refusal | Apart]) -> Iterator[list[Accepted | Refusal | Apart]]:
    while True:
        with reading():
            batch = list(islice(judged, BATCH))
        db.session.rollback()  # ends the reading; nothing was written
        if not batch:
            return
        yield batch


def load(import_id: int) -> Iterator[None]:
    """Write what is accepted. The last step, which shows the rows, is left to be committed with the end of the job."""
    import_ = db.session.get(DataImport, import_id)
    if import_ is None or import_.status is not ImportStatus.LOADING:
        return
    follows_another = import_.load_started_at is not None
    import_.load_started_at, import_.loaded_count = import_.load_started_at or clock.now(), 0
    yield from _forget_rows(import_id)
    judgement = Judgement(import_, clock.now(), keeps_rows=True)
    if follows_another and isinstance(judgement.loader, Discarding):
        for _ in judgement.loader.discard():
            yield
    accepted = yield from primed(judgement)
    _refuse_unasked(judgement.question(), import_)
    refuse_taken(import_)
    for count in judgement.loader.load(accepted):
        import_.loaded_count += count
        judgement.save()
        yield
    judgement.save()
    import_.read_as = judgement.read_as()
    # A load that follows another finds rows of the first try already there, and what is new is what the dry run called
    # new. Where those were discarded it begins anew, and tells what it did itself.
    begins_anew = not follows_another or isinstance(judgement.loader, Discarding)
    judgement.counts.write_to(import_, outcomes=begins_anew)
    import_.status, import_.visible_at = ImportStatus.DONE, clock.now()
    import_.question = import_.remarks = None  # they name people and units


def _refuse_unasked(question: Question | None, import_: DataImport) -> None:
    """Since the dry run people may have come or gone, or a draft may wait: a yes holds for what it was said to."""
    if question is not None and question.count > (import_.answered_count or 0):
        raise Refused(UNASKED)


def primed(judgement: Judgement) -> Generator[None, None, Iterator[Accepted]]:
    """The accepted rows, begun: to open a workbook, or to judge all rows before the first, holds no write lock."""
    accepted = judgement.accepted()
    while True:
        with reading():
            some = list(islice(accepted, BATCH))
        db.session.rollback()
        if len(some) < BATCH or any(each is not APART for each in some):
            return chain(some, accepted)
        judgement.save()
        yield
