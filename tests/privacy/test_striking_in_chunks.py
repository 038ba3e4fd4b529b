"""A name that stands in many texts goes chunk by chunk: nobody waits for the search, and a kill loses nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url

from app.core import clock, company_time
from app.core.audit import AuditEntry
from app.core.audit.checking import verdict
from app.core.database import writing
from app.core.errors import Refused
from app.core.jobs import in_steps
from app.core.pace import Pace
from app.extensions import db
from app.imports.models import DataImport
from app.people.models import Account, Assignment, Employee
from app.privacy.actions import striking
from app.privacy.actions.erasing import Steps, erase
from app.privacy.actions.sweeping import known_as
from app.privacy.models import Erasure
from app.privacy.queries.subjects import of_account
from app.voice.models import Feedback, Metric
from tests.at_once import committed
from tests.cast import Cast, make_cast
from tests.forked import killed_after, writes_of
from tests.privacy.test_erase import found_in_tables
from tests.privacy.things import FORMER, NAME, leave

MANY, CHUNK = 40, 8


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(striking, "Pace", lambda most: Pace(min(CHUNK, most), most=CHUNK))


@pytest.fixture
def zofia(app: Flask, small: None) -> Iterator[int]:
    """The id of her account. Customers name her many times, half of them as she was called before."""
    with committed(app):
        cast = make_cast()
        zofia = leave(cast)
        praise(cast)
        yield zofia.id


def praise(cast: Cast) -> None:
    import_id = db.session.scalars(sa.select(DataImport.id)).first()
    for number in range(MANY):
        comment = f"{(NAME, FORMER)[number % 2]} was kind, {number}"
        row = Feedback(
            import_id=import_id, unit_id=cast.n1.id, answered_on=company_time.today(), metric=Metric.NPS, score=9,
            comment=comment, row_key=f"praise {number}".encode(),
        )  # fmt: skip
        db.session.add(row)
    db.session.commit()


def erase_her(account_id: int) -> None:
    with writing():
        subject = of_account(db.session.get_one(Account, account_id))
        in_steps(erase(subject, actor_id=None, reason="asked", now=clock.now()))
        db.session.commit()


def named() -> int:
    texts = db.session.scalars(sa.select(Feedback.comment)).all()
    return sum(NAME in (text or "") or FORMER in (text or "") for text in texts)


def test_each_chunk_is_a_transaction_of_its_own(zofia: int) -> None:
    seen: list[int] = []

    def look(session: Any) -> None:
        with db.engine.connect() as other:  # what others see
            told = other.scalars(sa.select(Feedback.comment)).all()
        seen.append(sum(NAME in (text or "") or FORMER in (text or "") for text in told))

    sa.event.listen(db.session, "after_commit", look)
    try:
        erase_her(zofia)
    finally:
        sa.event.remove(db.session, "after_commit", look)
    steps = sorted(set(seen), reverse=True)
    assert steps == [41, 33, 25, 17, 9, 1, 0], "a few fewer each time, by the comments of `leave` and of `praise`"
    assert found_in_tables() == []


def test_nobody_waits_while_it_is_looked_for(app: Flask, zofia: int) -> None:
    if not app.config["REZONANS"].is_sqlite:
        pytest.skip("PostgreSQL's readers hold nobody up")
    path = str(make_url(app.config["REZONANS"].database_url).database)
    free: list[bool] = []

    def try_lock(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "REGEXP" in statement:
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
                try:
                    other.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError:
                    free.append(False)
                else:
                    free.append(True)

    sa.event.listen(db.engine, "before_cursor_execute", try_lock)
    try:
        erase_her(zofia)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", try_lock)
    assert len(free) > 10
    assert all(free)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.7, 1.0])
def test_killed_in_the_middle_she_still_stands_here_and_is_erased_by_doing_it_again(zofia: int, share: float) -> None:
    before = named()
    killed_after(max(1, round(writes_of(lambda: erase_her(zofia)) * share)), lambda: erase_her(zofia))
    account = db.session.get_one(Account, zofia)
    assert (account.name, db.session.scalars(sa.select(Erasure.id)).all()) == (NAME, [])
    assert named() < before, "what was committed is struck"
    db.session.rollback()
    erase_her(zofia)
    assert (found_in_tables(), named()) == ([], 0)
    erased = sa.select(sa.func.count()).where(AuditEntry.action == "person.erased")
    assert db.session.scalar(erased) == 1
    assert verdict().is_whole


def test_what_she_was_called_before_is_known_to_the_end(zofia: int) -> None:
    """By the log alone: whoever goes on after a kill looks for that name too."""
    subject = of_account(db.session.get_one(Account, zofia))
    with writing():
        for _ in erase(subject, actor_id=None, reason="", now=clock.now()):
            assert {NAME, FORMER} <= set(known_as(subject))
            db.session.commit()


def test_who_comes_back_meanwhile_is_not_erased_and_it_says_what_was_done(zofia: int) -> None:
    account = db.session.get_one(Account, zofia)
    steps = erase(of_account(account), actor_id=None, reason="", now=clock.now())
    with writing(), pytest.raises(Refused, match="The name is struck from texts already; nothing else was changed"):
        in_steps(back_at(steps, account))
    assert db.session.scalars(sa.select(Erasure.id)).all() == []
    assert db.session.get_one(Account, zofia).name == NAME


def back_at(steps: Steps, account: Account) -> Iterator[None]:
    """After the third step she is let come back."""
    for number, step in enumerate(steps):
        yield step
        if number == 2:
            back(account)


def back(account: Account) -> None:
    employee = db.session.get_one(Employee, account.employee_id)
    assert employee.ends_on
    unit_id = employee.assignments[0].unit_id
    employee.assignments[0].ends_on = employee.ends_on
    db.session.add(Assignment(employee_id=employee.id, unit_id=unit_id, starts_on=company_time.today()))
    db.session.commit()
