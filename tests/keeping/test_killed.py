"""Real processes, killed with SIGKILL at each step: the old one stays whole, or the new one is."""

import signal
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.database import writing
from app.core.jobs import Job, JobState, due
from app.extensions import db
from app.keeping import second_place
from app.people.models import Employee
from tests.factories import days_ago, make_employee
from tests.keeping.company import House, count_of, rows
from tests.keeping.killed import OF_A_BACKUP, OF_A_RESTORE, prepare
from tests.keeping.terminal import typed
from tests.keeping.test_restore import left_behind


def killed(house: House, step: str, *command: str) -> None:
    terminal = typed(house, *command, after=lambda: prepare(step))
    assert terminal.code == -signal.SIGKILL, terminal.said()


@pytest.mark.parametrize("step", OF_A_BACKUP)
def test_a_backup_that_is_killed_leaves_no_file_of_that_name(settled: House, tmp_path: Path, step: str) -> None:
    killed(settled, step, "backup", str(tmp_path / "one.zip"))
    assert not (tmp_path / "one.zip").exists()
    assert settled.run("backup", str(tmp_path / "one.zip"))[0] == 0, "the next one is not in its way"


@pytest.mark.parametrize("step", OF_A_RESTORE)
def test_a_restore_that_is_killed_leaves_the_old_one_or_the_new(settled: House, tmp_path: Path, step: str) -> None:
    settled.run("backup", str(tmp_path / "one.zip"))
    with writing():
        make_employee(name="Came later", email="later@example.org")
        db.session.commit()
    before = rows()
    killed(settled, step, "restore", "--replace", str(tmp_path / "one.zip"))
    later = db.session.scalar(sa.select(Employee).where(Employee.name == "Came later"))
    db.session.rollback()
    if step == OF_A_RESTORE[-1]:
        assert later is None
        (begun,) = due(days_ago(-1))
        job = db.session.get_one(Job, begun)
        assert (job.name, job.state) == (second_place.ERASE_AGAIN, JobState.WAITING), "what it owes is not forgotten"
    else:
        assert later is not None
        assert rows() == before
    db.session.rollback()
    code, said = settled.run("restore", "--replace", str(tmp_path / "one.zip"))
    assert code == 0, said
    assert count_of("employee") == 7
    assert left_behind(settled) == []
