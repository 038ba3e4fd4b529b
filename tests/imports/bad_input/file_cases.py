"""Files that cannot be taken at all, or end before they should; none of them leaves anything behind."""

import zipfile
from pathlib import Path

from app.imports.files.archives import CHUNK, MAX_INSIDE
from tests.imports.bad_input import file_sentences as says
from tests.imports.bad_input.answer_cases import ANSWERS
from tests.imports.bad_input.case import Case, text
from tests.imports.bad_input.sentences import CUT_OFF, TOO_WIDE, told
from tests.imports.workbooks import write_bare_xlsx, write_ods, write_xlsx

ROW = "N1;2026-09-01;nps;9;good;1\n"
CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")


def compound(part: str) -> bytes:
    """The container of old Excel files; a password puts a new workbook into it."""
    return COMPOUND + bytes(504) + part.encode("utf-16-le") + bytes(64)


def write_bomb(path: Path) -> None:
    write_bare_xlsx(path, '<row r="1"><c r="A1"><v>1</v></c></row>')
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/1.bin", "w") as part,
    ):
        for _ in range(MAX_INSIDE // CHUNK + 1):
            part.write(bytes(CHUNK))


def write_cut_workbook(path: Path) -> None:
    write_xlsx(path, {"Data": [ANSWERS.strip().split(";"), ["N1", "2026-09-01", "nps", 9]]})
    path.write_bytes(path.read_bytes()[:-200])


def write_sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)


WIDE = ";".join(f"c{number}" for number in range(2000)) + "\n" + "x;" * 1999 + "x\n"

FILE_CASES = [
    Case("an empty file", "feedback", text(""), file=says.EMPTY),
    Case("a file of blanks", "feedback", text(" \n\n \n"), file=says.EMPTY),
    Case("a mark of UTF-8 and nothing else", "feedback", text("\ufeff"), file=says.EMPTY),
    Case("an empty workbook", "feedback", lambda path: write_xlsx(path, {"Data": []}), file=says.EMPTY),
    Case("a header and nothing else", "feedback", text(ANSWERS), file=says.NO_ROWS, waits=True),
    Case("rows without a header", "feedback", text(ROW * 3), file=told(says.NEEDED, column="metric")),
    Case("a picture", "feedback", lambda path: path.write_bytes(bytes(range(1, 32)) * 50), file=says.NOT_A_TABLE),
    Case("a web page", "feedback", text("<html><table><tr><td>1</td></tr></table>"), file=says.WEB_PAGE),
    Case("an old workbook", "feedback", lambda path: path.write_bytes(compound("Workbook")), file=says.LEGACY),
    Case(
        "a password on a workbook",
        "feedback",
        lambda path: path.write_bytes(compound("EncryptedPackage")),
        file=says.ENCRYPTED,
        called="file.xlsx",
    ),
    Case(
        "a password on an ODS",
        "feedback",
        lambda path: write_ods(path, [["x"]], '<m:manifest xmlns:m="m"><m:encryption-data/></m:manifest>'),
        file=says.ENCRYPTED,
        called="file.ods",
    ),
    Case("a bomb in a workbook", "feedback", write_bomb, file=says.TOO_MUCH_INSIDE),
    Case(
        "entities in a workbook",
        "feedback",
        lambda path: write_bare_xlsx(path, "", prolog='<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'),
        file=says.SUSPICIOUS,
    ),
    Case(
        "two cells in two corners", "feedback", lambda path: write_bare_xlsx(path, CORNERS), file=says.TOO_MUCH_MEMORY
    ),
    Case("a workbook cut short", "feedback", write_cut_workbook, file=says.DAMAGED),
    Case(
        "two thousand columns",
        "feedback",
        text(WIDE),
        file=told(says.TOO_MANY_COLUMNS, columns="2000", limit="1000"),
    ),
    Case(
        "two thousand columns of a sheet",
        "feedback",
        lambda path: write_xlsx(path, {"Data": [line.split(";") for line in WIDE.split()]}),
        file=told(says.TOO_MANY_COLUMNS, columns="2000", limit="1000"),
    ),
    Case("zeros in a text", "feedback", text(ANSWERS + ROW + "N1;2026\0\0\n"), file=told(says.BROKEN_TEXT, line="3")),
    Case("two gigabytes", "feedback", write_sparse, file=says.TOO_LARGE),
    Case(
        "a file that ends within quotation marks",
        "feedback",
        text(ANSWERS + ROW + 'N1;2026-09-01;nps;1;"go'),
        file=told(says.OPEN_QUOTE, line="3"),
    ),
    Case(
        "a file that ends mid row",
        "feedback",
        text(ANSWERS + ROW + "N1;2026-09-01;nps;1"),
        new=1,
        rows=((3, "", "1", told(CUT_OFF, cells="4", width="6")),),
    ),
    Case(
        "a separator inside a text",
        "feedback",
        text(ANSWERS + "N1;2026-09-01;nps;9;good; and kind;N2\n" + ROW),
        new=1,
        rows=((2, "", "N2", told(TOO_WIDE, cells="7", width="6")),),
    ),
]
