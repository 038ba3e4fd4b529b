"""Files of employees' results, brought through the whole engine."""

from pathlib import Path

import sqlalchemy as sa

from app.core.imports import Mapping, Scale, ScaleRule
from app.extensions import db
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport
from app.imports.queries import refusals_of
from app.pulse import actions
from app.pulse.models import DraftSet, DraftTally

COLUMNS = ("unit_code", "period", "question", "score", "promoters", "passives", "detractors", "mean", "n", "headcount")


def bring(
    folder: Path, text: str, *, scale: Scale | None = None, actor_id: int | None = None, yes_to: int = 0
) -> DataImport:
    """`text` is CSV whose header names our columns."""
    path = folder / "results.csv"
    path.write_text(text.strip() + "\n", "utf-8")
    headers = text.strip().splitlines()[0].split(",")
    columns = {name: (name,) for name in headers if name in COLUMNS}
    db.session.commit()
    mapping = Mapping("results", columns=columns, scale=scale)
    return import_file("results", path, mapping=mapping, actor_id=actor_id, yes_to=yes_to)


def as_shown(draft_id: int) -> dict[str, str]:
    """What the page of a draft puts into the form of its button."""
    draft = db.session.get(DraftSet, draft_id)
    assert draft is not None
    return {"seen": actions.fingerprint(actions.outlooks_of([draft])[draft_id])}


def means(low: float = 0, high: float = 10) -> Scale:
    return Scale(ScaleRule.MEAN, low, high)


def answers(unit: str, scores: str, *, period: str = "2026-Q1") -> str:
    return "".join(f"{unit},{period},{score}\n" for score in scores.split())


HEADER = "unit_code,period,score\n"


def reasons(import_: DataImport) -> dict[int, str]:
    return {each.line: each.reason for each in db.session.scalars(refusals_of(import_))}


def drafts() -> dict[tuple[str, str], dict[str, tuple[int, ...]]]:
    """(measure, period) to unit id to (detractors, passives, promoters)."""
    found: dict[tuple[str, str], dict[str, tuple[int, ...]]] = {}
    for draft in db.session.scalars(sa.select(DraftSet).order_by(DraftSet.id)):
        tallies = db.session.scalars(sa.select(DraftTally).where(DraftTally.draft_id == draft.id))
        bands = {row.unit_id: (row.detractors, row.passives, row.promoters) for row in tallies}
        found[draft.measure, draft.period.code] = bands
    return found
