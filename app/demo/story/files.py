"""Writes the story as four CSV files with the names of the import columns as headers, so that no mapping is needed."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from app.demo.story import employees, feedback, organisation, results

Rows = Callable[[date], Iterator[dict[str, str]]]

# In the order in which they have to be loaded: people need units, answers need both.
TABLES: dict[str, tuple[Rows, Sequence[str]]] = {
    "units": (organisation.units, organisation.COLUMNS),
    "employees": (employees.employees, employees.COLUMNS),
    "feedback": (feedback.feedback, feedback.COLUMNS),
    "results": (results.results, results.COLUMNS),
}


def write(folder: Path, today: date) -> dict[str, Path]:
    """The files by kind of import (units, employees, feedback, results), in the order to load them."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        kind: _write_table(folder / f"{kind}.csv", rows(today), columns) for kind, (rows, columns) in TABLES.items()
    }


def _write_table(path: Path, rows: Iterator[dict[str, str]], columns: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path
