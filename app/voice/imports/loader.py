"""From a file of customers' feedback to rows: streamed in chunks, counted on the way, and shown when all are there."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core import company_time
from app.core.apart import Apart, ReadAs, RowApart
from app.core.database import reading
from app.core.imports import N_, Accepted, ImportContext, Message, Outcome, Refusal, RowRefused
from app.core.pace import Pace
from app.core.periods import Span, period_code, period_for
from app.core.permissions import Permission
from app.core.rows import Row
from app.extensions import db
from app.people.queries import UnitNames
from app.voice.actions.bulk import Bulk
from app.voice.actions.discarding import discard_import, leftovers
from app.voice.actions.rebuilding import FITTING
from app.voice.actions.rollups import Rollups, group_sums
from app.voice.actions.touchpoints import Touchpoints
from app.voice.imports.counts import UnitMonth, answered_in, month_of, months_of
from app.voice.imports.existing import Existing
from app.voice.imports.keys import Keys
from app.voice.imports.late import Before
from app.voice.imports.rows import NOT_YOURS, Answer, Group, RowReader
from app.voice.models import Feedback, FeedbackGroup, Metric

CHUNK = 1000
WRITTEN_AT_ONCE = 5000  # at most: so many are in memory
ROW = (
    "import_id", "unit_id", "answered_on", "metric", "score", "touchpoint_id", "channel", "language", "comment",
    "external_id", "row_key",
)  # fmt: skip
OTHER_ANSWER = Message(N_("Another answer with this number in the source is already there, with other content."))
OTHER_GROUP = Message(N_("Other numbers for this unit, metric and period are already there."))
COUNTED_TWICE = N_(
    "Counts of %(period)s for this unit and metric are already there, or stand further up in this file, and they hold "
    "the same days: customers would be counted twice. Bring either the months or the quarter."
)
BESIDE = N_(
    "For this unit and metric there are both single answers and counts of %(period)s, and they are added up. If they "
    "are of the same customers, leave one of the two out."
)


class Keyed(NamedTuple):
    """An answer that goes in, with its key."""

    key: bytes
    answer: Answer


class FeedbackLoader:
    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._names = UnitNames(context, Permission.FEEDBACK_IMPORT, NOT_YOURS)
        self._reader = RowReader(context.mapping, self._names, company_time.day_of(context.now))
        self._keys = Keys()
        self._touchpoints = Touchpoints()
        self._existing = Existing()
        self._before = Before(context)
        # Only where one file may hold both is it remembered what has been answered in it.
        self._holds_both = {"score", "promoters"} <= context.mapping.columns.keys()
        self._answered: set[UnitMonth] = set()
        self._remarked: set[tuple[int, Metric, Span]] = set()

    def examine(self, rows: Iterable[Row]) -> Iterator[Accepted | Refusal | Apart]:
        stream = iter(rows)
        while chunk := list(islice(stream, CHUNK)):
            yield from self._examine(chunk)

    def _examine(self, chunk: list[Row]) -> Iterator[Accepted | Refusal | Apart]:
        read: list[tuple[Row, Keyed]] = []
        groups: list[tuple[Row, Group]] = []
        for row in chunk:
            try:
                found = self._reader.read(row)
                if isinstance(found, Group):
                    if self._is_new_group(row, found):
                        groups.append((row, found))
                    else:
                        yield Accepted(row.line, Outcome.UNCHANGED, None)
                    continue
                self._before.make_room(found, self._keys)
                key = self._keys.key(found)
                if found.external_id is not None and self._stands_before(found, key):
                    yield Accepted(row.line, Outcome.UNCHANGED, None)
                else:
                    read.append((row, Keyed(key, found)))
            except RowRefused as refused:
                yield Refusal(row.line, refused.column, refused.value, refused.message)
            except RowApart as apart:
                yield apart.found
        known = self._existing.answers([keyed.key for _, keyed in read])
        for row, keyed in read:
            yield self._judged(row, keyed, known)
        yield from self._new_groups(groups)

    def _stands_before(self, answer: Answer, key: bytes) -> bool:
        before = self._keys.stands_before(answer, key)
        if before is None:
            raise RowRefused("external_id", answer.external_id or "", OTHER_ANSWER)
        return before

    def _judged(self, row: Row, keyed: Keyed, known: dict[bytes, Answer]) -> Accepted | Refusal:
        there = known.get(keyed.key)
        if there is None:
            return Accepted(row.line, Outcome.NEW, keyed, self._remark_on(keyed.answer))
        answer = keyed.answer
        if there == answer._replace(touchpoint=answer.touchpoint.casefold()):
            return Accepted(row.line, Outcome.UNCHANGED, None)
        return Refusal(row.line, "external_id", answer.external_id or "", OTHER_ANSWER)

    def _remark_on(self, answer: Answer) -> Message | None:
        """Once for each period of counts beside which answers come in."""
        if self._holds_both:
            self._answered.add(month_of(answer))
        span = self._existing.counted_with(answer)
        if span is None or (answer.unit_id, answer.metric, span) in self._remarked:
            return None
        self._remarked.add((answer.unit_id, answer.metric, span))
        return _told_of(BESIDE, span)

    def _is_new_group(self, row: Row, group: Group) -> bool:
        known = self._existing.group(group)
        if known is not None and known != group:
            raise RowRefused("period", row.values["period"], OTHER_GROUP)
        if known is None and (span := self._existing.counts.over(group)):
            raise RowRefused("period", row.values["period"], _told_of(COUNTED_TWICE, span))
        if known is None:
            self._existing.keep(group)
        return known is None

    def _new_groups(self, groups: list[tuple[Row, Group]]) -> Iterator[Accepted]:
        before = answered_in([group for _, group in groups])
        for row, group in groups:
            is_beside = any(month in before or month in self._answered for month in months_of(group))
            yield Accepted(row.line, Outcome.NEW, group, _told_of(BESIDE, group.span) if is_beside else None)

    def load(self, records: Iterable[Accepted]) -> Iterator[int]:
        """Rows are read and judged without the write lock; it is held only while a chunk is written."""
        for import_id in leftovers(self._context.import_id):
            for _ in discard_import(import_id):
                yield 0
        self._rows, self._rollups = Bulk(Feedback, ROW), Rollups(self._context.import_id)
        stream, pace, days, quarters = (
            iter(records),
            Pace(most=WRITTEN_AT_ONCE),
            Pace(2000, most=WRITTEN_AT_ONCE),
            Pace(2000),
        )
        while True:
            with reading():
                chunk = list(islice(stream, pace.rows))
            db.session.rollback()  # ends the reading; nothing was written since the edge committed
            if not chunk:
                break
            with pace.chunk():
                yield self._write([accepted.record for accepted in chunk if accepted.outcome is Outcome.NEW])
            if self._rollups.is_full:
                yield from self._rollups.write_days(days)
        yield from self._rollups.write_days(days)
        yield from self._rollups.write_quarters(quarters)

    def _write(self, records: list[Any]) -> int:
        answers = [record for record in records if isinstance(record, Keyed)]
        groups = [record for record in records if isinstance(record, Group)]
        if answers:
            self._write_answers(answers)
        for group in groups:
            self._write_group(group)
        return len(records)

    def _write_answers(self, answers: list[Keyed]) -> None:
        touchpoints = self._touchpoints.ids_of(keyed.answer.touchpoint for keyed in answers)
        import_id, day_of = self._context.import_id, self._rows.day
        rows, counted = [], self._rollups.counted
        for key, (unit_id, day, metric, score, touchpoint, channel, language, comment, external_id) in answers:
            place = touchpoints[touchpoint]
            words = (channel, language, comment, external_id)
            rows.append((import_id, unit_id, day_of(day), str(metric), score, place, *words, key))
            counted[unit_id, day, metric, place or 0, score] += 1
        self._rows.write(rows)

    def _write_group(self, group: Group) -> None:
        period = period_for(group.span)
        low, middle, high = group.bands or (None, None, None)
        where = {"import_id": self._context.import_id, "unit_id": group.unit_id, "period_id": period.id}
        told = {"n": group.n, "mean": group.mean, "scale_low": group.scale[0], "scale_high": group.scale[1]}
        bands = {"low": low, "middle": middle, "high": high}
        db.session.execute(sa.insert(FeedbackGroup).values(metric=group.metric, **where, **told, **bands))
        if group.bands is not None and period.kind in FITTING:
            key = (group.unit_id, period.starts_on, group.metric, 0)
            self._rollups.add_sums({key: group_sums(group.bands)})

    def read_as(self) -> list[ReadAs]:
        return self._names.read_as()

    def discard(self) -> Iterator[int]:
        yield from discard_import(self._context.import_id)


def _told_of(sentence: str, span: Span) -> Message:
    return Message(sentence, {"period": period_code(span[0], span[1])})
