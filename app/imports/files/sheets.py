"""Workbooks, seen from the process that matters: a child reads, we pass on its lines, its death becomes a sentence."""

import json
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.imports.files.faults import Fault
from app.imports.files.unreadable import UnreadableFile

APP = Path(__file__).resolve().parents[2]
# `-m app.imports…` would run app/__init__.py and with it the whole application: the child gets a bare package instead.
CHILD = """
import sys, types
app = types.ModuleType("app")
app.__path__ = [sys.argv[1]]
sys.modules["app"] = app
from app.imports.files.sheet_reader import main
main(*sys.argv[2:])
"""
TIMED_OUT = (-signal.SIGALRM, -signal.SIGXCPU)


@dataclass(frozen=True)
class SheetSummary:
    """A sheet of a workbook; sizes are 0 where they were not measured (hidden sheets)."""

    name: str
    rows: int = 0
    columns: int = 0
    hidden: bool = False
    title: str = ""  # the lines at its top that hold one text each


@dataclass(frozen=True)
class Workbook:
    kind: str
    sheets: tuple[SheetSummary, ...]


def look_into(path: Path) -> Workbook:
    """What the workbook holds. Where one monstrous sheet prevents measuring, the others must not suffer: names only."""
    try:
        return _workbook("measure", path)
    except UnreadableFile as error:
        if error.fault not in (Fault.TOO_MUCH_MEMORY, Fault.TOO_SLOW):
            raise
        return _workbook("list", path)


def _workbook(command: str, path: Path) -> Workbook:
    with closing(_answers(command, path)) as answers:
        about = next(answers)
    return Workbook(about["kind"], tuple(SheetSummary(**sheet) for sheet in about["sheets"]))


def sheet_rows(path: Path, sheet: str) -> Generator[tuple[int, list[str]], None, None]:
    """Stream the rows that hold anything. The child ends with the iterator: close it when you stop early."""
    with closing(_answers("rows", path, sheet)) as answers:
        next(answers)
        yield from answers


def _answers(*command: str | Path) -> Generator[Any, None, None]:
    child = subprocess.Popen(  # noqa: S603 (our own program; the names of file and sheet are arguments, not commands)
        [sys.executable, "-I", "-c", CHILD, str(APP), *map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        text=True,
        encoding="utf-8",
    )
    try:
        yield from _until_end(child)
    finally:
        child.kill()
        child.communicate()


def _until_end(child: subprocess.Popen[str]) -> Iterator[Any]:
    for line in child.stdout or ():
        answer = _parsed(line)
        if isinstance(answer, dict) and "fault" in answer:
            raise UnreadableFile(Fault(answer["fault"]), **answer["params"])
        if isinstance(answer, dict) and "end" in answer:
            return
        if answer is not None:
            yield answer
    raise UnreadableFile(_last_word(child.wait()))


def _last_word(code: int) -> Fault:
    """Why a child died that said nothing: the clock sends a signal, a library out of memory aborts (or is killed), and
    a library that stumbles over nonsense panics, which ends Python with a plain exit code."""
    if code in TIMED_OUT:
        return Fault.TOO_SLOW
    return Fault.TOO_MUCH_MEMORY if code < 0 else Fault.DAMAGED


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        # The last line of a child that died while it wrote.
        return None
