"""Exports: one writer of CSV and XLSX, so that no cell can start a formula (security.md C6)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import TextIO
from urllib.parse import quote

from flask import Response

Cell = str | int | float | date | None
LONGEST_SHEET_NAME = 31
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")


def safe(cell: Cell) -> Cell:
    """Text that a spreadsheet would run gets a quote before it; numbers stay numbers."""
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def csv_response(name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    text = io.StringIO()
    write_csv(text, headers, rows)
    # The mark tells spreadsheets that this is UTF-8; without it Polish letters come out broken.
    return _attachment("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def write_csv(file: TextIO, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    writer = csv.writer(file)
    writer.writerow([safe(header) for header in headers])
    writer.writerows(["" if cell is None else safe(cell) for cell in row] for row in rows)


def xlsx_response(name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "") -> Response:
    """`title` is what the sheet is called, in the words of the person."""
    import xlsxwriter  # noqa: PLC0415 - large, and most processes write no workbook

    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, bold = book.add_worksheet(sheet_name(title)), book.add_format({"bold": True})
        for row_index, row in enumerate([headers, *rows]):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(row_index, column, _as_text(safe(cell)), bold if row_index == 0 else None)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attachment(file.getvalue(), kind, f"{name}.xlsx")


def _as_text(cell: Cell) -> Cell:
    """What begins with <r> and ends with </r> the library takes for its own markup: here it is that, round the text."""
    if isinstance(cell, str) and cell.startswith("<r>") and cell.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(cell, quote=False)}</t></r>'
    return cell


def sheet_name(title: str) -> str:
    """As spreadsheets allow it: at most 31 characters, none of a few, no quote at an end; nothing left is Sheet1."""
    cleaned = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).split())
    cut = cleaned[:LONGEST_SHEET_NAME].strip("' ")
    return "" if cut.casefold() == "history" else cut  # Excel keeps that one for itself


def _attachment(body: str | bytes, kind: str, name: str) -> Response:
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = disposition(name)
    return response


def disposition(name: str) -> str:
    """One line, whatever the file is called: plain letters for all, and the name itself as RFC 5987 writes it."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    return f"attachment; filename={plain}" + ("" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}")
