"""`python -m bench`: pages, memory, first visit; or one of the others by name. Each prints one run's ratios.

    python -m bench              pages of the demo beside the floor, memory, the first visit
    python -m bench answers      the same pages with a thousand and with a million customers' answers
    python -m bench tree         10,000 units and 100,000 people: the directory beside the floor (≤ 3)
    python -m bench sign-in      POST /sign-in beside the bare argon2 hash (≤ 1.3)
    python -m bench backup       a backup of a million answers beside a bare copy of the database (≤ 2)
    python -m bench imports      files of customers' answers and of people beside a bare loop (≤ 3), memory, locks,
                                 and a workbook of 200,000 rows;
                                 how many rows of each may stand behind it: 1000000 100000
    python -m bench startup      from nothing, and again

`BENCH_DATABASE_URL=postgresql+psycopg:///rezonans` before `tree`, `sign-in` and `imports` measures them on PostgreSQL,
in databases of its own beside the one that is named. What its server does for the pages is counted with them.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench import backups, imports, sign_in, startup, tree
from bench.company import add_answers, demo_in, signed_in
from bench.pages import alternate, beside_the_floor, cpu_per_request, floor_environment
from bench.servers import Server, serving
from bench.visit import first_visit
from config import ROOT

PAGES = {"home": "/", "company page": "/impact/"}
MEMORY_LIMIT = 300 * 1024 * 1024


def pages() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment, floor_says = demo_in(folder / "demo"), floor_environment(folder)
        with (
            signed_in(environment, "hanna@demo.example") as product,
            serving("bench.floor:app", floor_says, "/sign-in") as floor,
        ):
            for title, path in {**PAGES, "unit page": _unit_page(product)}.items():
                yield beside_the_floor(title, product, floor, path).line()
            yield memory(product, environment)
        with signed_in(environment, "ewa@demo.example") as employee:
            yield first_visit(employee).line()


def _unit_page(server: Server) -> str:
    """The branch of the pictures, found as a person would: by its name on the company's page."""
    page = server.get("/impact/?q=Rynek").decode()
    start = page.index("/impact/units/")
    return page[start : page.index('"', start)].split("?")[0]


def memory(product: Server, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "serve"]
    worker = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        for number in range(500):
            product.get(("/", "/impact/", "/people/units", "/people/employees")[number % 4])
        total = product.proportional_memory() + Server(worker, "").proportional_memory()
    finally:
        worker.terminate()
        worker.wait(20)
    return f"memory after 500 requests     {total >> 20} MB, two web workers and the worker (≤ {MEMORY_LIMIT >> 20})"


def answers(many: int = 1_000_000, few: int = 1_000) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folders = {count: Path(name) / str(count) for count in (few, many)}
        environments = {}
        for count, folder in folders.items():
            environments[count] = demo_in(folder)
            add_answers(environments[count], folder, count)
        with (
            signed_in(environments[few], "hanna@demo.example") as small,
            signed_in(environments[many], "hanna@demo.example") as large,
        ):
            for title, path in {**PAGES, "unit page": _unit_page(small)}.items():
                more, less = alternate(
                    lambda p=path: cpu_per_request(large, p), lambda p=path: cpu_per_request(small, p)
                )
                both = f"{more:7.2f} ms with {many:,} more answers, {less:6.2f} with {few:,}"
                yield f"{title:<28}{both}: {more / less:.2f} (≤ 1.2)"


MEASURES: dict[str, Callable[..., Iterable[str]]] = {
    "pages": pages,
    "answers": answers,
    "tree": tree.measure,
    "sign-in": sign_in.measure,
    "backup": backups.measure,
    "imports": imports.measure,
    "startup": startup.measure,
}


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else "pages"
    if name not in MEASURES:
        raise SystemExit(__doc__)
    for line in MEASURES[name](*map(int, sys.argv[2:])):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
