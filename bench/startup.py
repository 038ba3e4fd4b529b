"""How long until the first page: from nothing beside a bare installation, and again beside a bare server."""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.servers import FLAGS, free_port
from config import ROOT

ROUNDS = 5
BARE = """
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
SQLAlchemy(app)
app.add_url_rule("/healthz", view_func=lambda: "alive")
"""


def until_answer(command: list[str], folder: Path, environment: dict[str, str], port: int) -> float:
    """Seconds from starting the command to the first answer; then it is stopped."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).read()
            except OSError:
                time.sleep(0.02)
            else:
                return time.perf_counter() - started
        raise SystemExit(f"{command} ended with {process.returncode}")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _clean_environment(home: Path, port: int) -> dict[str, str]:
    """An empty home and no caches; certificates and the path stay."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REZONANS", "DATABASE_URL"))}
    return {**kept, "HOME": str(home), "PORT": str(port), "XDG_CACHE_HOME": str(home / "cache")}


def measure() -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clone, home = folder / "clone", folder / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        port = free_port()
        environment = _clean_environment(home, port)
        bare = _bare_installation(clone, folder, environment)
        first = until_answer(["bin/run", "demo"], clone, environment, port)
        again, server = _restarts(clone, folder, environment, port)
    limit = 1.5 * bare + 30
    return [
        f"bin/run demo from nothing     {first:6.1f} s  bare install {bare:6.1f} s  (≤ 1.5 × + 30 s = {limit:.1f} s)",
        f"bin/run demo again            {again:6.2f} s  bare server {server:6.2f} s  ratio {again / server:.2f} (≤ 4)",
    ]


def _bare_installation(clone: Path, folder: Path, environment: dict[str, str]) -> float:
    """The same locked packages, with pip, into a fresh environment."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "venv", str(folder / "bare")], check=True)
    pip = [str(folder / "bare/bin/python"), "-m", "pip", "install", "-q", "--require-hashes", "--only-binary", ":all:"]
    subprocess.run([*pip, "-r", "requirements.txt"], cwd=clone, env=environment, check=True)
    return time.perf_counter() - started


def _restarts(clone: Path, folder: Path, environment: dict[str, str], port: int) -> tuple[float, float]:
    (folder / "bare_server.py").write_text(BARE)
    python = str(clone / ".venv/bin/python")
    server = [python, "-m", "gunicorn", "bare_server:app", "--bind", f"127.0.0.1:{port}", *FLAGS]
    pairs = [
        (until_answer(["bin/run", "demo"], clone, environment, port), until_answer(server, folder, environment, port))
        for _ in range(ROUNDS)
    ]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
