"""A process that types a command when a gate opens: `python -m tests.gated NAME ARGUMENT …`."""

import os
import sys
import time
from pathlib import Path

from app import create_app
from config import Config

PATIENCE = 60


def main(name: str, *command: str) -> int:
    folder = Path(os.environ["FOLDER"])
    config = Config(database_url=os.environ["DATABASE"], data=folder, keys=folder, secret_key="k" * 43)
    app = create_app(config)
    (folder / f"{name}.ready").touch()
    ends = time.monotonic() + PATIENCE
    while not (folder / "gate").exists() and time.monotonic() < ends:
        time.sleep(0.001)
    done = app.test_cli_runner().invoke(args=list(command))
    sys.stdout.write(done.output)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        sys.stdout.write(f"Traceback: {done.exception!r}\n")
    return done.exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
