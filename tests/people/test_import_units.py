import re
from datetime import date

import pytest
import sqlalchemy as sa

from app.core import installation
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.units import open_company
from app.people.imports import unit_faults
from app.people.models import Unit, UnitKind, UnitTree, UnitVersion
from app.people.models.unit import BEGINNING
from app.people.queries import company, tree_on
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.people.bringing import bring

TREE = """
    code ; name         ; parent_code ; kind   ; valid_from ; valid_to
    BANK ; Bank Wisła   ;             ; firma  ;            ;
    N    ; Północ       ; BANK        ; region ;            ;
    N1   ; Gdańsk Długa ; N           ; branch ; 2020-01-01 ;
    N1   ; Gdańsk Rynek ; n           ;        ; 2024-06-01 ;
    N2   ; Gdynia       ; N           ; oddział; 2020-01-01 ; 2025-01-01
"""


def codes() -> set[str]:
    return set(db.session.scalars(sa.select(Unit.code)))


def unit(code: str) -> Unit:
    return db.session.scalars(sa.select(Unit).where(Unit.code == code)).one()


def test_a_tree_comes_in_with_its_history(database: None) -> None:
    brought = bring("units", TREE)
    assert (brought.new, brought.refusals) == (5, [])
    n1 = unit("N1")
    assert (n1.name, n1.kind, n1.is_open) == ("Gdańsk Rynek", UnitKind.BRANCH, True)
    assert [(each.name, each.starts_on, each.ends_on) for each in n1.versions] == [
        ("Gdańsk Długa", date(2020, 1, 1), date(2024, 6, 1)),
        ("Gdańsk Rynek", date(2024, 6, 1), None),
    ]
    assert not unit("N2").is_open
    assert unit("BANK").versions[0].starts_on == BEGINNING
    root = company()
    assert root is not None
    assert root.code == "BANK"
    pairs = {(a, d): depth for a, d, depth in db.session.execute(sa.select(UnitTree.__table__))}
    assert pairs[unit("BANK").id, n1.id] == 2
    assert installation.kind() is installation.InstallationKind.COMPANY


def test_the_same_file_twice_changes_nothing(database: None) -> None:
    bring("units", TREE)
    before = db.session.execute(sa.select(UnitVersion.__table__)).all()
    entries = db.session.scalar(sa.select(sa.func.count(AuditEntry.id)))
    again = bring("units", TREE)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 5)
    assert db.session.execute(sa.select(UnitVersion.__table__)).all() == before
    assert db.session.scalar(sa.select(sa.func.count(AuditEntry.id))) == entries


def test_a_dry_run_writes_nothing(database: None) -> None:
    assert bring("units", TREE, dry_run=True).new == 5
    assert codes() == set()


def test_the_file_takes_the_place_of_the_company_of_the_first_run(database: None) -> None:
    root = open_company("My company")
    brought = bring("units", TREE)
    assert (brought.new, brought.changed, brought.refusals) == (4, 1, [])
    assert unit("BANK").id == root.id
    assert codes() == {"BANK", "N", "N1", "N2"}
    assert bring("units", TREE).unchanged == 5


def test_units_hang_under_the_company_that_is_there(database: None) -> None:
    open_company("My company")
    brought = bring("units", "code;name;parent_code\nA;Shop A;COMPANY\nB;Shop B;company")
    assert (brought.new, brought.refusals) == (2, [])
    assert unit("B").parent_id == unit("COMPANY").id


def test_only_what_differs_is_changed_and_written_down(cast: Cast) -> None:
    brought = bring("units", "code;name;parent_code;kind\nN1;New name;NORTH;branch\nN2;Unit N2;NORTH;branch")
    assert (brought.changed, brought.unchanged) == (1, 1)
    assert unit("N1").name == "New name"
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "unit.changed")).one()
    assert entry.subject_id == cast.n1.id
    values = {value.field: (value.before, value.after) for value in entry.values}
    assert values["name"] == ("Unit N1", "New name")


