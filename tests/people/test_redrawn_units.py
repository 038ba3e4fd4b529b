"""A file that renames, moves, merges or divides units under other codes is asked about, not taken as new units."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.errors import Refused
from app.core.imports import Mapping
from app.core.jobs import run_now
from app.extensions import db
from app.imports.actions.course import accept
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport, ImportStatus
from app.people.models import Unit, UnitVersion
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_unit

HEAD = "code,name,parent_code\n"
ALL_BUT = "COMPANY,Firma,\nNORTH,Unit NORTH,COMPANY\nSOUTH,Unit SOUTH,COMPANY\n"


def checked(folder: Path, rows: str) -> DataImport:
    path = folder / "units.csv"
    path.write_text(HEAD + rows, "utf-8")
    db.session.commit()
    names = ("code", "name", "parent_code")
    return import_file("units", path, mapping=Mapping("units", columns={name: (name,) for name in names}), dry_run=True)


def asked(import_: DataImport) -> list[str]:
    return list((import_.question or {}).get("names", ()))


def test_the_same_name_under_another_code_is_asked_about_wherever_it_stands(cast: Cast, tmp_path: Path) -> None:
    import_ = checked(tmp_path, "X1,unit  n1,SOUTH\nX9,Quite another,SOUTH\n")
    assert (import_.asks_about, asked(import_)) == (1, ["Unit N1 (N1) → unit n1 (X1)"])


@pytest.fixture
def markets(cast: Cast) -> None:
    """Names as shops have them, in today's version of each."""
    for unit, name in ((cast.n1, "Market A"), (cast.n2, "Market B"), (cast.s1, "Old Harbour Shop")):
        unit.name = name
        db.session.execute(sa.update(UnitVersion).where(UnitVersion.unit_id == unit.id).values(name=name))
    make_unit("S3", cast.south, name="Garden Shop")


STAYS = "S3,Garden Shop,SOUTH\n"


@pytest.mark.usefixtures("markets")
def test_two_that_are_gone_and_one_that_came_is_a_merger(tmp_path: Path) -> None:
    import_ = checked(tmp_path, ALL_BUT + STAYS + "N12,The market,NORTH\nS1,Old Harbour Shop,SOUTH\n")
    assert (import_.asks_about, asked(import_)) == (1, ["Market A (N1) + Market B (N2) → The market (N12)"])


@pytest.mark.usefixtures("markets")
def test_one_that_is_gone_and_two_that_came_are_a_division(tmp_path: Path) -> None:
    rows = "N1,Market A,NORTH\nN2,Market B,NORTH\nSA,Harbour East,SOUTH\nSB,Harbour West,SOUTH\n"
    import_ = checked(tmp_path, ALL_BUT + STAYS + rows)
    told = ["Old Harbour Shop (S1) → Harbour East (SA) + Harbour West (SB)"]
    assert (import_.asks_about, asked(import_)) == (2, told)


@pytest.mark.usefixtures("markets")
def test_one_for_one_at_the_same_place_is_asked_about_where_the_file_tells_of_all(tmp_path: Path) -> None:
    rest = ALL_BUT + STAYS + "N1,Market A,NORTH\nN2,Market B,NORTH\n"
    assert asked(checked(tmp_path, rest + "S9,New Harbour,SOUTH\n")) == ["Old Harbour Shop (S1) → New Harbour (S9)"]
    assert checked(tmp_path, rest + "S9,Station Shop,SOUTH\n").asks_about == 0, "a shop is what the others are, too"
    assert checked(tmp_path, "S9,New Harbour,SOUTH\n").asks_about == 0, "a file of some says nothing of the others"


def test_what_only_comes_or_only_goes_is_not_asked_about(cast: Cast, tmp_path: Path) -> None:
    everything = "N1,Unit N1,NORTH\nN2,Unit N2,NORTH\nS1,Unit S1,SOUTH\n"
    assert checked(tmp_path, ALL_BUT + everything + "S2,More,SOUTH\n").asks_about == 0
    assert checked(tmp_path, ALL_BUT + "N1,Unit N1,NORTH\n").asks_about == 0


def test_two_of_one_name_are_told_by_their_place_only(cast: Cast, tmp_path: Path) -> None:
    cast.n2.name = "Unit N1"
    assert checked(tmp_path, "X1,Unit N1,NORTH\nX2,Unit N1,NORTH\n").asks_about == 0


def test_without_a_yes_nothing_is_brought_and_with_it_they_are_new(cast: Cast, tmp_path: Path) -> None:
    import_ = checked(tmp_path, "X1,Unit N1,SOUTH\n")
    with pytest.raises(Refused):
        accept(import_, now=clock.now(), actor_id=cast.adam.id, yes_to=0)
    accept(import_, now=clock.now(), actor_id=cast.adam.id, yes_to=1)
    run_now("imports.load", import_id=import_.id)
    assert import_.status is ImportStatus.DONE
    assert db.session.scalar(sa.select(sa.func.count()).where(Unit.code == "X1")) == 1


def test_the_command_asks_for_just_that_number(cast: Cast, tmp_path: Path, app: Flask) -> None:
    checked(tmp_path, "X1,Unit N1,SOUTH\n")
    command = ["people", "import", str(tmp_path / "units.csv"), "--kind", "units"]
    refused = app.test_cli_runner().invoke(args=command)
    assert refused.exit_code == 1
    assert "--yes-they-are-new 1" in refused.output
    assert app.test_cli_runner().invoke(args=[*command, "--yes-they-are-new", "1"]).exit_code == 0


def test_the_page_asks_in_words(cast: Cast, tmp_path: Path, browser: Browser) -> None:
    import_ = checked(tmp_path, "X1,Unit N1,SOUTH\n")
    page = browser.sign_in(cast.adam).get(f"/imports/{import_.id}").text
    assert "Unit N1 (N1) → Unit N1 (X1)" in page
    assert "Yes, these are new units: 1" in page


def test_a_row_without_a_day_says_that_it_corrects(cast: Cast, tmp_path: Path) -> None:
    import_ = checked(tmp_path, "N1,Renamed,NORTH\nN2,Unit N2,SOUTH\nS1,Unit S1,SOUTH\n")
    renamed, moved = (str(words) for _, words in import_.remarked)
    assert "“Unit N1” is called “Renamed” as if it had never been otherwise. If it is renamed on a day" in renamed
    assert "“Unit N2” stands under “Unit SOUTH” as if it had never been otherwise. If it moves on a day" in moved
