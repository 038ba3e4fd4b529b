"""Files of unusual shape that must come in whole: encodings, separators, sheets, formulas. Told by what they hold."""

from pathlib import Path

import xlsxwriter

from tests.imports.bad_input import sentences as says
from tests.imports.bad_input.answer_cases import ANSWERS, TEN
from tests.imports.bad_input.case import Case, text
from tests.imports.bad_input.sentences import of_lines
from tests.imports.workbooks import write_ods

HEADER = ANSWERS.strip().split(";")
LETTERS = "N1;2026-09-01;nps;9;Zażółć gęślą jaźń, świeże mięso;1\n"
CYRILLIC = "N1;2026-09-01;nps;9;Быстро и любезно, спасибо;1\n"
GOOD = ["N1", "2026-09-01", "nps", 9, "good", "1"]
BAD = ["N1", "2026-09-01", "nps", 12, "good", "2"]
OF_BAD = (3, "score", "12", TEN)


def write_formulas(path: Path) -> None:
    """A spreadsheet keeps the last result beside each formula; one that ended in an error has none."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for row, result in enumerate((9, "#N/A", "#DIV/0!"), start=1):
            sheet.write_row(row, 0, GOOD[:3])
            sheet.write_formula(row, 3, "=VLOOKUP(A1,B1:C2,2)", None, result)


def write_hidden(path: Path) -> None:
    """The largest sheet is hidden, the first is a note."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Notes").write(0, 0, "Read me")
        for name, rows in (("Lists", [["x"] * 30] * 30), ("Answers", [HEADER, GOOD, BAD])):
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
        book.get_worksheet_by_name("Lists").hide()


SHAPE_CASES = [
    *(
        Case(f"Polish in {encoding}", "feedback", text(ANSWERS + LETTERS, encoding), new=1)
        for encoding in ("cp1250", "iso-8859-2", "utf-8-sig", "utf-16", "utf-16-le")
    ),
    *(
        Case(f"Russian in {encoding}", "feedback", text(ANSWERS + CYRILLIC, encoding), new=1)
        for encoding in ("cp1251", "utf-8", "utf-16")
    ),
    *(
        Case(
            f"cells between {name}",
            "feedback",
            text((ANSWERS + LETTERS.replace(",", "")).replace(";", sign), line_end="\r\n"),
            new=1,
            called="file.xlsx",
        )
        for name, sign in (("commas", ","), ("tabs", "\t"), ("bars", "|"))
    ),
    Case(
        "line ends within a cell",
        "feedback",
        text(ANSWERS + 'N1;2026-09-01;nps;9;"one\ntwo\n\nthree";1\nN1;2026-09-01;nps;12;;2\n', line_end="\r\n"),
        new=1,
        rows=((6, "score", "12", TEN),),
    ),
    Case(
        "blanks that do not break",
        "feedback",
        text(
            ANSWERS
            + "\u00a0N1\u00a0;2026-09-01\u00a0;nps;\u20079\u202f;\u00a0;\u00a0\nn1;2026-09-01;NPS ;8;;\n\u00a0;;;;;\n"
        ),
        new=2,
    ),
    Case(
        "cells that begin a formula",
        "feedback",
        text(
            ANSWERS + 'N1;2026-09-01;nps;9;"=HYPERLINK(""http://evil.example"")";=1+1\nN1;2026-09-01;nps;=9;@SUM(1);2\n'
        ),
        new=1,
        rows=((3, "score", "=9", (*(each.format(low="0", high="10") for each in says.NO_WHOLE_SCORE),)),),  # type: ignore[arg-type]
    ),
    Case(
        "formulas of a sheet",
        "feedback",
        write_formulas,
        new=1,
        rows=((3, "score", "", says.NO_SCORE), (4, "score", "", says.NO_SCORE)),
    ),
    Case(
        "titles, headings, notes and totals",
        "feedback",
        text(
            "Report of the year;;;;;\n;;2025-Q4;;2026-Q1;;\nunit_code;metric;mean;n;mean;n;\nN1;csat;4,1;400;4,2;410;\n"
            "N2;csat;3,9;300;3,8;311;\nSOUTH Total;csat;3;100;3;120;\nNORTH;csat;4;800;4;841;\n"
            "\nSource: CRM\n*weighted\n"
        ),
        new=2,
        beside=(
            of_lines(says.ABOVE, (1, "Report of the year")),
            of_lines(says.BELOW_OF_FEW, (9, "Source: CRM"), (10, "*weighted")),
            of_lines(says.LIKE_TOTALS_OF_FEW, (6, "SOUTH Total"), (7, "NORTH")),
        ),
    ),
    Case("hidden and other sheets", "feedback", write_hidden, new=1, rows=(OF_BAD,), called="file.ods"),
    Case(
        "an ODS that is called CSV",
        "feedback",
        lambda path: write_ods(path, [HEADER, GOOD, BAD]),
        new=1,
        rows=(OF_BAD,),
    ),
]
