"""Files of customers' feedback, brought through the whole engine."""

from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from app.core.imports import DateOrder, Mapping, Scale
from app.extensions import db
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport
from app.imports.queries import refusals_of
from app.voice.imports import COLUMNS
from app.voice.models import Feedback, FeedbackDay, FeedbackQuarter

NAMES = {column.name for column in COLUMNS}
HEADER = "unit_code,date,metric,score\n"


def bring(
    folder: Path,
    text: str,
    *,
    scale: Scale | None = None,
    order: DateOrder | None = None,
    actor_id: int | None = None,
    dry_run: bool = False,
) -> DataImport:
    """`text` is CSV whose header names our columns."""
    path = folder / "feedback.csv"
    path.write_text(text.strip() + "\n", "utf-8")
    headers = [name for name in text.strip().splitlines()[0].split(",") if name in NAMES]
    mapping = Mapping("feedback", date_order=order, columns={name: (name,) for name in headers}, scale=scale)
    db.session.commit()
    return import_file("feedback", path, mapping=mapping, actor_id=actor_id, dry_run=dry_run)


def reasons(import_: DataImport) -> dict[int, str]:
    return {each.line: each.reason for each in db.session.scalars(refusals_of(import_))}


def counts(import_: DataImport) -> tuple[int, int, int, int]:
    return import_.new_count, import_.changed_count, import_.unchanged_count, import_.refused_count


def rows(model: type = Feedback) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def days() -> dict[tuple[int, str, int], int]:
    """(unit, day, score) to n, of all imports."""
    found: Counter[tuple[int, str, int]] = Counter()
    for row in db.session.scalars(sa.select(FeedbackDay)):
        found[row.unit_id, row.day.isoformat(), row.score] += row.n
    return dict(found)


def quarters() -> list[FeedbackQuarter]:
    return list(db.session.scalars(sa.select(FeedbackQuarter).order_by(FeedbackQuarter.unit_id)))
