"""How much is written at once: what holds the write lock of SQLite for a moment, on this machine and at this hour.

A number of rows that is right for one disk is a second on the next. So each chunk is timed, with its commit, and the
next is made longer or shorter. No write holds the lock over 500 ms (the house rule): the aim lies far below, because
one chunk may take twice as long as the one before it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from app.extensions import db

AIM = 0.2  # seconds
FEWEST, MOST = 250, 20_000  # a commit costs the same for ten rows as for a thousand: fewer would only be more commits
SLOWER, FASTER = 0.2, 1.5  # the change from one chunk to the next, at most


class Pace:
    """`rows`: how many the next chunk may have.

    pace = Pace()
    while …:
        with pace.chunk():
            …   # write pace.rows rows
            yield count   # the edge commits
    """

    def __init__(self, rows: int = 500, *, most: int | None = None) -> None:
        self.rows, self._most = rows, most

    @contextmanager
    def chunk(self) -> Iterator[None]:
        db.session.connection()  # who waits for the lock does not hold it
        begun = perf_counter()
        yield
        took = max(perf_counter() - begun, AIM / 100)
        self.rows = round(min(max(self.rows * min(max(AIM / took, SLOWER), FASTER), FEWEST), self._most or MOST))
