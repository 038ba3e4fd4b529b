"""What has come in so far, for the first steps of a company."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import PERSON, Account, Employee, Unit
from app.results.models import ResultSet, SetStatus
from app.voice.models import FeedbackGroup, FeedbackQuarter


@dataclass(frozen=True)
class Progress:
    """What has come in so far, and the reader's own imports that wait."""

    units: int
    people: int
    answers: int
    groups: int
    sets: int
    unfinished: int

    @property
    def has_customers(self) -> bool:
        return bool(self.answers or self.groups)

    @property
    def is_complete(self) -> bool:
        return self.units > 1 and self.people > 1 and self.has_customers and self.sets > 0


_VISIBLE = sa.select(DataImport.id).where(DataImport.is_visible)
_OPEN = (ImportStatus.UPLOADED, ImportStatus.CHECKED)
_UNFINISHED = sa.select(sa.func.count(DataImport.id)).where(
    DataImport.created_by_id == PERSON, DataImport.status.in_(_OPEN)
)
_PROGRESS = sa.select(
    sa.select(sa.func.count(Unit.id)).scalar_subquery(),
    sa.select(sa.func.count(Employee.id)).scalar_subquery(),
    sa.select(sa.func.coalesce(sa.func.sum(FeedbackQuarter.n), 0))
    .where(FeedbackQuarter.import_id.in_(_VISIBLE))
    .scalar_subquery(),
    sa.select(sa.func.count(FeedbackGroup.id)).where(FeedbackGroup.import_id.in_(_VISIBLE)).scalar_subquery(),
    sa.select(sa.func.count(ResultSet.id)).where(ResultSet.status == SetStatus.PUBLISHED).scalar_subquery(),
    _UNFINISHED.scalar_subquery(),
)


def progress(person: Account) -> Progress:
    """One query; answers come from the rollup."""
    row = db.session.execute(_PROGRESS, {"person_id": person.id}).one()
    return Progress(*(int(count) for count in row))


def unfinished_imports(person: Account) -> int:
    return db.session.scalar(_UNFINISHED, {"person_id": person.id}) or 0
