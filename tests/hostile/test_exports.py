"""What leaves as a file: no cell is a formula or a link, numbers stay numbers, and what went out comes in as it was."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import unquote

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.core.tables import csv_response, xlsx_response
from app.extensions import db
from app.imports.models import DataImport, ImportRefusal
from app.imports.reading import open_table
from tests.browser_check import Browser
from tests.hostile.conftest import Company
from tests.hostile.corpus import HOSTILE, MARKER, words
from tests.hostile.sheets import elements_of
from tests.impact.pages import xlsx_rows

NUMBER = re.compile(r"-?\d+(\.\d+)?")
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
NO_TEXTS = {"f", "hyperlink", "hyperlinks", "externalReference", "oleObject", "definedName"}
HEADERS = ["line", "=1+1", "value"]
ROWS = [
    [-7, 1.5, item]
    for item in (*HOSTILE, "=1", "+1", "-1", "@1", "\t1", "\r1", "\0=1", "'=1", "''=1", "'", "plain", "")
]


def cells_of(answer: TestResponse) -> list[list[str]]:
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def formulas_in(rows: list[list[str]]) -> list[str]:
    return [cell for row in rows for cell in row if cell.startswith(STARTS_FORMULA) and not NUMBER.fullmatch(cell)]


def test_no_exported_csv_starts_a_formula(company: Company, browser: Browser) -> None:
    shown = set()
    for path in exports(company):
        answer = browser.get(f"{path}.csv")
        rows = cells_of(answer)
        assert not formulas_in(rows), path
        assert plain_name(answer), answer.headers["Content-Disposition"]
        assert any(NUMBER.fullmatch(cell) for row in rows for cell in row[1:]), f"no number in {path}"
        shown |= {marker for row in rows for cell in row for marker in MARKER.findall(cell)}
    assert len(shown) >= len(words("name")), "hardly a hostile word was exported"


def test_no_exported_workbook_holds_a_formula_or_a_link(company: Company, browser: Browser) -> None:
    for path in exports(company):
        answer = browser.get(f"{path}.xlsx")
        assert not elements_of(answer.data) & NO_TEXTS, path
        assert plain_name(answer)
        rows, written = xlsx_rows(answer), cells_of(browser.get(f"{path}.csv"))
        assert not formulas_in([[cell for cell in row if isinstance(cell, str)] for row in rows])
        for row, line in zip(rows, written, strict=True):
            for cell, text in zip(row, line, strict=True):
                assert cell == float(text) if isinstance(cell, float) else cell == text, path


def exports(company: Company) -> list[str]:
    units = (company.cast.company, company.cast.n1)
    return ["/impact/export", *(f"/impact/units/{unit.id}/export" for unit in units)]


def plain_name(answer: TestResponse) -> bool:
    return (
        re.fullmatch(r"attachment; filename=[a-z0-9-]+\.(csv|xlsx|toml)", answer.headers["Content-Disposition"], re.I)
        is not None
    )


def test_refused_values_come_back_as_they_were(company: Company, browser: Browser, tmp_path: Path) -> None:
    """Out with a quotation mark before what would be a formula, and in again without that one and no other."""
    counted = sa.select(ImportRefusal.import_id, sa.func.count()).group_by(ImportRefusal.import_id)
    for import_id, count in db.session.execute(counted).all():
        answer = browser.get(f"/imports/{import_id}/refusals")
        assert not formulas_in(cells_of(answer))
        assert plain_name(answer)
        path = tmp_path / "report.csv"
        path.write_bytes(answer.data)
        refused = db.session.scalars(sa.select(ImportRefusal).where(ImportRefusal.import_id == import_id))
        kept = {each.line: each.value for each in refused}
        came_back = {int(cells[0]): cells[2] for _line, cells in list(open_table(path).rows())[1:]}
        assert came_back == kept
        assert count >= len(words("refused"))


def test_every_other_file_has_a_plain_name(company: Company, browser: Browser) -> None:
    imports = db.session.scalars(sa.select(DataImport.id)).all()
    for path in [f"/imports/{each}/mapping-file" for each in imports] + ["/imports/templates/units"]:
        answer = browser.get(path)
        assert plain_name(answer), answer.headers["Content-Disposition"]
        assert answer.mimetype in ("application/toml", "text/csv")
        assert not (answer.mimetype == "text/csv" and formulas_in(cells_of(answer)))


def test_the_writer_of_csv_guards_text_and_leaves_numbers(app: Flask) -> None:
    rows = cells_of(csv_response("file", HEADERS, ROWS))  # type: ignore[arg-type]
    assert not formulas_in(rows)
    assert rows[0][1] == "'=1+1"
    for (whole, part, text), row in zip(ROWS, rows[1:], strict=True):
        assert row == [str(whole), str(part), f"'{text}" if str(text).startswith(STARTS_FORMULA) else text]


def test_the_writer_of_workbooks_writes_every_text_as_text(app: Flask) -> None:
    answer = xlsx_response("file", HEADERS, ROWS)
    assert not elements_of(answer.data) & NO_TEXTS
    rows = xlsx_rows(answer)  # type: ignore[arg-type]
    assert rows[0][1] == "'=1+1"
    for (whole, part, text), row in zip(ROWS, rows[1:], strict=True):
        assert row[:2] == [whole, part]
        assert row[2] == (f"'{text}" if str(text).startswith(STARTS_FORMULA) else text)


def test_a_file_name_is_one_line_and_encoded(app: Flask) -> None:
    """Today the names of files are our own; the one writer holds all the same."""
    for name in (*words("download"), "żółw", 'a"b', "a;b=c", "a\\b", "a\nb", "a\r\nX-Evil: 1", "../../x", "a\0b"):
        line = csv_response(name, ["a"], []).headers["Content-Disposition"]
        found = re.fullmatch(r"attachment; filename=[A-Za-z0-9._-]+; filename\*=UTF-8''([A-Za-z0-9._~%-]+)", line)
        assert found, line
        assert unquote(found[1]) == f"{name}.csv"
    assert csv_response("plain-1", ["a"], []).headers["Content-Disposition"] == "attachment; filename=plain-1.csv"
