"""Several people at the same moment: real transactions, committed, each in a thread of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, BrokenBarrierError
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock
from app.core.database import writing
from app.extensions import db
from app.people.actions.sessions import open_session
from app.people.models import Account, Unit
from tests.databases import wipe

Answer = TypeVar("Answer")
PATIENCE = 0.5  # seconds; whoever is kept out by a lock does not come


@contextmanager
def committed(app: Flask) -> Iterator[None]:
    """What other connections must see cannot be rolled back: it is deleted."""
    with app.app_context(), writing():
        try:
            yield
        finally:
            db.session.rollback()
            db.session.execute(sa.update(Unit).values(parent_id=None))
            wipe()
            db.session.commit()
            db.session.remove()
            for file in app.config["UPLOADS"].glob("*"):
                file.unlink()


def in_app(app: Flask, act: Callable[[], object]) -> Callable[[], None]:
    """For a thread, or a process, of its own: on a connection of its own."""

    def acted() -> None:
        with app.app_context():
            try:
                act()
            finally:
                db.session.remove()

    return acted


class Meeting:
    """The place where all are before any goes on; who comes alone waits a while, and goes on alone.

    Where a lock stands before the place, nobody ever meets there: `happened` stays False, on whichever database.
    """

    def __init__(self, count: int = 2) -> None:
        self.happened = False
        self._barrier = Barrier(count, self._remember)

    def _remember(self) -> None:
        self.happened = True

    def wait(self, *_anything: Any) -> None:
        try:
            self._barrier.wait(PATIENCE)
        except BrokenBarrierError:
            return


@contextmanager
def meeting_when_set(attribute: Any, place: Meeting | None = None) -> Iterator[None]:
    """They meet where this attribute of a row is about to be changed: after it was looked at, before it is written."""
    place = place or Meeting()

    def wait(_row: Any, value: Any, _before: Any, _initiator: Any) -> None:
        place.wait(value)

    sa.event.listen(attribute, "set", wait)
    try:
        yield
    finally:
        sa.event.remove(attribute, "set", wait)


def meet_at_call(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, place: Meeting, first: Any = None) -> None:
    """They meet where this function of the module is called; if `first` is given, only with that first argument."""
    original = getattr(module, name)

    def waited(*args: Any, **named: Any) -> Any:
        if first is None or args[:1] == (first,):
            place.wait()
        return original(*args, **named)

    monkeypatch.setattr(module, name, waited)


def together(*acts: Callable[[], Answer]) -> list[Answer]:
    """All begin at the same moment; their answers stand in the order of the acts."""
    start = Barrier(len(acts))
    db.session.rollback()  # whoever only looks on holds no lock

    def begin(act: Callable[[], Answer]) -> Answer:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(begin, acts))


def signed_in(app: Flask, account: Account) -> FlaskClient:
    """A browser of its own, with a session of its own."""
    client = app.test_client()
    secret = open_session(account, "test", clock.now())
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = secret, True
    return client
