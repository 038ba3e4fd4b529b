"""What the mutants are made of: files of our own that come in whole, and the beginnings of the public ones."""

from functools import cache
from itertools import islice
from pathlib import Path

from tests.imports.bad_input.answer_cases import ANSWERS, COUNTS, GROUPS, RESULTS
from tests.imports.bad_input.unit_cases import PEOPLE, UNITS
from tests.imports.workbooks import REAL, write_ods, write_xlsx

LINES, LARGEST = 40, 300_000
DATED = "code;name;parent_code;kind;valid_from;valid_to\n"
OWN = [
    ("units", UNITS + "A;Alfa;COMPANY;region\nB;Beta;A;branch\nC;Gamma;A;\nN1;Nowa;NORTH;\n"),
    (
        "units",
        DATED + "A;Alfa;COMPANY;region;2020-01-01;\nA;Ala;COMPANY;;2024-01-01;\nB;Beta;A;;2021-01-01;2025-01-01\n",
    ),
    ("employees", PEOPLE + "a@x.pl;1;Anna;N1;\nb@x.pl;2;Bea;N1;a@x.pl\nc@x.pl;3;Cyla;S1;1\newa@example.org;;Ewa;N2;\n"),
    ("feedback", ANSWERS + "N1;30.09.2025;nps;9;good;1\nN1;01.09.2025;csat;5;;2\nS1;02.09.2025;ces;1;żółć;\n" * 3),
    ("feedback", GROUPS + "N1;nps;2026-Q1;3;2;1;;6\nN2;csat;2026-Q1;;;;4.2;1 200\nS1;nps;2025;1;0;0;;\n"),
    ("results", RESULTS + "N1;2026-Q1;;9\nN1;2026-Q1;;10\nN2;2026-Q1;trust;7\nS1;2026-Q2;;0\n"),
    ("results", COUNTS + "N1;2026-Q1;3;2;1;6\nN2;2026-Q1;5;4;3;12\n"),
]
KINDS = ("units", "employees", "feedback", "results")


@cache
def texts() -> list[tuple[str, bytes]]:
    """Kind and content; each public file is brought as each kind, for somebody will."""
    public = sorted(REAL.glob("*/*.csv")) if REAL.is_dir() else []
    beginnings = [_beginning(path) for path in public]
    ours = [(kind, text.encode()) for kind, text in OWN]
    return ours * 8 + [(kind, start) for start in beginnings for kind in KINDS]


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return b"".join(islice(file, LINES))


@cache
def workbooks(folder: Path) -> list[tuple[str, bytes]]:
    made = []
    for kind, text in OWN:
        rows = [line.split(";") for line in text.splitlines()]
        made.append((kind, write_xlsx(folder / "own.xlsx", {"Data": rows, "Notes": [["x"]]}).read_bytes()))
        made.append((kind, write_ods(folder / "own.ods", rows).read_bytes()))
    public = [path for path in sorted(REAL.glob("*/*.xls*")) if path.stat().st_size < LARGEST] if REAL.is_dir() else []
    return made * 3 + [(kind, path.read_bytes()) for path in public for kind in ("units", "results")]
