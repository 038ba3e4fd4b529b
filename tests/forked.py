"""Processes that are killed with SIGKILL after so many of their writes: copies of this one, so they begin at once."""

import os
import signal
import traceback
import warnings
from collections.abc import Callable
from typing import Any, Never

import sqlalchemy as sa

from app.extensions import Base, db

WRITES = ("INSERT", "UPDATE", "DELETE")
FAILED = 3
Act = Callable[[], object]


def writes_of(act: Act) -> int:
    """How many statements of the act write something. It is tried in a copy that never commits."""
    reading, writing = os.pipe()

    def try_it() -> None:
        db.session.commit = db.session.flush  # type: ignore[method-assign]
        done = _count_writes()
        act()
        os.write(writing, str(len(done)).encode())

    status = _in_a_copy(try_it)
    assert status == 0, "the act failed"
    os.close(writing)
    with os.fdopen(reading) as told:
        return int(told.read())


def killed_after(writes: int, act: Act) -> None:
    """Dead before it was done, or it did not write that much."""

    def die(done: list[str]) -> None:
        if len(done) == writes:
            os.kill(os.getpid(), signal.SIGKILL)

    def begin() -> None:
        _count_writes(die)
        act()

    assert _in_a_copy(begin) == signal.SIGKILL


def _count_writes(then: Callable[[list[str]], None] = lambda _done: None) -> list[str]:
    done: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            done.append(statement)
            then(done)

    sa.event.listen(db.engine, "after_cursor_execute", count)
    return done


def _in_a_copy(act: Act) -> int:
    """What the system says of how it ended. It shares no connection with this process."""
    db.session.remove()
    db.engine.dispose()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of the test runner, which the copy does not need
        child = os.fork()
    if child == 0:
        _run_and_end(act)
    return os.waitpid(child, 0)[1]


def _run_and_end(act: Act) -> Never:
    code = FAILED
    try:
        act()
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    found = {table.name: sorted(map(tuple, db.session.execute(sa.select(table))), key=repr) for table in tables}
    db.session.rollback()
    return found
