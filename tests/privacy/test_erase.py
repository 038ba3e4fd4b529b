"""Erasing a person: her name is found nowhere, and what was counted stays counted."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import audit, clock, company_time
from app.core.audit.checking import verdict
from app.core.errors import Refused
from app.core.jobs import Job, JobState, in_steps, run, run_now
from app.extensions import Base, db
from app.imports.models import DataImport
from app.people.models import Account, AccountSession, Assignment, Employee, Grant
from app.privacy.actions.erasing import Swept, erase, preview
from app.privacy.actions.finishing import JOB
from app.privacy.actions.replaying import Replayed, keep_list, list_path, replay
from app.privacy.models import Erasure, UnfinishedErasure
from app.privacy.queries.due import leavers_before
from app.privacy.queries.subjects import of_account
from app.voice.models import Feedback
from tests.cast import Cast
from tests.factories import make_account, make_employee
from tests.privacy.things import EMAIL, FORMER, NAME, NUMBER, leave

SECRETS = (NAME, EMAIL, NUMBER, FORMER)


@pytest.fixture
def zofia(cast: Cast, app: Flask) -> Iterator[Account]:
    yield leave(cast)
    for path in (*app.config["UPLOADS"].glob("*"), list_path()):
        path.unlink(missing_ok=True)


def found_in_tables() -> list[str]:
    """Every cell of every table, as text."""
    hits = []
    for table in Base.metadata.sorted_tables:
        texts = [column for column in table.columns if not isinstance(column.type, sa.LargeBinary)]
        raw = sa.select(*(sa.cast(column, sa.Text) for column in texts))
        for row in db.session.execute(raw):
            text = " ".join(str(cell) for cell in row)
            hits += [f"{table.name}: {text}" for word in SECRETS if word in text or json.dumps(word)[1:-1] in text]
    return hits


def found_in_files(folder: Path) -> list[str]:
    words = [word.encode() for word in SECRETS]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]


def erased(account: Account, cast: Cast) -> Swept:
    subject = of_account(account)
    swept: Swept = in_steps(erase(subject, actor_id=cast.adam.id, reason="she asked", now=clock.now()))
    db.session.commit()
    finished()
    return swept


def finished() -> None:
    """What the worker does right after the commit."""
    for job_id in db.session.scalars(sa.select(Job.id).where(Job.name == JOB, Job.state == JobState.WAITING)).all():
        run(job_id)


def test_her_name_is_found_nowhere(zofia: Account, cast: Cast, app: Flask) -> None:
    assert len(found_in_tables()) > 10, "so that the search is one"
    assert found_in_files(app.config["UPLOADS"])
    erased(zofia, cast)
    assert found_in_tables() == []
    assert found_in_files(app.config["UPLOADS"]) == []


def test_what_was_counted_stays(zofia: Account, cast: Cast) -> None:
    employee_id, account_id = zofia.employee_id, zofia.id
    entries = db.session.scalar(sa.select(sa.func.count(audit.AuditEntry.id)))
    erased(zofia, cast)
    assert (
        db.session.scalars(sa.select(Assignment).where(Assignment.employee_id == employee_id)).one().unit_id
        == cast.n1.id
    )
    assert (
        db.session.scalars(sa.select(Grant).where(Grant.account_id == account_id)).one().reason
        == "… stands in for Marek"
    )
    assert db.session.scalars(sa.select(Feedback)).one().comment == "… saved my day"
    assert db.session.scalars(sa.select(DataImport)).one().refused_count == 1
    assert db.session.scalar(sa.select(sa.func.count(audit.AuditEntry.id))) == entries + 1
    assert not db.session.scalars(sa.select(AccountSession).where(AccountSession.account_id == account_id)).all()


def test_the_log_keeps_its_facts_and_its_chain(zofia: Account, cast: Cast) -> None:
    erased(zofia, cast)
    assert verdict().is_whole
    changed = sa.select(audit.AuditEntry).where(audit.AuditEntry.action == "employee.changed")
    values = {value.field: value.after for value in db.session.scalars(changed).one().values}
    assert values == {"name": None, "starts_on": "2016-01-01"}


def test_the_row_stays_without_a_name(zofia: Account, cast: Cast) -> None:
    erased(zofia, cast)
    employee = db.session.get_one(Employee, zofia.employee_id)
    assert employee.name == zofia.name == "erased person"
    assert (employee.email, employee.number, employee.language) == (None, f"erased-{employee.id}", None)
    assert zofia.password_hash is None
    assert not zofia.is_active


def test_it_is_written_down_who_and_why(zofia: Account, cast: Cast) -> None:
    swept = erased(zofia, cast)
    row = db.session.scalars(sa.select(Erasure)).one()
    assert (row.account_id, row.erased_by_id, row.reason) == (zofia.id, cast.adam.id, "she asked")
    assert swept.values >= 3
    assert swept.texts == 7
    entry = db.session.scalars(sa.select(audit.AuditEntry).where(audit.AuditEntry.action == "person.erased")).one()
    assert (entry.subject_id, entry.actor_id, entry.values) == (zofia.employee_id, cast.adam.id, [])
    names = db.session.scalars(sa.select(Job.name).order_by(Job.id)).all()
    assert names == [JOB, "database.wipe_log", "database.wipe_log"], "once more when the job has forgotten the words"
    assert db.session.scalars(sa.select(UnfinishedErasure.erasure_id)).all() == []


def test_a_reason_with_her_name_keeps_it_not(zofia: Account, cast: Cast) -> None:
    in_steps(erase(of_account(zofia), actor_id=None, reason=f"{NAME} asked", now=clock.now()))
    assert db.session.scalars(sa.select(Erasure.reason)).one() == "… asked"


def test_the_preview_touches_nothing_and_says_what_it_will_be(zofia: Account, cast: Cast) -> None:
    before = len(found_in_tables())
    told = preview(of_account(zofia))
    assert len(found_in_tables()) == before
    swept = erased(zofia, cast)
    assert (told.values, told.texts, list(told.files)) == (swept.values, swept.texts, list(swept.files))


def test_nobody_else_loses_a_word(zofia: Account, cast: Cast) -> None:
    other = make_employee(cast.n1, name="Zofia", email="zofia@example.org")
    audit.record("employee.added", "employee", other.id, actor_id=None, after={"name": "Zofia"})
    db.session.commit()
    erased(zofia, cast)
    assert db.session.get_one(Employee, other.id).name == "Zofia"
    assert "Zofia" in db.session.scalars(sa.select(audit.AuditValue.after)).all()


def test_a_number_or_an_address_within_another_is_somebody_elses(zofia: Account, cast: Cast) -> None:
    other = make_employee(cast.n1, name="Other", email=f"a.{EMAIL}")
    other.number = f"{NUMBER}9"
    told = {"number": other.number, "email": other.email}
    entry = audit.record("employee.added", "employee", other.id, actor_id=None, after=told)
    answer = db.session.scalars(sa.select(Feedback)).one()
    answer.comment = f"{NUMBER}9 and a.{EMAIL} helped, {NUMBER} ({EMAIL}) did not"
    db.session.commit()
    swept = preview(of_account(zofia))
    assert erased(zofia, cast).values == swept.values
    assert {value.field: value.after for value in entry.values} == told
    assert answer.comment == f"{NUMBER}9 and a.{EMAIL} helped, … (…) did not"


def test_who_is_to_come_back_is_not_erased(zofia: Account, cast: Cast) -> None:
    day = company_time.today() + timedelta(days=9)
    assert zofia.employee
    zofia.employee.assignments[0].ends_on = zofia.employee.ends_on
    db.session.add(Assignment(employee_id=zofia.employee_id, unit_id=cast.n1.id, starts_on=day))
    db.session.flush()
    with pytest.raises(Refused, match="to work here again"):
        erased(zofia, cast)
    assert db.session.scalars(leavers_before(company_time.today())).all() == []


def test_who_works_here_is_not_erased(cast: Cast) -> None:
    with pytest.raises(Refused, match="still works here"):
        in_steps(erase(of_account(cast.ewa), actor_id=cast.adam.id, reason="", now=clock.now()))
    assert cast.ewa.name == "Ewa"


def test_an_open_account_of_nobody_is_not_erased(cast: Cast) -> None:
    guest = make_account("guest@example.org", name="Guest Guestowski")
    with pytest.raises(Refused, match="still"):
        in_steps(erase(of_account(guest), actor_id=cast.adam.id, reason="", now=clock.now()))
    guest.disabled_at = clock.now()
    in_steps(erase(of_account(guest), actor_id=cast.adam.id, reason="", now=clock.now()))
    assert guest.email == f"erased-{guest.id}"


def test_nobody_erases_themselves_or_the_last_administrator(cast: Cast) -> None:
    with pytest.raises(Refused, match="themselves"):
        in_steps(erase(of_account(cast.adam), actor_id=cast.adam.id, reason="", now=clock.now()))
    assert cast.adam.employee
    cast.adam.employee.ends_on = company_time.today() - timedelta(days=1)
    with pytest.raises(Refused, match="last administrator"):
        in_steps(erase(of_account(cast.adam), actor_id=cast.hanna.id, reason="", now=clock.now()))


def test_twice_is_refused(zofia: Account, cast: Cast) -> None:
    erased(zofia, cast)
    with pytest.raises(Refused, match="already"):
        erased(zofia, cast)


class TestReplay:
    def restore(self, zofia: Account) -> None:
        """As an older backup has her: before the erasure."""
        employee = db.session.get_one(Employee, zofia.employee_id)
        employee.name, employee.email, employee.number = NAME, EMAIL, NUMBER
        zofia.name, zofia.email = NAME, EMAIL
        db.session.execute(sa.delete(Erasure))
        db.session.commit()

    def test_whoever_a_restore_brings_back_is_erased_again(self, zofia: Account, cast: Cast) -> None:
        erased(zofia, cast)
        keep_list()
        assert found_in_files(list_path().parent) == []
        self.restore(zofia)
        assert in_steps(replay(clock.now())) == Replayed(1, 0, 0)
        db.session.commit()
        assert found_in_tables() == []
        assert db.session.scalars(sa.select(Erasure.account_id)).one() == zofia.id
        assert in_steps(replay(clock.now())) == Replayed(0, 1, 0), "twice"

    def test_files_that_a_restore_brings_back_go_again(self, zofia: Account, cast: Cast, app: Flask) -> None:
        file = next(path for path in app.config["UPLOADS"].iterdir() if path.name == "a" * 64)
        as_it_was = file.read_bytes()
        erased(zofia, cast)
        keep_list()
        self.restore(zofia)
        file.write_bytes(as_it_was)
        run_now("keeping.erase_again")
        finished()
        assert found_in_files(app.config["UPLOADS"]) == []

    def test_somebody_else_with_the_same_number_of_row_stays(self, zofia: Account, cast: Cast) -> None:
        erased(zofia, cast)
        keep_list()
        self.restore(zofia)
        employee = db.session.get_one(Employee, zofia.employee_id)
        employee.email = zofia.email = "other@example.org"
        employee.number, zofia.created_at = "E-OTHER", clock.now()
        db.session.commit()
        assert in_steps(replay(clock.now())) == Replayed(0, 0, 1)
        assert employee.name == NAME

    def test_without_a_list_there_is_nothing_to_do(self, cast: Cast) -> None:
        assert in_steps(replay(clock.now())) == Replayed(0, 0, 0)
