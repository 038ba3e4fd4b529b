"""A process that types a command when a gate opens."""

import os
import time
from pathlib import Path

from app import create_app
from config import Config

PATIENCE = 60


def type_at_the_gate(folder: Path, name: str, config: Config, *command: str) -> int:
    """The exit code; what was said goes to the standard output."""
    app = create_app(config)
    (folder / f"{name}.ready").touch()
    ends = time.monotonic() + PATIENCE
    while not (folder / "gate").exists() and time.monotonic() < ends:
        time.sleep(0.001)
    done = app.test_cli_runner().invoke(args=list(command))
    os.write(1, done.output.encode())
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        os.write(1, f"Traceback: {done.exception!r}\n".encode())
    return done.exit_code
