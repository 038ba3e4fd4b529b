"""The demo company comes through the import engine into an empty place only, and goes in one click."""

import os
from datetime import timedelta
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.core import clock, installation, settings, uploads
from app.core.errors import Refused
from app.core.installation import InstallationKind
from app.core.permissions import Role
from app.core.settings import SettingValue
from app.demo import actions
from app.extensions import Base, db
from app.imports.actions.course import start
from app.imports.models import DataImport
from app.people.models import Employee, Unit
from app.results.models import ResultSet
from tests.at_once import committed
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant, make_unit
from tests.people.test_work_in_order import assert_in_order


def load() -> list[str]:
    said: list[str] = []
    for _step in actions.load(said.append):
        db.session.commit()
    return said


def rows() -> int:
    counts = (sa.select(sa.func.count()).select_from(table) for table in Base.metadata.sorted_tables)
    return sum(db.session.scalar(count) or 0 for count in counts)


def files(app: Flask) -> set[Path]:
    """Other tests may have left some: their rows are rolled back, and files are not."""
    return set(app.config["UPLOADS"].glob("*"))


def test_it_comes_in_through_the_import_and_goes_whole(app: Flask, browser: Browser) -> None:
    before = files(app)
    said = load()
    assert all(words.endswith(" 0 refused") for words in said)
    assert {each.kind for each in db.session.query(DataImport)} == {"units", "employees", "feedback", "results"}
    assert db.session.query(Employee).count() > 900
    assert db.session.query(ResultSet).count() == 8
    assert_in_order()
    assert installation.is_demo()
    assert actions.is_complete()
    assert load() == []  # a second time nothing happens

    page = browser.get("/sign-in").text
    assert "ewa@demo.example" in page
    browser.post("/sign-in", data={"email": "adam@demo.example", "password": "demo"})
    assert "Demo company" in browser.get("/").text
    assert (
        "900" in browser.get("/admin/demo-removal").text or "invented people" in browser.get("/admin/demo-removal").text
    )
    assert browser.post("/admin/demo-removal").status_code == 302
    assert db.session.query(Unit).count() == 0
    assert rows() == 0
    assert files(app) <= before
    assert browser.get("/").headers["Location"].endswith("/first-run")


def test_a_second_loading_waits_for_the_first_and_one_that_was_broken_off_begins_again(
    app: Flask, database: None
) -> None:
    steps = actions.load()
    next(steps)
    db.session.commit()
    with pytest.raises(Refused, match="being loaded"):
        load()
    steps.close()
    assert installation.is_demo()
    assert not actions.is_complete()
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=True):  # whoever began it is dead by then
        load()
    assert actions.is_complete()
    assert db.session.query(ResultSet).count() == 8


def test_a_real_company_is_refused(cast: Cast) -> None:
    before = rows()
    with pytest.raises(Refused, match="real company"):
        load()
    assert rows() == before


def test_units_that_an_operator_imported_are_refused_too(database: None) -> None:
    make_unit("HQ")
    with pytest.raises(Refused, match="real company"):
        load()


def test_only_the_demo_is_ever_removed(cast: Cast, browser: Browser) -> None:
    with pytest.raises(Refused, match="not the demo"):
        actions.remove()
    assert browser.sign_in(cast.adam).post("/admin/demo-removal").status_code == 409
    assert db.session.query(Unit).count() == 6


@pytest.mark.parametrize("name", ["ewa", "marek", "hanna", "leon", "celina", "stranger"])
def test_removing_needs_the_role(cast: Cast, browser: Browser, name: str) -> None:
    browser.sign_in(cast.everybody()[name])
    assert browser.get("/admin/demo-removal").status_code == 403
    assert browser.post("/admin/demo-removal").status_code == 403


def test_a_company_never_becomes_the_demo(cast: Cast) -> None:
    with pytest.raises(Refused):
        installation.become(InstallationKind.DEMO, clock.now())
    assert settings.company("demo_people") == []


def test_an_administrator_of_a_part_cannot_remove_the_whole(cast: Cast, browser: Browser) -> None:
    regional = make_account("regional@example.org")
    make_grant(regional, Role.ADMINISTRATOR, cast.north)
    response = browser.sign_in(regional).post("/admin/demo-removal")
    assert response.status_code == 409
    assert "covers a part of it" in response.text


@pytest.mark.skipif("postgresql" not in os.environ.get("TEST_DATABASE_URL", ""), reason="SQLite has one writer")
def test_it_is_not_removed_under_somebody_who_writes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each may wait for what the other holds: neither is broken off, and the button works a moment later."""
    monkeypatch.setattr(actions, "PAUSE_SECONDS", 0)
    with committed(app):
        installation.become(InstallationKind.DEMO, clock.now())
        make_unit("HQ")
        db.session.commit()
        with db.engine.connect() as worker:
            worker.execute(sa.update(Unit).values(code="HQ2"))
            with pytest.raises(Refused, match="being written"):
                actions.remove()
            worker.execute(sa.delete(SettingValue))  # goes on, and waits for nobody
            worker.commit()
        db.session.rollback()
        actions.remove()
        assert db.session.query(Unit).count() == 0


def test_a_file_that_was_brought_anew_since_stays(database: None, tmp_path: Path) -> None:
    """By a company of its own, to the place that is empty now, between the commit and the act on the files."""
    installation.become(InstallationKind.DEMO, clock.now())
    brought = bring(tmp_path)
    digests = actions.remove()
    db.session.commit()
    assert bring(tmp_path) == brought
    actions.forget_files(digests)
    assert uploads.path_of(brought).exists()
    db.session.delete(db.session.query(DataImport).one())
    db.session.flush()
    actions.forget_files(digests)
    assert not uploads.path_of(brought).exists(), "and goes once nobody needs it"


def test_nobody_takes_a_file_into_use_while_it_goes(
    database: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever brings one holds all of them until the commit: so does whoever takes one away, from the question on."""
    installation.become(InstallationKind.DEMO, clock.now())
    bring(tmp_path)
    digests = actions.remove()
    db.session.commit()
    others_wait: list[bool] = []
    monkeypatch.setattr(uploads, "remove", lambda _digest: others_wait.append(is_held()))
    actions.forget_files(digests)
    assert others_wait == [True]


def is_held() -> bool:
    with uploads._folder().with_name(".uploads.lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return True
    return False


def bring(folder: Path) -> str:
    path = folder / "units.csv"
    path.write_text("code,name\nHQ,Head office\n")
    with path.open("rb") as file:
        digest = uploads.store(file, 1000)
    start("units", digest, path.name, now=clock.now())
    db.session.commit()
    return digest
