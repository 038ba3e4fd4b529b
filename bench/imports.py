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
from pathlib import Path
from statistics import median
from typing import Any

from bench.company import flask, installation_in
from bench.databases import database_for
from bench.files import answers_file, people_file, units_file
from bench.locks import Waits, watching
from config import ROOT

ROUNDS, LIMIT, DRY, MEMORY, LOCK = 3, 3, 1.2, 150, 0.5
FILES: dict[str, Callable[[Path, int], Path]] = {"feedback": answers_file, "employees": people_file}
Told = dict[str, Any]


def measure(answers: int = 100_000, people: int = 10_000, rounds: int = ROUNDS) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, count in (("feedback", answers), ("employees", people)):
            if count:
                file = FILES[kind](folder / f"{kind}.csv", count)
                done = [
                    _round(folder / f"{kind}-{number}", kind, file, with_heap=number == 0) for number in range(rounds)
                ]
                yield from _beside(kind, count, done)


def _round(folder: Path, kind: str, file: Path, *, with_heap: bool) -> tuple[Told, Told, Waits]:
    with database_for("imports") as url:
        environment = installation_in(folder, url)
        flask(environment, "people", "import", "--kind", "units", str(units_file(folder / "units.csv")))
        with watching(None if url else folder / "data" / "rezonans.sqlite") as waits:
            ours = _told(environment, "bench.importing", kind, str(file))
        floor = _told(environment, "bench.bare", kind, str(file))
        if with_heap:
            floor["heap"] = _told(environment, "bench.bare", kind, str(file), "heap")["load"]
        return ours, floor, waits


def _told(environment: dict[str, str], *words: str) -> Told:
    command = [sys.executable, "-m", *words]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE, text=True
    )
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def _beside(kind: str, count: int, rounds: list[tuple[Told, Told, Waits]]) -> Iterator[str]:
    def of(clock: str) -> str:
        dry = median(ours["dry run"][clock] for ours, _, _ in rounds)
        load = median(ours["load"][clock] for ours, _, _ in rounds)
        bare = median(floor["load"][clock] for _, floor, _ in rounds)
        ratio = median(
            (ours["dry run"][clock] + ours["load"][clock]) / floor["load"][clock] for ours, floor, _ in rounds
        )
        share = median(ours["dry run"][clock] / ours["load"][clock] for ours, _, _ in rounds)
        return (
            f"dry run {dry:6.2f} s, load {load:6.2f} s, floor {bare:6.2f} s: "
            f"whole {ratio:.2f} × (≤ {LIMIT}), dry run {share:.2f} × the load (≤ {DRY})"
        )

    yield f"{kind}, {count:,} rows: {rounds[0][0]['counts']}"
    yield f"  elapsed   {of('wall')}"
    yield f"  CPU       {of('cpu')}"
    heap, ours = rounds[0][1]["heap"]["cpu"], sum(rounds[0][0][each]["cpu"] for each in ("dry run", "load"))
    yield f"            {ours / heap:.2f} × a floor without any index (CPU, once: {heap:.2f} s)"
    peak, before = (max(ours[each] for ours, _, _ in rounds) >> 20 for each in ("memory", "memory before"))
    yield f"  memory    {peak} MB at its peak (≤ {MEMORY}), {before} before the first row"
    waits = [wait for _, _, each in rounds for wait in each.seconds]
    if waits:
        over = sum(wait > LOCK for wait in waits)
        longest = f"held {max(waits) * 1000:.0f} ms at most (≤ {LOCK * 1000:.0f})"
        yield f"  lock      {longest}, longer {over} times of {len(waits)}"
