"""From a file of employees' answers to drafts: counted while it is read, written when all of it has been judged."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa

from app.core import company_time
from app.core.imports import N_, Accepted, ImportContext, Message, Outcome, Question, Refusal, RowRefused, ScaleRule
from app.core.jobs import enqueue
from app.core.low_scores import HIGHEST_OF_FIVE, ONE_OF_SEVERAL
from app.core.periods import period_for
from app.core.permissions import Permission
from app.core.rows import Row
from app.extensions import db
from app.people.queries import tree_on, units_by_code
from app.pulse.actions import Draft, destroy_drafts, draft_of, drafts_of_import, is_own_draft
from app.pulse.imports.answers import ResultRow, RowReader, Series, Shape
from app.pulse.imports.dropped import Dropped
from app.pulse.models import DraftSet, DraftTally
from app.results.actions import Tally
from app.results.models import SetStatus
from app.results.queries import barred_by

CHUNK = 1000
TWICE = Message(N_("This unit stands twice for the same question and period, with different numbers."))
MIXED = Message(N_("Other rows of this question and period are of another sort: answers, counts or means."))
OTHERS = Message(N_("A draft of this period holds units that are not yours, so you cannot replace it."))
PUBLISHED = N_("Results of %(period)s are published already, and published results never change.")
WITHDRAWN = N_("Results of %(period)s were published and withdrawn, and cannot come back.")
NOT_THERE = N_("This unit did not exist on %(day)s, the last day of that period.")


@dataclass
class Gathering:
    """All rows of one question and period: what they add up to, and on which lines they stand."""

    shape: Shape
    tallies: dict[int, Tally] = field(default_factory=dict)
    lines: "array[int]" = field(default_factory=lambda: array("Q"))
    repeated: "array[int]" = field(default_factory=lambda: array("Q"))
    highest: int = 0

    def take(self, row: ResultRow) -> None:
        """One answer is added; a group stands once, and again only as the very same."""
        if row.shape is not self.shape:
            raise RowRefused("score", "", MIXED)
        known = self.tallies.get(row.unit_id)
        if row.shape is Shape.ANSWERS:
            self.highest = max(self.highest, row.score or 0)
            before = known.bands if known else (0, 0, 0)
            low, middle, high = (one + other for one, other in zip(before, row.tally.bands, strict=True))
            self.tallies[row.unit_id] = Tally(low + middle + high, (low, middle, high))
        elif known is None:
            self.tallies[row.unit_id] = row.tally
        elif known == row.tally:
            self.repeated.append(row.line)
            return
        else:
            raise RowRefused("unit_code", "", TWICE)
        self.lines.append(row.line)


class ResultLoader:
    """`examine` reads all before it lets anything in: whether a series is changed shows only at its end."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._units = units_by_code(context.actor_id, Permission.RESULT_IMPORT)
        self._reader = RowReader(context.mapping, self._units, company_time.day_of(context.now))
        self._gathered: dict[Series, Gathering] = {}
        self._closed: dict[Series, Message | None] = {}
        self._there: dict[Series, frozenset[int]] = {}
        self._dropped = Dropped()

    def examine(self, rows: Iterable[Row]) -> Iterator[Accepted | Refusal]:
        for row in rows:
            try:
                self._take(self._reader.read(row), row)
            except RowRefused as refused:
                yield Refusal(row.line, refused.column, refused.value, refused.message)
        unsaid = self._measures_on_an_unsaid_scale()
        for series, gathering in self._gathered.items():
            if series.measure in unsaid and gathering.shape is Shape.ANSWERS:
                yield from (Refusal(line, "score", "", ONE_OF_SEVERAL) for line in gathering.lines)
            else:
                yield from self._accepted(series, gathering)

    def _take(self, found: ResultRow, row: Row) -> None:
        series = found.series
        if series not in self._closed:
            self._closed[series] = self._reason_against(series)
            self._there[series] = frozenset(tree_on(_last_day(series)))
        closed = self._closed[series]
        if closed is not None:
            raise RowRefused("period", row.values["period"], closed)
        if found.unit_id not in self._there[series]:
            day = {"day": _last_day(series).isoformat()}
            raise RowRefused("unit_code", row.values["unit_code"], Message(NOT_THERE, day))
        self._gathered.setdefault(series, Gathering(found.shape)).take(found)

    def _reason_against(self, series: Series) -> Message | None:
        _, starts_on, ends_on = series.span
        barring = barred_by(series.measure, starts_on, ends_on)
        if barring is not None:
            words = WITHDRAWN if barring.status is SetStatus.WITHDRAWN else PUBLISHED
            return Message(words, {"period": barring.period.code})
        earlier = draft_of(series.measure, series.span)
        mine = {unit_id for unit_id, is_mine in self._units.values() if is_mine}
        return OTHERS if earlier is not None and earlier.tallies.keys() - mine else None

    def _measures_on_an_unsaid_scale(self) -> set[str]:
        """One question of several; where no score of the file passes 5, that was asked before its rows were read."""
        if self._context.mapping.scale is not None:
            return set()
        highest: dict[str, int] = {}
        for series, gathering in self._gathered.items():
            if gathering.shape is Shape.ANSWERS:
                highest[series.measure] = max(highest.get(series.measure, 0), gathering.highest)
        return {measure for measure, score in highest.items() if score <= HIGHEST_OF_FIVE}

    def _accepted(self, series: Series, gathering: Gathering) -> Iterator[Accepted]:
        draft = self._draft(series, gathering)
        earlier = draft_of(series.measure, series.span)
        outcome = Outcome.NEW if earlier is None else Outcome.CHANGED
        is_own = is_own_draft(series.measure, series.span, self._context.actor_id)
        if earlier is not None:
            self._dropped.compare(earlier.tallies, draft.tallies, is_own=is_own)
        if earlier == draft and is_own:
            # Of somebody else's draft it is not said: whoever guesses at answers would learn when the guess is right.
            outcome = Outcome.UNCHANGED
        for place, line in enumerate(gathering.lines):
            # The first row carries them all: what is written is the series, not the rows.
            yield Accepted(line, outcome, draft if place == 0 else None)
        yield from (Accepted(line, Outcome.UNCHANGED, None) for line in gathering.repeated)

    def _draft(self, series: Series, gathering: Gathering) -> Draft:
        scale = self._context.mapping.scale
        is_means = gathering.shape is Shape.MEANS
        if gathering.shape is Shape.COUNTS:
            rule, ends = "counts", (0, 10)
        elif scale is None:
            rule, ends = ScaleRule.ZERO_TO_TEN.value, (0, 10)
        elif is_means:
            rule, ends = scale.rule.value, (int(scale.low or 0), int(scale.high or 0))
        else:
            rule, ends = _answers_on(scale.rule)
        return Draft(series.measure, series.span, gathering.tallies, rule=rule, scale=ends, is_means=is_means)

    def question(self) -> Question | None:
        return self._dropped.question()

    def load(self, records: Iterable[Accepted]) -> Iterator[int]:
        written: list[int] = []
        rows = 0
        for accepted in records:
            if accepted.outcome is Outcome.UNCHANGED:
                continue
            rows += 1
            if accepted.record is not None:
                for _ in self._write(accepted.record, written):
                    yield 0
        yield rows
        # In the transaction that shows the new drafts: what they replace is destroyed.
        for draft_id in written:
            replaced = db.session.get_one(DraftSet, draft_id)
            destroy_drafts(replaced.measure, replaced.period_id, but=self._context.import_id)
        if not written:
            # Nothing of it waits for anybody, so its file need not wait either.
            enqueue("pulse.forget_file", import_id=self._context.import_id)

    def _write(self, draft: Draft, written: list[int]) -> Iterator[None]:
        row = DraftSet(
            measure=draft.measure,
            period_id=period_for(draft.span).id,
            import_id=self._context.import_id,
            rule=draft.rule,
            scale_low=draft.scale[0],
            scale_high=draft.scale[1],
            is_means=draft.is_means,
            created_at=self._context.now,
        )
        db.session.add(row)
        db.session.flush()
        draft_id = row.id
        written.append(draft_id)
        tallies = [_row(draft_id, unit_id, tally) for unit_id, tally in draft.tallies.items()]
        for start in range(0, len(tallies), CHUNK):
            db.session.execute(sa.insert(DraftTally), tallies[start : start + CHUNK])
            yield

    def discard(self) -> Iterator[int]:
        for draft_id in drafts_of_import(self._context.import_id):
            db.session.execute(sa.delete(DraftTally).where(DraftTally.draft_id == draft_id))
            db.session.execute(sa.delete(DraftSet).where(DraftSet.id == draft_id))
            yield 1


def _answers_on(rule: ScaleRule) -> tuple[str, tuple[int, int]]:
    """Our own scale for employees' answers is that from 0 to 10."""
    if rule in (ScaleRule.OURS, ScaleRule.ZERO_TO_TEN):
        return ScaleRule.ZERO_TO_TEN.value, (0, 10)
    return rule.value, (1, 5)


def _row(draft_id: int, unit_id: int, tally: Tally) -> dict[str, object]:
    low, middle, high = tally.bands
    bands = {"detractors": low, "passives": middle, "promoters": high}
    given = {"n": tally.n, "mean": tally.mean, "headcount": tally.headcount}
    return {"draft_id": draft_id, "unit_id": unit_id, **bands, **given}


def _last_day(series: Series) -> date:
    return series.span[2] - timedelta(days=1)
