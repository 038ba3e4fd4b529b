"""Questions that PostgreSQL keeps once they were asked: it reads and plans each once a connection and not once a page.

Only those that are asked through `plainly`. A plan that is kept fits any values, and of a question that is put together
by the mapping, with the rights of whoever asks in it, a plan for just these values is often the better one.
"""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

KEPT: Final = {"kept": True}  # execution options
# So often a question is asked before the driver keeps it by itself; None would forbid it to us too.
_NEVER: Final = 1 << 30
_WITHIN: Final = 2  # libpq: inside a transaction in which nothing went wrong


def watch(engine: Engine) -> None:
    sa.event.listen(engine, "connect", _keep_nothing_unasked)
    sa.event.listen(engine, "do_execute", _ask)
    sa.event.listen(engine, "rollback", _roll_back)


def _keep_nothing_unasked(connection: Any, _record: Any) -> None:
    connection.prepare_threshold = _NEVER


def _ask(cursor: Any, statement: str, told: Any, context: Any) -> bool:
    if context is None or not context.execution_options.get("kept"):
        return False
    cursor.execute(statement, told, prepare=True)
    return True


def _roll_back(connection: sa.Connection) -> None:
    """Past the driver, which forgets at each rollback what it has prepared; and each page that only looks ends so.

    A transaction that went wrong is left to it, and so is a connection that is gone.
    """
    if connection.invalidated:
        return
    bare: Any = connection.connection.driver_connection
    if bare.pgconn.transaction_status == _WITHIN:
        bare.pgconn.exec_(b"ROLLBACK")
