"""A terminal in which a command is typed in a house: a process of its own."""

import gc
import os
import sys
from collections.abc import Callable

from app import create_app
from app.extensions import db
from config import Config
from tests.copies import Copy
from tests.keeping.company import House


def typed(house: House, *command: str, after: Callable[[], object]) -> Copy:
    """It has ended; what was done to the process before it began is named by `after`."""
    db.session.rollback()
    url = str(house.app.config["SQLALCHEMY_DATABASE_URI"])
    config = Config(url, data=house.folder / "data", keys=house.folder / "keys", secret_key="k" * 43)

    def act() -> int:
        after()
        return _type(config, *command)

    terminal = Copy(act, house.folder / "terminal.log")
    terminal.wait()
    return terminal


def _type(config: Config, *command: str) -> int:
    sys.unraisablehook = _complain
    done = create_app(config).test_cli_runner().invoke(args=list(command))
    os.write(1, done.output.encode())
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        os.write(1, f"Traceback: {done.exception!r}\n".encode())
    code = done.exit_code
    del done
    gc.collect()  # what the command left lying about is thrown away as at the end of a process, and may complain
    return code


def _complain(told: "sys.UnraisableHookArgs") -> None:
    """What Python says on a terminal of something that could not be thrown away; pytest would keep it to itself."""
    os.write(1, f"Exception ignored: {told.exc_value!r}\n".encode())
