from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from app.core import installation
from app.core.permissions import Permission
from app.extensions import db
from app.people.commands import admin_cli, cli
from app.people.credentials import passwords
from app.people.models import Account, Employee, Unit
from app.people.queries import account_with_email
from tests.cast import Cast

PASSWORD = "seven green bicycles"


def create(app: Flask, email: str = "boss@example.org", password: str = PASSWORD) -> Result:
    return app.test_cli_runner().invoke(admin_cli, ["create", email, "--name", "Bo Boss"], input=f"{password}\n")


def test_the_first_administrator_opens_the_company(app: Flask, database: None) -> None:
    result = create(app)
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    account = account_with_email("BOSS@example.org")
    assert account is not None
    assert account.name == "Bo Boss"
    assert passwords.matches(account.password_hash, PASSWORD)
    assert account.holds_on_company(Permission.SETTING_EDIT)
    assert db.session.scalars(sa.select(Unit.code)).all() == ["COMPANY"]
    assert installation.kind() is installation.InstallationKind.COMPANY


def test_an_administrator_joins_a_company_that_is_there(app: Flask, cast: Cast) -> None:
    units = db.session.scalar(sa.select(sa.func.count(Unit.id)))
    assert create(app).exit_code == 0
    assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == units


def test_twice_is_refused(app: Flask, database: None) -> None:
    create(app)
    result = create(app)
    assert result.exit_code == 1
    assert "already" in result.output
    assert db.session.scalar(sa.select(sa.func.count(Account.id))) == 1


@pytest.mark.parametrize(
    ("email", "password"),
    [("boss", PASSWORD), ("@", PASSWORD), ("boss@example.org", "short"), ("boss@example.org", "rezonans2026")],
)
def test_bad_input_creates_nothing(app: Flask, database: None, email: str, password: str) -> None:
    result = create(app, email, password)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert db.session.scalars(sa.select(Account)).all() == []
    assert db.session.scalars(sa.select(Unit)).all() == []


def test_not_in_the_demo(app: Flask, cast: Cast) -> None:
    db.session.get_one(installation.Installation, 1).kind = installation.InstallationKind.DEMO
    assert create(app).exit_code == 1


def run_import(app: Flask, file: Path, *options: str) -> Result:
    db.session.commit()  # what the test made, so that the command's own rollbacks leave it
    return app.test_cli_runner().invoke(cli, ["import", str(file), *options])


def test_people_are_imported_from_a_file(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Email,Name,Unit code,Position\nnew@bank.pl,New Person,N1,Adviser\nbad,Bad Person,N1,Adviser\n")
    report = tmp_path / "report.csv"
    dry = run_import(app, file, "--kind", "employees", "--dry-run")
    assert dry.exit_code == 2, dry.output
    assert db.session.scalars(sa.select(Employee).where(Employee.email == "new@bank.pl")).all() == []
    result = run_import(app, file, "--kind", "employees", "--report", str(report))
    assert result.exit_code == 2, result.output
    assert db.session.scalars(sa.select(Employee.name).where(Employee.email == "new@bank.pl")).one() == "New Person"
    assert "not an e-mail address" in report.read_text("utf-8-sig")


def test_units_are_imported_into_an_empty_place(app: Flask, database: None, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("Kod;Nazwa;Kod nadrzędny;Rodzaj\nB;Bank;;firma\nK;Kraków;B;oddział\n")
    result = run_import(app, file, "--kind", "units")
    assert result.exit_code == 0, result.output
    assert set(db.session.scalars(sa.select(Unit.code))) == {"B", "K"}
    again = run_import(app, file, "--kind", "units")
    assert again.exit_code == 0
    assert "2 unchanged" in again.output


def test_a_file_of_which_nothing_can_be_taken_ends_with_one(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("code,name,parent_code\nX,X,NOWHERE\n")
    assert run_import(app, file, "--kind", "units").exit_code == 1


def test_an_import_without_its_kind_ends_with_1_as_nothing_came_in(app: Flask, database: None, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["people", "import", str(tmp_path / "units.csv")])
    assert result.exit_code == 1  # 2 says that some rows were refused and the others came in
    assert "--kind" in result.output
