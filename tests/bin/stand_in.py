"""Starting `bin/run` beside a stand-in application, and seeing what it says and what it leaves behind."""

import os
import re
import signal
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds

STAND_IN = """
import os, signal, sys
import click
from flask import Flask
from flask.cli import AppGroup

app = Flask("stand_in")
app.get("/healthz")(lambda: "well")
jobs = AppGroup("jobs")
app.cli.add_command(jobs)

@app.cli.command()
@click.option("--demo", is_flag=True)
def prepare(demo):
    open(os.path.join(os.environ["REZONANS_DATA"], "database"), "w").close()
    told = ["in the demo's place"] if os.environ.get("REZONANS_DEMO") == "1" else []
    print("prepared", "demo" if demo else "own", os.environ.get("DATABASE_URL", "SQLite"), *told, flush=True)

@jobs.command()
def serve():
    print("jobs in", os.getpid(), flush=True)
    signal.pause()
"""

MARK_AS_READY = """
. bin/lib.sh
mkdir -p "$BUNDLES"
packages_digest requirements.txt >.venv/.locked-run
front_end_digest >"$BUNDLES/.sources"
"""


@dataclass
class Start:
    process: subprocess.Popen[str]
    log: Path

    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, words: str) -> str:
        """What was said up to now, once it holds these words."""
        until = monotonic() + PATIENCE
        while words not in self.said():
            waiting = monotonic() < until and self.process.poll() is None
            assert waiting or words in self.said(), f"never said {words!r}, but:\n{self.said()}"
            sleep(0.05)
        return self.said()

    def signal(self, sign: signal.Signals) -> None:
        """As a terminal does it: to the script and whatever it runs in the foreground."""
        os.killpg(self.process.pid, sign)

    def ends(self) -> int:
        return self.process.wait(PATIENCE)

    def job_process(self) -> int:
        return int(re.findall(r"jobs in (\d+)", self.wait_for("jobs in "))[0])


def _hear_signals() -> None:
    """As in a terminal: whoever runs the tests under nohup or in the background hands on signals that are ignored."""
    for sign in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_DFL)


@dataclass
class Place:
    folder: Path
    starts: list[Start] = field(default_factory=list)

    def environment(self, extra: dict[str, str]) -> dict[str, str]:
        ours = (
            "DATABASE_URL",
            "DEMO_DATABASE_URL",
            "REZONANS_",
            "PUBLIC_URL",
            "INSECURE_HTTP",
            "HOST",
            "PORT",
            "PYTHON",
        )
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {"PORT": str(free_port())} | extra

    def start(self, *arguments: str, **environment: str) -> Start:
        log = self.folder.parent / f"start-{len(self.starts)}.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [str(self.folder / "bin/run"), *arguments],
                cwd="/",
                env=self.environment(environment),
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
                preexec_fn=_hear_signals,  # noqa: PLW1509 (no threads here)
            )
        self.starts.append(Start(process, log))
        return self.starts[-1]

    def processes(self) -> dict[int, str]:
        """All that runs out of this folder: number and command line."""
        found = {}
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdecimal() and (entry / "cwd").readlink() == self.folder:
                    found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue  # it has ended meanwhile
        return found

    def nothing_is_left(self) -> bool:
        until = monotonic() + PATIENCE
        while self.processes() and monotonic() < until:
            sleep(0.05)
        return not self.processes()

    def sweep(self) -> None:
        """Also where a test has failed, its processes end with it."""
        for number in self.processes():
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
