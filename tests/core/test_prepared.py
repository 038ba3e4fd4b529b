"""What PostgreSQL keeps of a question that every page asks, and what it does not."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DataError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from app.core.database import listen, plainly
from app.extensions import db
from app.people.models import Unit

UNITS = sa.select(Unit.id).where(Unit.code == sa.bindparam("code", type_=sa.String()))


@pytest.fixture
def engine(app: Flask, database: None) -> Iterator[sa.Engine]:
    """With connections of its own, on which nobody has asked anything yet."""
    theirs = db.engine.engine
    if theirs.dialect.name == "sqlite":
        pytest.skip("SQLite's driver keeps by itself what it was asked")
    engine = sa.create_engine(theirs.url)
    listen(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def ask(session: Session, code: str) -> list[object]:
    return list(plainly(UNITS, {"code": code}, within=session))


def kept(session: Session) -> list[str]:
    all_kept = session.scalars(sa.text("SELECT statement FROM pg_prepared_statements"))
    return [each for each in all_kept if "unit.code" in each]


def test_a_question_is_kept_over_the_rollback_that_ends_a_page(session: Session) -> None:
    ask(session, "K1")
    session.rollback()
    assert len(kept(session)) == 1
    ask(session, "K2")
    assert len(kept(session)) == 1


def test_what_the_mapping_asks_is_planned_for_its_values(session: Session) -> None:
    for _ in range(12):
        session.scalars(sa.select(Unit).where(Unit.code == "K1")).all()
    assert kept(session) == []


def test_a_transaction_that_went_wrong_ends_all_the_same(session: Session) -> None:
    ask(session, "K1")
    with pytest.raises(ProgrammingError):
        session.execute(sa.text("SELECT no_such_thing"))
    session.rollback()
    assert ask(session, "K1") == []


def test_what_was_written_and_not_committed_is_gone(session: Session) -> None:
    session.execute(sa.text("CREATE TABLE passing (id integer)"))
    session.rollback()
    assert session.scalar(sa.text("SELECT to_regclass('passing')")) is None


def test_a_question_outlives_a_change_of_its_table(session: Session) -> None:
    session.execute(sa.text("SET LOCAL lock_timeout = '5s'"))
    ask(session, "K1")
    session.execute(sa.text("CREATE INDEX ix_unit_passing ON unit (code, name)"))
    assert ask(session, "K1") == []
    session.rollback()
    assert ask(session, "K1") == []


def test_a_server_that_is_gone_in_the_middle_is_met_as_before(session: Session, engine: sa.Engine) -> None:
    ask(session, "K1")
    pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
    with engine.connect() as other:
        other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    with pytest.raises(OperationalError):  # as the driver says it, with or without anything kept
        session.rollback()
    session.rollback()
    assert ask(session, "K1") == []
    assert session.scalar(sa.text("SELECT pg_backend_pid()")) != pid


def test_a_statement_over_many_rows_is_not_kept(session: Session) -> None:
    session.execute(sa.text("CREATE TEMPORARY TABLE passing (id integer)"))
    passing = sa.table("passing", sa.column("id", sa.Integer))
    plainly(sa.insert(passing).returning(passing.c.id), [{"id": 1}, {"id": 2}], within=session)
    all_kept = session.scalars(sa.text("SELECT statement FROM pg_prepared_statements")).all()
    assert not [each for each in all_kept if "INSERT INTO passing" in each]


def plans_made(session: Session) -> tuple[int, int]:
    """Of the question above: how often by the plan that is kept, and how often anew."""
    counted = sa.text("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE :words")
    kept, anew = session.execute(counted, {"words": "%unit.code = %"}).one()
    return kept, anew


def test_a_plan_is_made_once_also_where_one_for_these_values_looked_cheaper(session: Session) -> None:
    for number in range(7):
        ask(session, f"K{number}")
        session.scalars(sa.select(Unit.id).where(Unit.id > 5)).all()
    assert plans_made(session) == (7, 0)


@pytest.mark.parametrize("end", ["rollback", "commit"])
def test_what_is_not_kept_is_planned_for_its_values_in_each_transaction(session: Session, end: str) -> None:
    how = sa.text("SELECT current_setting('plan_cache_mode')")
    assert session.scalar(how) == "auto"
    ask(session, "K1")
    assert session.scalar(how) == "auto"
    getattr(session, end)()
    assert session.scalar(how) == "auto"
    getattr(session, end)()
    ask(session, "K2")
    assert plans_made(session) == (2, 0)


def test_a_kept_question_that_goes_wrong_leaves_the_way_back_to_a_savepoint(session: Session) -> None:
    no_number = sa.select(sa.cast(sa.literal("no number", sa.String()), sa.Integer()))
    how = sa.text("SELECT current_setting('plan_cache_mode')")
    ask(session, "K1")
    with pytest.raises(DataError), session.begin_nested():
        plainly(no_number, within=session)
    assert session.scalar(how) == "auto"
    ask(session, "K2")
    assert plans_made(session) == (1, 0)  # the driver has forgotten the first


def test_a_transaction_begins_as_it_was_asked_to(engine: sa.Engine) -> None:
    """Also where the first that it says is how it plans."""
    steady = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(steady) as session:
        assert session.scalar(sa.text("SHOW transaction_isolation")) == "repeatable read"
