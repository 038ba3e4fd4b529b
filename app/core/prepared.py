"""Questions that PostgreSQL keeps once they were asked: it reads and plans each once a connection and not once a page.

Only those that are asked through `plainly`, or say so themselves. A plan that is kept fits any values, and of a
question that is put together by the mapping, with the rights of whoever asks in it, a plan for just these values is
often the better one.

PostgreSQL has to be told so. Left to itself it takes the plan that fits any values only where that looks no dearer than
one for just these, plans anew at each page otherwise, and that takes longer than to look up what was asked for. A
connection begins with the plans that are kept, because the pages that everybody opens ask nothing else.
"""

from typing import Any, Final
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Engine

KEPT: Final = {"kept": True}  # execution options
# So often a question is asked before the driver keeps it by itself; None would forbid it to us too.
_NEVER: Final = 1 << 30
_WITHIN, _WRONG = 2, 3  # libpq: inside a transaction in which nothing went wrong, or something did
_KEEPS, _ANEW, _UNKNOWN = "force_generic_plan", "auto", ""
# How a connection of the driver plans until its transaction ends. SQLAlchemy's own notes about it are not there yet
# while it says hello to the server.
_plans: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def watch(engine: Engine) -> None:
    sa.event.listen(engine, "connect", _keep_nothing_unasked)
    sa.event.listen(engine, "do_execute", _ask)
    sa.event.listen(engine, "begin", _begin)
    sa.event.listen(engine, "rollback", _roll_back)


def _keep_nothing_unasked(connection: Any, _record: Any) -> None:
    connection.prepare_threshold = _NEVER
    connection.pgconn.exec_(f"SET plan_cache_mode = {_KEEPS}".encode())


def _ask(cursor: Any, statement: str, told: Any, context: Any) -> bool:
    if context is None:
        return False
    is_kept = bool(context.execution_options.get("kept"))
    _plan(cursor.connection, _KEEPS if is_kept else _ANEW)
    if is_kept:
        cursor.execute(statement, told, prepare=True)
    return is_kept


def _plan(bare: Any, how: str) -> None:
    """Until the end of the transaction: the next one begins as every connection does."""
    if _plans.get(bare, _KEEPS) == how:
        return
    said, status = f"SET LOCAL plan_cache_mode = {how}", bare.pgconn.transaction_status
    if status == _WITHIN:
        bare.pgconn.exec_(said.encode())
    elif status == _WRONG:  # nothing is heard but the end, or the way back to a savepoint
        how = _UNKNOWN
    else:
        bare.execute(said)  # the driver begins, in the way it was asked for
    _plans[bare] = how


def _begin(connection: sa.Connection) -> None:
    _plans[connection.connection.driver_connection] = _KEEPS


def _roll_back(connection: sa.Connection) -> None:
    """Past the driver, which forgets at each rollback what it has prepared; and each page that only looks ends so.

    A transaction that went wrong is left to it, and so is a connection that is gone.
    """
    if connection.invalidated:
        return
    bare: Any = connection.connection.driver_connection
    if bare.pgconn.transaction_status == _WITHIN:
        bare.pgconn.exec_(b"ROLLBACK")
