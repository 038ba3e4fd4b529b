"""docs/security.md names files and tests as evidence: what is renamed or gone must not stand there any more."""

import re
from collections.abc import Iterator

from config import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = re.compile(r"`([^`]+)`")
EVIDENCE = re.compile(r"([\w/]+\.py)?(?:::)?(\w*)")  # `people/sign_in.py::a_name`, or `::a_name` of the file before


def rows() -> Iterator[list[str]]:
    """Those with five cells: rule, what holds, where, test, gaps."""
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and cells[0] not in ("rule", "---"):
            yield cells


def test_every_file_that_is_named_is_there() -> None:
    named = [name for cells in rows() for name in NAMED.findall(cells[2]) if "/" in name or name.endswith(".py")]
    assert len(named) > 80
    assert [name for name in named if not any(list(ROOT.glob(at)) for at in (name, f"app/{name}"))] == []


def test_every_test_that_is_named_is_there() -> None:
    faults, count = [], 0
    for cells in rows():
        text = ""
        for name in NAMED.findall(cells[3]):
            file, test = matched.groups() if (matched := EVIDENCE.fullmatch(name)) else (None, name)
            text = text_of(file) if file else text
            count += 1
            if not text or not re.search(rf"(def test_|class ){test}\b" if test else "def test_", text):
                faults.append(name)
    assert count > 120
    assert faults == []


def text_of(file: str) -> str:
    """`people/sign_in.py` is tests/people/test_sign_in.py."""
    folder, _, name = file.rpartition("/")
    path = ROOT / "tests" / folder / f"test_{name}"
    return path.read_text("utf-8") if path.exists() else ""
