"""Lists of headers with the columns they stand for, and how many of them a suggestion gets right."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from app.core.kinds import kind_named
from app.imports.suggest import suggest

SECTION = re.compile(r"\[(?P<language>\w\w) (?P<kind>\w+): (?P<source>.+)\]")
HERE = Path(__file__).parent


@dataclass
class Sheet:
    """One file as some system exports it: a header, what it means (alternatives by "/"), and its first cells."""

    language: str
    kind: str
    source: str
    headers: list[str] = field(default_factory=list)
    meant: list[set[str]] = field(default_factory=list)
    columns: list[list[str]] = field(default_factory=list)

    @property
    def rows(self) -> list[list[str]]:
        return [list(row) for row in zip(*self.columns, strict=True)]


@dataclass
class Score:
    """Of the headers that stand for one of our columns, and of all headers."""

    meant: int = 0
    right: int = 0
    wrong: int = 0
    seen: int = 0

    @property
    def right_share(self) -> float:
        return self.right / self.meant

    @property
    def wrong_share(self) -> float:
        return self.wrong / self.seen


def read_sheets(name: str) -> list[Sheet]:
    sheets: list[Sheet] = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if found := SECTION.fullmatch(line):
            sheets.append(Sheet(**found.groupdict()))
        elif line and not line.startswith("#"):
            header, meant, cells = line.rsplit(" | ", 2)
            sheets[-1].headers.append(header)
            sheets[-1].meant.append(set(meant.split("/")))
            sheets[-1].columns.append([cell.strip() for cell in cells.split(";")])
    return sheets


def found_in(sheet: Sheet, *, with_cells: bool = True) -> list[str]:
    """For each header the column that is suggested for it, or "-"."""
    suggestion = suggest(
        kind_named(sheet.kind).columns, sheet.headers, sheet.rows if with_cells else [], kind=sheet.kind
    )
    ours = {header: column for column, headers in suggestion.mapped().items() for header in headers}
    return [ours.get(header, "-") for header in sheet.headers]


def scores(sheets: list[Sheet], *, with_cells: bool = True) -> dict[str, Score]:
    """By language, and by language and kind."""
    kept: dict[str, Score] = defaultdict(Score)
    for sheet in sheets:
        for found, meant in zip(found_in(sheet, with_cells=with_cells), sheet.meant, strict=True):
            for key in (sheet.language, f"{sheet.language} {sheet.kind}"):
                score = kept[key]
                score.seen += 1
                score.meant += meant != {"-"}
                score.right += found in meant and meant != {"-"}
                score.wrong += found not in meant and found != "-"
    return kept
