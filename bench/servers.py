"""Real servers for the benches: the product's own and the floor, with the same flags, and what they cost."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

from bench.databases import backends_of
from config import ROOT

FLAGS = [
    "--worker-class",
    "gthread",
    "--workers",
    "2",
    "--threads",
    "8",
    "--no-control-socket",
    "--preload",
    "--log-level",
    "error",
]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    address: str
    database_url: str = ""
    opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> bytes:
        with self.opener.open(self.address + path, timeout=30) as answer:
            body: bytes = answer.read()
            return body

    def post(self, path: str, form: dict[str, str]) -> bytes:
        page = self.get(path).decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if token:
            form = {"csrf_token": token[1], **form}
        with self.opener.open(self.address + path, data=urllib.parse.urlencode(form).encode(), timeout=60) as answer:
            body: bytes = answer.read()
            return body

    def processes(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            found += [int(child) for child in children.read_text().split()] if children.exists() else []
        return found

    def cpu_seconds(self) -> float:
        """User and system time of all its processes so far, and of those that answer it in PostgreSQL."""
        return cpu_seconds_of(self.processes() + backends_of(self.database_url))

    def proportional_memory(self) -> int:
        """PSS in bytes: pages that are shared count once, divided among those who share them."""
        total = 0
        for pid in self.processes():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        return total


def cpu_seconds_of(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(target: str, environment: dict[str, str], ready: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}", *FLAGS]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    database_url = environment.get("DATABASE_URL") or environment.get("FLOOR_DATABASE_URL", "")
    server = Server(process, f"http://127.0.0.1:{port}", database_url)
    try:
        _wait(server, ready)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait(server: Server, path: str) -> None:
    for _ in range(300):
        try:
            server.get(path)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{server.address}{path} does not answer")
