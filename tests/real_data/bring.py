"""Public files through the product's own import, by the mappings that are committed under docs/real-data."""

from pathlib import Path

from app.extensions import db
from app.imports.actions.whole_file import import_file
from app.imports.mapping import read_mapping
from app.imports.models import DataImport
from app.imports.queries import refusals_of

HOUSE = Path(__file__).parents[2]
FILES = HOUSE.parent / "shared" / "data"
MAPPINGS = HOUSE / "docs" / "real-data"
PULSE = FILES / "nhs-staff-pulse"
INPATIENTS = FILES / "nhs-inpatient-survey" / "Adult-Inpatient-Survey-2022.ods"
QUARTERS = {
    "2022-q1": PULSE / "202122Q4.xlsm",
    "2022-q2": PULSE / "202223Q1.xlsm",
    "2022-q3": PULSE / "202223Q2.xlsm",
}


def bring(kind: str, file: Path, mapping: str = "") -> DataImport:
    db.session.commit()
    return import_file(kind, file, mapping=read_mapping((MAPPINGS / mapping).read_text("utf-8")) if mapping else None)


def counts(import_: DataImport) -> tuple[int, int, int, int, int]:
    """New, changed, unchanged, refused, skipped."""
    rows = (import_.new_count, import_.changed_count, import_.unchanged_count)
    return *rows, import_.refused_count, import_.skipped_count


def refused(import_: DataImport) -> list[tuple[str, str]]:
    return [(each.value, each.reason) for each in db.session.scalars(refusals_of(import_))]
