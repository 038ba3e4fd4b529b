"""The child process that reads workbooks: it may run out of memory or time without anybody noticing but its parent.

A legal XLSX of 1.4 kB can ask its reader for 550 GB (two cells, one in the last corner), so the library never runs in a
process that matters. This module imports neither Flask nor the application; see `sheets.py` for how it is started.
It answers in lines of JSON: one object about the workbook, then `[line, [cells]]` for each row, then `{"end": true}`.
"""

import json
import resource
import signal
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from app.imports.files.archives import checked_kind
from app.imports.files.faults import MAX_CELL, MAX_COLUMNS, MAX_SHEET_ROWS, SPARE_ROWS, Fault, FileFault

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 120
OPENING_SECONDS = 60
TITLED, LONGEST_TITLE = 8, 1_000
Cell = int | float | str | bool | date | datetime | time | timedelta


def main(command: str, path: str, sheet: str = "") -> None:
    _bind()
    try:
        if command == "rows":
            _tell_rows(Path(path), sheet)
        else:
            _say(_about(Path(path), measured=command == "measure"))
        _say({"end": True})
    except FileFault as fault:
        _say({"fault": fault.fault, "params": fault.params})
    except MemoryError:
        _say({"fault": Fault.TOO_MUCH_MEMORY, "params": {}})


def _bind() -> None:
    """The limits stand before the first byte of the file is read. The alarm covers the opening, where nobody waits
    for the reader of the rows; a limit on real time later would punish a slow database."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(OPENING_SECONDS)


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer))
    sys.stdout.write("\n")


def _open(path: Path) -> tuple[str, CalamineWorkbook]:
    kind = checked_kind(path)
    try:
        # From the stream and not from the path, because the library would believe the file's name.
        return kind, CalamineWorkbook.from_filelike(path.open("rb"))
    except PasswordError as error:
        raise FileFault(Fault.ENCRYPTED) from error
    except (CalamineError, ValueError, OSError) as error:
        raise FileFault(Fault.DAMAGED) from error


def _about(path: Path, *, measured: bool) -> dict[str, Any]:
    kind, workbook = _open(path)
    return {"kind": kind, "sheets": [_summary(workbook, *sheet, measured=measured) for sheet in _worksheets(workbook)]}


def _worksheets(workbook: CalamineWorkbook) -> list[tuple[str, bool]]:
    return [
        (sheet.name, not str(sheet.visible).endswith("Visible"))
        for sheet in workbook.sheets_metadata
        if str(sheet.typ).endswith("WorkSheet")
    ]


def _summary(workbook: CalamineWorkbook, name: str, hidden: bool, *, measured: bool) -> dict[str, Any]:
    if hidden or not measured:
        return {"name": name, "hidden": hidden, "rows": 0, "columns": 0, "title": ""}
    sheet = _sheet(workbook, name)
    rows, columns = _size(sheet)
    return {"name": name, "hidden": hidden, "rows": rows, "columns": columns, "title": _title(sheet)}


def _title(sheet: CalamineSheet) -> str:
    """What stands alone in a line at the top: what was asked, of whom, when."""
    lines = (
        [text for cell in cells if (text := canonical(cell).strip())] for cells in islice(sheet.iter_rows(), TITLED)
    )
    return "\n".join(texts[0] for texts in lines if len(texts) == 1)[:LONGEST_TITLE]


def _size(sheet: CalamineSheet) -> tuple[int, int]:
    return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except (CalamineError, ValueError, OSError) as error:
        raise FileFault(Fault.DAMAGED) from error


def _tell_rows(path: Path, name: str) -> None:
    kind, workbook = _open(path)
    names = [sheet for sheet, _ in _worksheets(workbook)]
    if name not in names:
        raise FileFault(Fault.NO_SUCH_SHEET, sheet=name, sheets=", ".join(names))
    sheet = _sheet(workbook, name)
    _refuse_size(*_size(sheet))
    signal.alarm(0)
    _say({"kind": kind, "sheets": []})
    for line, cells in _rows(sheet):
        _say([line, cells])


def _refuse_size(rows: int, columns: int) -> None:
    if columns > MAX_COLUMNS:
        raise FileFault(Fault.TOO_MANY_COLUMNS, columns=str(columns), limit=str(MAX_COLUMNS))
    if rows > MAX_SHEET_ROWS + SPARE_ROWS:
        raise FileFault(Fault.TOO_MANY_ROWS, rows=str(rows), limit=str(MAX_SHEET_ROWS))


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    # The library leaves out empty columns before the table, though not empty rows: cells stay in their columns.
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [canonical(cell) for cell in cells]
        if any(len(text) > MAX_CELL for text in texts):
            raise FileFault(Fault.LONG_CELL, line=str(line), limit=str(MAX_CELL))
        if any(texts):
            yield line, before + texts


def canonical(cell: Cell) -> str:
    """The text that this cell would have in a well made CSV file, whatever the workbook shows on the screen."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time.min:
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case time():
            return cell.isoformat(timespec="seconds")
        case timedelta():
            return _hours(cell)
        case date():
            return cell.isoformat()
        case _:
            return repr(cell)


def _hours(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours}:{rest // 60:02}:{rest % 60:02}"
