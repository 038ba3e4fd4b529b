"""Companies to measure in: the demo, and the demo with a given number of answers more."""

import csv
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from bench.servers import Server, serving
from config import ROOT

BRANCHES = (
    "KRK-RYN",
    "KRK-NHU",
    "GDA-WRZ",
    "GDY-CEN",
    "WAW-SRO",
    "WAW-MOK",
    "WRO-RYN",
    "POZ-JEZ",
    "LUB-CEN",
    "SZC-CEN",
)


def flask(environment: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)


def demo_in(folder: Path) -> dict[str, str]:
    """The demo company in a folder of its own; what the environment of its processes has to say."""
    return installation_in(folder, "", "--demo")


def installation_in(folder: Path, database_url: str = "", *words: str) -> dict[str, str]:
    """An installation in a folder of its own, on SQLite unless another database is named."""
    data, keys = folder / "data", folder / "keys"
    data.mkdir(mode=0o700, parents=True)
    keys.mkdir(mode=0o700)
    key = keys / "secret_key"
    key.write_text(os.urandom(32).hex())
    key.chmod(0o600)
    environment = {"REZONANS_DATA": str(data), "REZONANS_KEYS": str(keys), "DATABASE_URL": database_url}
    flask(environment, "prepare", *words)
    return environment


def add_answers(environment: dict[str, str], folder: Path, count: int) -> None:
    """So many customers' answers more, in the last two years, through the import."""
    path = folder / "more.csv"
    chance, first = random.Random(7), date.today() - timedelta(days=730)  # noqa: DTZ011 (a bench lives where it runs)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit_code", "date", "metric", "score", "external_id"])
        for number in range(count):
            day = first + timedelta(days=chance.randrange(730))
            writer.writerow([chance.choice(BRANCHES), day, "nps", chance.choice((10, 9, 9, 8, 7, 5)), f"more-{number}"])
    flask(environment, "voice", "import", str(path))


@contextmanager
def signed_in(environment: dict[str, str], email: str, password: str = "demo") -> Iterator[Server]:
    with serving("wsgi:app", environment, "/healthz") as server:
        server.post("/sign-in", {"email": email, "password": password})
        yield server
