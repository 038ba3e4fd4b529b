"""Whether a connection that waited in the pool still leads to PostgreSQL, without asking over the wire at each request.

A server that ends a connection says so, and what it says stands in the socket until somebody reads it. Only a network
that falls silent does not: a connection that nobody has used for a while is asked.
"""

import select
import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError

SILENT = 20.0  # seconds
USED_AT = "used_at"


def watch(engine: Engine) -> None:
    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info[USED_AT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, _proxy: Any) -> None:
        used_at = record.info.get(USED_AT)
        if used_at is None or (time.monotonic() - used_at < SILENT and not _has_heard(connection)):
            return
        if not _answers(engine, connection):
            raise InvalidatePoolError  # the pool makes another, and drops all that are older than this moment


def _has_heard(connection: Any) -> bool:
    """Anything at all, or that the other side has hung up."""
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(waiting.poll(0))


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        return bool(engine.dialect.do_ping(connection))
    except engine.dialect.loaded_dbapi.Error:
        return False
