"""What is already there of the rows of a file: looked up a chunk at a time."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.core.periods import Period, Span
from app.extensions import db
from app.imports.models import DataImport
from app.voice.imports.counts import Counts
from app.voice.imports.rows import Answer, Group
from app.voice.models import Feedback, FeedbackGroup, Metric, Touchpoint

GroupKey = tuple[int, Span, Metric]


class Existing:
    """Visible rows only: what an interrupted import left behind counts for nothing."""

    def __init__(self) -> None:
        self._groups: dict[GroupKey, Group] | None = None
        self.counts = Counts()
        self._is_first: bool | None = None

    def answers(self, keys: Sequence[bytes]) -> dict[bytes, Answer]:
        if not keys or not self._any_answers():
            return {}
        columns = (
            Feedback.row_key, Feedback.unit_id, Feedback.answered_on, Feedback.metric, Feedback.score,
            sa.func.coalesce(Touchpoint.code, ""), Feedback.channel, Feedback.language, Feedback.comment,
            Feedback.external_id,
        )  # fmt: skip
        found = (
            sa.select(*columns)
            .join(DataImport, DataImport.id == Feedback.import_id)
            .outerjoin(Touchpoint, Touchpoint.id == Feedback.touchpoint_id)
            .where(Feedback.row_key.in_(keys), DataImport.is_visible)
        )
        return {key: Answer(*content) for key, *content in db.session.execute(found).all()}

    def _any_answers(self) -> bool:
        """The first import of a company has nothing to be compared with."""
        if self._is_first is None:
            visible = sa.select(Feedback.id).join(DataImport, DataImport.id == Feedback.import_id)
            found = visible.where(DataImport.is_visible).limit(1)
            self._is_first = db.session.scalar(found) is None
        return not self._is_first

    def group(self, group: Group) -> Group | None:
        """The one of the same unit, period and metric that is visible, or stood before in this file."""
        return self._all_groups().get(_key(group))

    def keep(self, group: Group) -> None:
        self._all_groups()[_key(group)] = group
        self.counts.keep(group)

    def _all_groups(self) -> dict[GroupKey, Group]:
        if self._groups is None:
            self._groups = {}
            for known in _visible_groups():
                self.keep(known)
        return self._groups

    def counted_with(self, answer: Answer) -> Span | None:
        """The period of visible counts that may hold this customer too. Asked once whether there are any at all."""
        self._all_groups()
        return self.counts.holding(answer)


def _key(group: Group) -> GroupKey:
    return group.unit_id, group.span, group.metric


def _visible_groups() -> list[Group]:
    rows = (
        sa.select(FeedbackGroup, Period)
        .join(Period, Period.id == FeedbackGroup.period_id)
        .join(DataImport, DataImport.id == FeedbackGroup.import_id)
        .where(DataImport.is_visible)
    )
    return [_group(row, period) for row, period in db.session.execute(rows)]


def _group(row: FeedbackGroup, period: Period) -> Group:
    bands = None if row.low is None or row.middle is None or row.high is None else (row.low, row.middle, row.high)
    span = (period.kind, period.starts_on, period.ends_on)
    return Group(row.unit_id, span, row.metric, bands, row.n, row.mean, (row.scale_low, row.scale_high))
