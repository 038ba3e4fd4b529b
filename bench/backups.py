"""A backup of a million answers, beside a bare copy of the same database: at most twice as long.

The bare copy is SQLite's own (`sqlite3.Connection.backup`) without a process of its own. Both have written all at their
end; the start of the command, a few seconds of imports, is left out of both.
"""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from os import environ
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.company import add_answers, demo_in
from config import ROOT

ROUNDS = 5
OURS = """
import sys, time
from pathlib import Path
import flask_migrate
from wsgi import app
from app.core import clock
from app.keeping.actions.backing_up import back_up
with app.app_context():
    begun = time.perf_counter()
    back_up(Path(sys.argv[1]), clock.now())
    print(time.perf_counter() - begun)
"""


def measure(count: int = 1_000_000) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = demo_in(folder / "demo")
        add_answers(environment, folder, count)
        database = folder / "demo" / "data" / "rezonans.sqlite"
        ratios, times = [], []
        for number in range(ROUNDS):
            bare, ours = _bare(database, folder / f"{number}.sqlite"), _ours(environment, folder / f"{number}.zip")
            ratios.append(ours / bare)
            times.append(f"{ours:.2f} s against {bare:.2f}")
        yield f"backup of {count:,} answers   {median(ratios):.2f} × a bare copy (≤ 2): {'; '.join(times)}"


def _bare(database: Path, to: Path) -> float:
    begun = perf_counter()
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return perf_counter() - begun


def _ours(environment: dict[str, str], to: Path) -> float:
    command = [sys.executable, "-c", OURS, str(to)]
    done = subprocess.run(command, cwd=ROOT, env={**environ, **environment}, check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])
