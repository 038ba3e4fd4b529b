"""`flask … import`: a whole file, in one call."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.imports.actions import Wish, run_import_command
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from tests.imports.things import THINGS, count_things, write_things

pytestmark = pytest.mark.usefixtures("things")


class Screen:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def run(self, file: Path, **options: object) -> int:
        return run_import_command(Wish("things", file, **options), self.lines.append)  # type: ignore[arg-type]


def imports() -> list[DataImport]:
    return list(db.session.scalars(sa.select(DataImport)))


def test_all_rows_go_in_and_become_visible(tmp_path: Path) -> None:
    screen = Screen()
    assert screen.run(write_things(tmp_path / "t.csv", 250)) == 0
    assert count_things() == 250
    (done,) = imports()
    assert (done.status, done.new_count, done.loaded_count) == (ImportStatus.DONE, 250, 250)
    assert done.visible_at is not None
    assert screen.lines[0] == "things: 250 rows read: 250 new, 0 changed, 0 unchanged, 0 refused, 0 skipped."


def test_bad_rows_are_refused_and_the_good_ones_go_in(tmp_path: Path) -> None:
    screen, report = Screen(), tmp_path / "report.csv"
    assert screen.run(write_things(tmp_path / "t.csv", 5, bad=12), report=report) == 2
    assert count_things() == 5
    assert "line 7, code, “X0”" in screen.lines[1]
    assert screen.lines[-1].startswith("  … and 2 more")
    lines = report.read_text("utf-8-sig").splitlines()
    assert len(lines) == 13
    assert lines[0] == "line,column,value,reason"


def test_a_report_starts_no_formula(tmp_path: Path) -> None:
    file, report = tmp_path / "t.csv", tmp_path / "report.csv"
    file.write_text('code,name\nA,a\n"X=1",b\n,=2+3\n')
    mapping = tmp_path / "m.toml"
    mapping.write_text('kind = "things"\n[columns]\ncode = "code"\nname = "name"\n[values.code]\n"X=1" = "X"\n')
    assert Screen().run(file, mapping_file=mapping, report=report) == 2
    assert ",=" not in report.read_text("utf-8-sig")


def test_a_dry_run_leaves_nothing_behind(tmp_path: Path) -> None:
    screen = Screen()
    assert screen.run(write_things(tmp_path / "t.csv", 3, bad=1), dry_run=True) == 2
    assert count_things() == 0
    assert not imports()
    assert not db.session.scalars(sa.select(ImportRefusal)).all()
    assert screen.lines[-1] == "Dry run: nothing was written."


def test_a_file_of_bad_rows_imports_nothing(tmp_path: Path) -> None:
    screen = Screen()
    assert screen.run(write_things(tmp_path / "t.csv", 0, bad=2)) == 1
    assert screen.lines[-1] == "Nothing was imported."
    assert not imports()


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file, screen = write_things(tmp_path / "t.csv", 3), Screen()
    assert screen.run(file) == 0
    assert screen.run(file) == 0
    assert count_things() == 3
    assert "0 new, 0 changed, 3 unchanged" in screen.lines[-2]
    assert "The same file was imported before" in screen.lines[-1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This file is empty."),
        ("code,name\n", "There is no row below the header."),
        ("one,two\n1,2\n", "The import needs “code”"),
        ('code,name\nA,b\nB,"open\n', "a quotation mark is opened and never closed"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(tmp_path: Path, text: str, sentence: str) -> None:
    file, screen = tmp_path / "t.csv", Screen()
    file.write_text(text)
    assert screen.run(file) == 1
    assert sentence in screen.lines[0]
    assert count_things() == 0
    assert not imports()


def test_a_missing_file_and_a_broken_mapping_say_so(tmp_path: Path) -> None:
    screen, mapping = Screen(), tmp_path / "m.toml"
    assert screen.run(tmp_path / "nowhere.csv") == 1
    mapping.write_text("kind = ")
    assert screen.run(write_things(tmp_path / "t.csv", 1), mapping_file=mapping) == 1
    assert any("not valid TOML" in line for line in screen.lines)


def test_only_so_many_refusals_are_kept_and_all_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.imports.actions.steps.MOST_REFUSALS", 5)
    assert Screen().run(write_things(tmp_path / "t.csv", 1, bad=9)) == 2
    assert imports()[0].refused_count == 9
    assert len(db.session.scalars(sa.select(ImportRefusal)).all()) == 5


def test_rows_carry_the_id_of_their_import(tmp_path: Path) -> None:
    Screen().run(write_things(tmp_path / "t.csv", 2))
    assert set(db.session.scalars(sa.select(THINGS.c.import_id))) == {imports()[0].id}
