"""An installation of its own: folders, database, web server and worker, as `bin/run` starts them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds: other tests run on the same two cores
OURS = ("DATABASE_URL", "REDIS_URL", "REZONANS_", "PUBLIC_URL", "PROXY_HOPS", "INSECURE_HTTP", "HOST", "PORT")
SERVER = (
    "--worker-class",
    "gthread",
    "--workers",
    "1",
    "--threads",
    "8",
    "--no-control-socket",
    "--log-level",
    "warning",
)


@dataclass
class Site:
    folder: Path
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "site.log").read_text()

    def start(self, *, with_worker: bool = False) -> "Site":
        self._begin("gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}", *SERVER)
        if with_worker:
            self._begin("flask", "--app", "wsgi", "jobs", "serve")
        self._wait_until_it_answers()
        return self

    def stop(self) -> None:
        """At once: asked politely, the server would first wait for browsers that keep their connection open."""
        server, *worker = self.processes
        server.send_signal(signal.SIGQUIT)
        for process in worker:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def _begin(self, *command: str) -> None:
        with (self.folder / "site.log").open("ab") as log:
            arguments = [sys.executable, "-m", *command]
            started = subprocess.Popen(
                arguments, cwd=ROOT, env=environment(self.folder), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.processes.append(started)

    def _wait_until_it_answers(self) -> None:
        until = monotonic() + PATIENCE
        while monotonic() < until and all(process.poll() is None for process in self.processes):
            try:
                urllib.request.urlopen(f"{self.address}/readyz", timeout=5).close()
                return
            except (URLError, TimeoutError, ConnectionError):
                sleep(0.1)
        said = self.log
        self.stop()
        raise AssertionError(f"The server at {self.address} did not become ready:\n{said}")


def environment(folder: Path) -> dict[str, str]:
    """Nothing of the developer's own installation gets in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"REZONANS_DATA": str(folder / "data"), "REZONANS_KEYS": str(folder / "keys")}


def prepare(folder: Path, *arguments: str) -> Path:
    """Folders, a key and the newest schema; with `--demo` the demo company."""
    for name in ("data", "keys"):
        (folder / name).mkdir(mode=0o700, parents=True)
    key = folder / "keys" / "secret_key"
    key.touch(mode=0o600)
    key.write_text(os.urandom(32).hex())
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"flask prepare {arguments} failed:\n{done.stdout}\n{done.stderr}"
    return folder


def copy_of(prepared: Path, folder: Path) -> Site:
    """The same installation once more, for a test that changes it."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    return Site(folder, free_port())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