def test_columns_that_the_file_does_not_have_stay_as_they_are(cast: Cast) -> None:
    bring("units", "code;name;parent_code;kind;country;valid_to\nN1;Unit N1;NORTH;team;PL;2031-01-01")
    brought = bring("units", "code;name\nN1;Other name")
    assert brought.changed == 1
    version = unit("N1").versions[0]
    assert (version.kind, version.country, version.ends_on) == (UnitKind.TEAM, "PL", date(2031, 1, 1))
    assert version.parent_id == cast.north.id


def test_a_move_is_a_version_and_the_old_tree_stays(cast: Cast) -> None:
    bring("units", "code;name;parent_code;valid_from\nN1;Unit N1;SOUTH;2025-03-01")
    assert tree_on(date(2025, 2, 28))[cast.n1.id] == cast.north.id
    assert tree_on(date(2025, 3, 1))[cast.n1.id] == cast.south.id


def test_a_last_day_one_day_before_the_next_row_leaves_no_gap(database: None) -> None:
    text = """
        code ; name ; parent_code ; valid_from ; valid_to
        C    ; C    ;             ;            ;
        R    ; R    ; C           ; 2020-01-01 ; 2023-12-31
        R    ; R 2  ; C           ; 2024-01-01 ;
        B    ; B    ; R           ; 2020-01-01 ;
    """
    assert bring("units", text).refusals == []
    assert bring("units", text).unchanged == 4


@pytest.mark.parametrize(
    ("rows", "line", "column", "words"),
    [
        ("X;X;NOWHERE;;;", 2, "parent_code", "no unit with this code"),
        ("X;X;x;;;", 2, "parent_code", "cannot stand under itself"),
        ("X;X;NORTH;;2024-01-01;\nX;Y;NORTH;;2024-01-01;", 3, "name", "On line 2 this code has another name"),
        ("x;X;NORTH;;;\nX;Y;NORTH;;;", 3, "name", "On line 2 this code has another name"),
        ("X;X;;;;", 2, "parent_code", "one company at the top: “COMPANY”"),
        ("N1;Unit N1;;;;", 2, "parent_code", "one company at the top"),
        ("COMPANY;Firma;N1;;;", 2, "parent_code", "company itself cannot stand under"),
        ("COMPANY;Firma;;;;2030-01-01", 2, "valid_to", "company itself has no last day"),
        ("X;X;NORTH;kingdom;;", 2, "kind", "kind of unit is not known"),
        ("X;X;NORTH;;yesterday;", 2, "valid_from", "not a date"),
        ("X;X;NORTH;;2024-02-30;", 2, "valid_from", "no such date"),
        ("X;X;NORTH;;2024-02-02;2024-02-02", 2, "valid_to", "must come after"),
        ("X;X;NORTH;;2024-01-01;2025-01-01\nX;Y;NORTH;;2024-06-01;", 2, "valid_to", "reaches into the next row"),
        ("X;;NORTH;;;", 2, "name", "empty"),
        (";X;NORTH;;;", 2, "code", "empty"),
        (f"X;{'x' * 201};NORTH;;;", 2, "name", "longer than 200"),
        ("NORTH;Unit NORTH;COMPANY;;;2030-01-01", 2, "valid_to", "“N2”"),
        ("NORTH;Unit NORTH;N1;;;", 2, "parent_code", "NORTH → N1 → NORTH"),
        ("A;A;B;;2024-01-01;\nB;B;A;;2024-01-01;", 2, "parent_code", "A → B → A"),
    ],
)
def test_what_must_never_be_in_a_tree_is_refused(cast: Cast, rows: str, line: int, column: str, words: str) -> None:
    before = db.session.execute(sa.select(UnitVersion.__table__)).all()
    brought = bring("units", "code;name;parent_code;kind;valid_from;valid_to\n" + rows + "\nOK;Fine;NORTH;;;")
    found = {(refused_line, refused_column): sentence for refused_line, refused_column, sentence in brought.refusals}
    assert words in found.get((line, column), ""), found
    assert brought.new >= 1, "the rest of the file is taken"
    after = db.session.execute(sa.select(UnitVersion.__table__).where(UnitVersion.unit_id != unit("OK").id)).all()
    assert [row for row in after if row.unit_id in {old.unit_id for old in before}] == before


