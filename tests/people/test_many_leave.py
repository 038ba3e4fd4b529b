"""A file that would let many people leave asks first: with the count and the names, and for a second yes."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import company_time
from app.core.errors import Refused
from app.extensions import db
from app.imports.actions import Wish, import_file, run_import_command
from app.imports.models import DataImport, ImportStatus
from app.people.models import Employee
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_employee

HEADER = "employee_number,name,unit_code,ends_on\n"


@pytest.fixture
def colleagues(cast: Cast) -> list[Employee]:
    """With the cast's seven there are thirty-seven: more than ten, and more than one in twenty."""
    people = [make_employee(cast.n2, name=f"Colleague {number:02}") for number in range(30)]
    db.session.commit()
    return people


def leaving(people: list[Employee], on: date | None = None) -> str:
    day = (on or company_time.today() + timedelta(days=30)).isoformat()
    return HEADER + "".join(f"{each.number},{each.name},N2,{day}\n" for each in people)


def written(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text)
    return path


def left() -> int:
    return db.session.scalar(sa.select(sa.func.count(Employee.id)).where(Employee.ends_on.is_not(None))) or 0


def checked(browser: Browser, text: str) -> DataImport:
    file = (io.BytesIO(text.encode()), "people.csv")
    page = browser.post("/imports/new", data={"kind": "employees", "file": file}).location
    import_id = int(page.split("/")[2])
    columns = ("employee_number", "name", "unit_code", "ends_on")
    base = 'kind = "employees"\nheader_row = 1\n[columns]\n' + "".join(f'{name} = "{name}"\n' for name in columns)
    form = {"header_row": "1", "base": base, "date_order": "year-first"} | {f"column_{name}": name for name in columns}
    browser.post(f"/imports/{import_id}/mapping", data=form)
    return db.session.get_one(DataImport, import_id)


def test_ten_leave_without_a_question(colleagues: list[Employee], tmp_path: Path) -> None:
    import_ = import_file("employees", written(tmp_path, leaving(colleagues[:10])))
    assert (import_.status, import_.question, left()) == (ImportStatus.DONE, None, 10)


def test_eleven_are_asked_about_and_none_leaves_unasked(colleagues: list[Employee], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lets 11 of the 37 people who work here today leave"):
        import_file("employees", written(tmp_path, leaving(colleagues[:11])))
    assert left() == 0
    assert db.session.scalars(sa.select(DataImport)).all() == [], "nothing is left behind"


def test_the_command_wants_just_that_number(colleagues: list[Employee], tmp_path: Path) -> None:
    lines: list[str] = []
    file = written(tmp_path, leaving(colleagues))
    assert run_import_command(Wish("employees", file), lines.append) == 1
    assert "--yes-they-leave 30" in " ".join(lines)
    assert run_import_command(Wish("employees", file, yes_to=29), lines.append) == 1
    assert left() == 0
    assert run_import_command(Wish("employees", file, yes_to=30), lines.append) == 0
    assert left() == 30


def test_a_dry_run_says_it_too(colleagues: list[Employee], tmp_path: Path) -> None:
    lines: list[str] = []
    wish = Wish("employees", written(tmp_path, leaving(colleagues)), dry_run=True)
    assert run_import_command(wish, lines.append) == 0
    assert "lets 30 of the 37 people" in " ".join(lines)
    assert left() == 0


def test_a_number_that_nobody_asked_for_changes_nothing(colleagues: list[Employee], tmp_path: Path) -> None:
    wish = Wish("employees", written(tmp_path, leaving(colleagues[:3])), yes_to=3)
    assert run_import_command(wish, lambda _line: None) == 0
    assert left() == 3


def test_who_is_not_named_stays(colleagues: list[Employee], tmp_path: Path) -> None:
    """There is no “full list”: a file never makes anybody leave by not naming them."""
    file = written(tmp_path, f"employee_number,name,unit_code\n{colleagues[0].number},Colleague 00,N2\n")
    assert import_file("employees", file).question is None
    assert left() == 0


def test_who_has_left_already_is_not_counted(colleagues: list[Employee], tmp_path: Path) -> None:
    file = written(tmp_path, leaving(colleagues))
    import_file("employees", file, yes_to=30)
    again = import_file("employees", written(tmp_path, leaving(colleagues) + "\n"))
    assert (again.question, again.unchanged_count) == (None, 30)


def test_the_screen_names_them_and_asks_for_a_second_yes(
    browser: Browser, cast: Cast, colleagues: list[Employee]
) -> None:
    import_ = checked(browser.sign_in(cast.hanna), leaving(colleagues))
    page = browser.get(f"/imports/{import_.id}").text
    assert "lets 30 of the 37 people who work here today leave" in page
    assert "Colleague 07" in page
    assert "Yes, these 30 people leave" in page
    for data in ({}, {"yes_to": "29"}, {"yes_to": "many"}):
        answer = browser.post(f"/imports/{import_.id}/acceptance", data=data)
        assert answer.status_code == 409
        assert "asks something first" in answer.text
    assert left() == 0
    browser.post(f"/imports/{import_.id}/acceptance", data={"yes_to": "30"})
    assert left() == 30
    done = db.session.get_one(DataImport, import_.id)
    assert (done.status, done.answered_count, done.question) == (ImportStatus.DONE, 30, None)


def test_more_than_was_said_yes_to_are_not_taken_along(
    browser: Browser, cast: Cast, colleagues: list[Employee], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the check and the load the file has come to mean more people."""
    import_ = checked(browser.sign_in(cast.hanna), leaving(colleagues))
    db.session.execute(sa.update(DataImport).values(question={"count": 12, "message": {"msgid": "x", "params": {}}}))
    db.session.flush()
    browser.post(f"/imports/{import_.id}/acceptance", data={"yes_to": "12"})
    assert left() == 0
    assert db.session.get_one(DataImport, import_.id).status is ImportStatus.FAILED
