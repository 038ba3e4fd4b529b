"""A process that types a command in a house: `python -m tests.keeping.terminal COMMAND …`."""

import os
import sys
from pathlib import Path

from app import create_app
from config import ROOT, Config
from tests.keeping.company import House


def environment(house: House) -> dict[str, str]:
    url = str(house.app.config["SQLALCHEMY_DATABASE_URI"])
    return {**os.environ, "DATABASE": url, "FOLDER": str(house.folder), "PYTHONPATH": str(ROOT)}


def main(*command: str) -> int:
    place = Path(os.environ["FOLDER"])
    config = Config(os.environ["DATABASE"], data=place / "data", keys=place / "keys", secret_key="k" * 43)
    import flask_migrate  # noqa: F401, PLC0415  # as under `flask`, where Alembic is at hand

    done = create_app(config).test_cli_runner().invoke(args=list(command))
    sys.stdout.write(done.output)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        sys.stdout.write(f"Traceback: {done.exception!r}\n")
    return done.exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
