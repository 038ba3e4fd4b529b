"""An operator's commands, typed in two terminals at the same moment: real processes on one database."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from app import create_app
from app.core import installation
from app.core.audit import AuditEntry
from app.core.database import writing
from app.core.installation import InstallationKind
from app.core.jobs import Job, JobState
from app.demo import actions as demo
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Employee, Unit
from app.pulse.models import DraftSet
from app.results.models import ResultSet
from config import Config
from tests.cast import make_cast
from tests.copies import Copy
from tests.databases import migrated_database
from tests.gated import type_at_the_gate
from tests.pulse.files import HEADER, answers, bring

MANY = "9 9 10 8 3 9 10 10"
PATIENCE = 90


@dataclass
class House:
    folder: Path
    config: Config

    def typed(self, *commands: list[str]) -> list[tuple[int, str]]:
        """All begin when all are ready; exit codes and what was said, in the order of the commands."""
        room = Path(tempfile.mkdtemp(dir=self.folder))
        names = [f"terminal{number}" for number, _ in enumerate(commands, 1)]
        db.session.rollback()
        begun = [
            Copy(lambda: type_at_the_gate(room, name, self.config, *command), room / f"{name}.log")  # noqa: B023  # a copy at once
            for name, command in zip(names, commands, strict=True)
        ]
        ends = time.monotonic() + PATIENCE
        while not all((room / f"{name}.ready").exists() for name in names) and time.monotonic() < ends:
            time.sleep(0.01)
        (room / "gate").touch()
        done = [(process.wait(PATIENCE), process.said()) for process in begun]
        assert not any("Traceback" in words for _, words in done), "\n".join(words for _, words in done)
        return done


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    url = migrated_database(tmp_path, "commands")
    config = Config(database_url=url, data=tmp_path, keys=tmp_path, secret_key="k" * 43, testing=True)
    app = create_app(config)
    with app.app_context():
        yield House(tmp_path, replace(config, testing=False))
        db.session.remove()
        db.engine.dispose()


def number_of(what: type, *which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(what).where(*which)) or 0


def facts(action: str) -> int:
    return number_of(AuditEntry, AuditEntry.action == action)


def test_drafts_published_by_two_processes_at_once_are_published_once(house: House) -> None:
    quarters = [f"{year}-Q{number}" for year in (2023, 2024, 2025) for number in (1, 2, 3, 4)]
    with writing():
        make_cast()
        bring(house.folder, HEADER + "".join(answers("N1", MANY, period=quarter) for quarter in quarters))
        db.session.rollback()
    done = house.typed(*[["pulse", "publish", "all"]] * 2)
    said = "\n".join(words for _, words in done)
    assert all(said.count(f"{quarter} is published.") == 1 for quarter in quarters), said
    assert (number_of(ResultSet), number_of(DraftSet), facts("result_set.published")) == (12, 0, 12)
    assert 1 in [code for code, _ in done] or "There is no draft" not in said


def test_people_imported_by_two_processes_at_once_come_in_once(house: House) -> None:
    file = house.folder / "people.csv"
    rows = "".join(f"P{number},Person {number},p{number}@example.org,N1,2020-01-01\n" for number in range(300))
    file.write_text("number,name,email,unit_code,starts_on\n" + rows, "utf-8")
    with writing():
        make_cast()
        db.session.commit()
    here = number_of(Employee)
    done = house.typed(*[["people", "import", str(file), "--kind", "employees"]] * 2)
    assert 0 in [code for code, _ in done], done
    for code, words in done:
        assert code == 0 or "Another import of this kind is being written" in words, words
    assert number_of(Employee) == here + 300
    assert facts("employee.added") == 300
    assert not number_of(Job, Job.state != JobState.DONE)
    assert number_of(DataImport, DataImport.status == ImportStatus.LOADING) == 0


def test_the_demo_loaded_by_two_processes_at_once_is_loaded_once(house: House) -> None:
    done = house.typed(*[["demo", "load"]] * 2)
    assert sorted(code for code, _ in done) == [0, 1], done
    assert "The demo is being loaded at this moment" in "".join(words for code, words in done if code == 1)
    assert demo.is_complete()
    assert number_of(ResultSet) == 8
    assert number_of(Unit, Unit.parent_id.is_(None)) == 1
    assert number_of(DataImport) == 4


def test_the_demo_is_not_removed_from_under_its_loading(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_bring", lambda: iter(()))  # the whole story comes in the test above
    with writing():
        loading = demo.load()
        next(loading)
        db.session.commit()
        ((code, words),) = house.typed(["demo", "remove"])
        assert (code, installation.kind()) == (1, InstallationKind.DEMO)
        assert "The demo is being loaded at this moment" in words
        for _step in loading:
            db.session.commit()
    ((code, words),) = house.typed(["demo", "remove"])
    assert code == 0, words
    assert installation.kind() is InstallationKind.EMPTY
    assert not list((house.folder / "uploads").glob("*"))
