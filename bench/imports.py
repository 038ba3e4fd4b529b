"""Large files through the whole course of an import, beside a bare loop on the same database in the same run.

Ours is the dry run, the acceptance and the load, with all checks; the floor is `bench/bare.py`. Each in a process of
its own, which tells its time, its CPU time (with that of PostgreSQL) and its peak memory. Somebody else, who wants it,
watches the write lock of SQLite.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from app.imports.files.faults import MAX_SHEET_ROWS, SPARE_ROWS
from bench.company import flask, installation_in
from bench.databases import database_for
from bench.files import answers_file, people_file, units_file, workbook
from bench.large import administrator_in
from bench.locks import Waits, watching
from config import ROOT

ROUNDS, LIMIT, DRY, MEMORY, SHEET_MEMORY, LOCK = 3, 3, 1.2, 150, 700, 0.5
FILES: dict[str, Callable[[Path, int], Path]] = {"feedback": answers_file, "employees": people_file}
UNDONE = ("feedback",)
Told = dict[str, Any]


@dataclass
class Round:
    """What each process told, and how long somebody else waited for the lock meanwhile."""

    ours: Told
    waits: Waits
    undo: Told | None
    undo_waits: Waits
    floor: Told
    heap: Told | None

    def whole(self, clock: str) -> float:
        return float(self.ours["dry run"][clock] + self.ours["load"][clock])


def measure(answers: int = 100_000, people: int = 10_000, rounds: int = ROUNDS) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, count in (("feedback", answers), ("employees", people)):
            if count:
                file = FILES[kind](folder / f"{kind}.csv", count)
                done = [
                    _round(folder / f"{kind}-{number}", kind, file, is_first=number == 0) for number in range(rounds)
                ]
                yield from _beside(kind, count, done)
        yield from _workbook(folder)


def _round(folder: Path, kind: str, file: Path, *, is_first: bool) -> Round:
    with database_for("imports") as url:
        environment = installation_in(folder, url)
        administrator_in(environment)
        flask(environment, "people", "import", "--kind", "units", str(units_file(folder / "units.csv")))
        database = None if url else folder / "data" / "rezonans.sqlite"
        with watching(database) as waits:
            ours = _told(environment, "bench.importing", kind, str(file))
        floor = _told(environment, "bench.bare", kind, str(file))
        heap = _told(environment, "bench.bare", kind, str(file), "heap") if is_first else None
        with watching(database) as undo_waits:
            undo = _told(environment, "bench.importing", "undo") if kind in UNDONE and is_first else None
        return Round(ours, waits, undo, undo_waits, floor, heap)


def _workbook(folder: Path) -> Iterator[str]:
    """As many rows as a sheet may have, and a few more."""
    environment = installation_in(folder / "workbook")
    flask(environment, "people", "import", "--kind", "units", str(units_file(folder / "units.csv")))
    told = _told(environment, "bench.importing", "feedback", str(workbook(folder / "most.xlsx", MAX_SHEET_ROWS - 1)))
    together = (told["memory"] + told["memory of children"]) >> 20
    yield f"workbook of {MAX_SHEET_ROWS:,} rows: {told['counts']}"
    yield f"  memory    {together} MB at their peaks (≤ {SHEET_MEMORY}), worker and reader of the sheet"
    too_many = workbook(folder / "more.xlsx", MAX_SHEET_ROWS + SPARE_ROWS)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "voice", "import", str(too_many)]
    told_no = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=False)
    yield f"  one more  {told_no.stdout.decode().splitlines()[0]}"


def _told(environment: dict[str, str], *words: str) -> Told:
    command = [sys.executable, "-m", *words]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE, text=True
    )
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def _beside(kind: str, count: int, rounds: list[Round]) -> Iterator[str]:
    yield f"{kind}, {count:,} rows: {rounds[0].ours['counts']}"
    for clock, word in (("wall", "elapsed"), ("cpu", "CPU")):
        dry, load = (median(each.ours[step][clock] for each in rounds) for step in ("dry run", "load"))
        bare = median(each.floor["load"][clock] for each in rounds)
        ratio = median(each.whole(clock) / each.floor["load"][clock] for each in rounds)
        share = median(each.ours["dry run"][clock] / each.ours["load"][clock] for each in rounds)
        yield (
            f"  {word:<10}dry run {dry:6.2f} s, load {load:6.2f} s, floor {bare:6.2f} s: "
            f"whole {ratio:.2f} × (≤ {LIMIT}), dry run {share:.2f} × the load (≤ {DRY})"
        )
    if heap := rounds[0].heap:
        told = f"{rounds[0].whole('cpu') / heap['load']['cpu']:.2f} × a floor without any index"
        yield f"            {told} (CPU, once: {heap['load']['cpu']:.2f} s)"
    peak, before = (max(each.ours[name] for each in rounds) >> 20 for name in ("memory", "memory before"))
    yield f"  memory    {peak} MB at its peak (≤ {MEMORY}), {before} before the first row"
    yield from _locks("lock", [wait for each in rounds for wait in each.waits.seconds])
    if undo := rounds[0].undo:
        yield f"  undo      {undo['undo']['wall']:6.2f} s elapsed, {undo['undo']['cpu']:.2f} s CPU"
        yield from _locks("its lock", rounds[0].undo_waits.seconds)


def _locks(name: str, waits: list[float]) -> Iterator[str]:
    if waits:
        over = sum(wait > LOCK for wait in waits)
        longest = f"held {max(waits) * 1000:.0f} ms at most (≤ {LOCK * 1000:.0f})"
        yield f"  {name:<10}{longest}, longer {over} times of {len(waits)}"
