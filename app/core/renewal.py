"""A lease that is renewed while the work goes on, from a thread of its own: opening a large workbook takes minutes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.database import writing

EVERY_SECONDS = 15.0
Renewal = Callable[[datetime], sa.Update]


@contextmanager
def renewed(engine: sa.Engine, renewal: Renewal) -> Iterator[None]:
    over = Event()
    Thread(target=_renew, args=(engine, renewal, over), daemon=True, name="renewal").start()
    try:
        yield
    finally:
        over.set()  # not joined: it may wait for the very lock that the work still holds


def _renew(engine: sa.Engine, renewal: Renewal, over: Event) -> None:
    while not over.wait(EVERY_SECONDS):
        try:
            with writing(), engine.begin() as connection:
                connection.execute(renewal(clock.now()))
        except SQLAlchemyError as error:
            structlog.get_logger().warning("lease.not_renewed", reason=type(error).__name__)