def test_the_unit_told_of_as_left_behind_is_always_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whichever order the database told of its units."""
    told = unit_faults.left_hanging
    monkeypatch.setattr(unit_faults, "left_hanging", lambda versions: sorted(told(versions), reverse=True))
    brought = bring("units", "code;name;parent_code;kind;valid_from;valid_to\nNORTH;Unit NORTH;COMPANY;;;2030-01-01")
    assert [re.findall("“(.+?)”", sentence) for _line, _column, sentence in brought.refusals] == [["N2"]]


def test_a_unit_cannot_outlive_the_one_above_it(cast: Cast) -> None:
    text = "code;name;parent_code;valid_from;valid_to\nN1;Unit N1;NORTH;;2030-01-01\nT;Team;N1;2020-01-01;"
    brought = bring("units", text)
    assert (brought.changed, [(line, column) for line, column, _ in brought.refusals]) == (1, [(3, "parent_code")])


def test_a_loop_that_exists_only_for_a_while_is_found(cast: Cast) -> None:
    text = """
        code ; name ; parent_code ; valid_from ; valid_to
        A    ; A    ; NORTH       ; 2020-01-01 ;
        B    ; B    ; A           ; 2020-01-01 ;
        A    ; A    ; B           ; 2024-01-01 ; 2024-02-01
        A    ; A    ; NORTH       ; 2024-02-01 ;
    """
    brought = bring("units", text)
    assert [(line, column) for line, column, _ in brought.refusals] == [(4, "parent_code")]


def test_rows_under_a_refused_one_fall_with_it(cast: Cast) -> None:
    text = "code;name;parent_code\nA;A;NOWHERE\nB;B;A\nC;C;B\nD;D;NORTH"
    brought = bring("units", text)
    assert [line for line, _, _ in brought.refusals] == [2, 3, 4]
    assert codes() >= {"D"}
    assert not codes() & {"A", "B", "C"}


def test_two_tops_in_an_empty_place_are_refused_together(database: None) -> None:
    brought = bring("units", "code;name;parent_code\nA;A;\nB;B;\nC;C;A")
    assert len(brought.refusals) == 3
    assert "Several units stand at the top" in brought.refusals[0][2]
    one = bring("units", "code;name;parent_code;kind\nA;A;;company\nB;B;;region")
    assert [line for line, _, _ in one.refusals] == [3]


class TestRights:
    REGION = "code;name;parent_code\n"

    @pytest.fixture
    def northern(self, cast: Cast) -> object:
        account = make_account("north@example.org")
        make_grant(account, Role.ADMINISTRATOR, cast.north)
        return account

    def test_an_importer_of_a_region_changes_what_is_below_it(self, cast: Cast, northern: object) -> None:
        text = self.REGION + "N1;Renamed;NORTH\nN3;New;NORTH\nT;Team;N3\nNORTH;North;COMPANY"
        brought = bring("units", text, actor=northern)
        assert (brought.new, brought.changed, brought.refusals) == (2, 2, [])

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            ("S1;Renamed;SOUTH", "code"),
            ("N1;Unit N1;SOUTH", "parent_code"),
            ("S1;Unit S1;NORTH", "code"),
            ("S3;New;SOUTH", "parent_code"),
            ("R;New region;COMPANY", "parent_code"),
            ("COMPANY;Mine;", "code"),
        ],
    )
    def test_and_nothing_else(self, cast: Cast, northern: object, row: str, column: str) -> None:
        brought = bring("units", self.REGION + row, actor=northern)
        assert [found for _, found, _ in brought.refusals] == [column]

    def test_rows_that_say_what_is_there_need_no_right(self, cast: Cast, northern: object) -> None:
        assert bring("units", self.REGION + "S1;Unit S1;SOUTH", actor=northern).unchanged == 1


def test_the_audit_names_who_brought_it(cast: Cast) -> None:
    bring("units", "code;name;parent_code\nX;X;NORTH", actor=cast.adam)
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "unit.opened")).one()
    assert (entry.actor_id, entry.subject_id) == (cast.adam.id, unit("X").id)
    assert {value.field: value.after for value in entry.values}["name"] == "X"
