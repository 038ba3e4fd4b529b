"""An import of people is taken back: whom it brought goes, whom it changed is again as before, the rest is listed."""

from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.audit import AuditEntry, AuditValue, checking
from app.core.errors import Refused
from app.core.jobs import run_now
from app.extensions import db
from app.imports.actions.undoing import begin_undo, fingerprint, undo
from app.imports.models import ImportStatus
from app.people.actions.import_writes import employee_states
from app.people.actions.sessions import open_session
from app.people.actions.tree import refresh_tree
from app.people.models import (
    Account,
    AccountSession,
    Assignment,
    Employee,
    EmployeeWord,
    Grant,
    HeadCount,
    ImportWrite,
)
from tests.cast import Cast
from tests.factories import LONG_AGO, make_account
from tests.people.taking_back import COLUMNS, NEW, account_of, bring_file, known, look, person, take_back, told
from tests.people.test_work_in_order import assert_in_order

__all__ = ["known"]
TABLES: list[Any] = [Employee, Assignment, Account, Grant, EmployeeWord, ImportWrite]


def everything() -> list[list[tuple[Any, ...]]]:
    db.session.expire_all()
    return [
        [tuple(row) for row in db.session.execute(sa.select(each.__table__).order_by(*each.__table__.primary_key))]
        for each in TABLES
    ]


def states() -> dict[int, dict[str, Any]]:
    return employee_states(db.session.scalars(sa.select(Employee.id)).all())


def acts(cast: Cast) -> set[str]:
    return set(db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.actor_id == cast.adam.id)))


def test_whom_it_brought_goes_with_all_that_came_along(cast: Cast, tmp_path: Path) -> None:
    before = everything()
    import_ = bring_file(tmp_path, "employees", NEW)
    assert everything() != before
    assert told(look(import_, cast.adam)) == ["People whom the import brought, and who go: 2."]
    take_back(import_, cast.adam)
    assert everything() == before
    assert (import_.status, import_.undone_count, import_.left_count) == (ImportStatus.UNDONE, 2, 0)
    assert {"import.undone", "employee.removed"} <= acts(cast)
    told_of = sa.select(AuditValue.before, AuditValue.after)
    assert not [row for row in db.session.execute(told_of) if "New" in str(row) or "ivan@" in str(row)]
    assert checking.verdict().is_whole


def test_who_was_changed_is_again_as_before(cast: Cast, known: Employee, tmp_path: Path) -> None:
    before = states()
    text = f"{COLUMNS}\nK-1,other@example.org,Changed Name,S1,,Head,2024-05-01,,hr\n"
    import_ = bring_file(tmp_path, "employees", text)
    assert states() != before
    assert told(look(import_, cast.adam)) == [
        "People who become again what they were before: 1.",
        "Roles that the import gave, and that end today: 1.",
    ]
    take_back(import_, cast.adam)
    assert states() == before
    assert account_of(known).email == "known@example.org"
    (grant,) = db.session.scalars(sa.select(Grant).where(Grant.account_id == account_of(known).id))
    assert (grant.ends_on, grant.end_reason) == (company_time.today(), "undone")
    assert {"employee.changed", "assignment.changed", "role.ended"} <= acts(cast)
    assert_in_order()


def test_who_left_by_it_works_here_again(cast: Cast, known: Employee, tmp_path: Path) -> None:
    before = states()
    text = f"{COLUMNS}\nK-1,known@example.org,Known Person,N1,,,{LONG_AGO},{company_time.today()},\n"
    import_ = bring_file(tmp_path, "employees", text)
    assert person("K-1").ends_on == company_time.today()
    assert told(look(import_, cast.adam)) == [
        "People who become again what they were before: 1.",
        "People who work here again, without the roles that ended with their last day: 1.",
    ]
    take_back(import_, cast.adam)
    assert states() == before


def test_who_came_back_by_it_has_left_again(cast: Cast, known: Employee, tmp_path: Path) -> None:
    gone = f"{COLUMNS}\nK-1,known@example.org,Known Person,N1,,,{LONG_AGO},2024-01-01,\n"
    bring_file(tmp_path, "employees", gone)
    before = states()
    import_ = bring_file(tmp_path, "employees", f"{COLUMNS}\nK-1,known@example.org,Known Person,S1,,,2025-01-01,,\n")
    open_session(account_of(known), "Firefox", clock.now())
    db.session.commit()
    take_back(import_, cast.adam)
    assert states() == before
    assert not account_of(known).is_active
    assert db.session.scalars(sa.select(AccountSession)).all() == []


def test_an_account_that_somebody_got_by_it_goes_or_is_again_nobodys(cast: Cast, tmp_path: Path) -> None:
    guest = make_account("guest@example.org", name="Guest")
    gone = f"{COLUMNS}\nP-1,,Olga Gone,N1,,,2020-01-01,2021-01-01,\nP-2,,Guest,N1,,,2020-01-01,2021-01-01,\n"
    bring_file(tmp_path, "employees", gone)
    before, accounts = states(), set(db.session.scalars(sa.select(Account.id)))
    back = f"{COLUMNS}\nP-1,,Olga Gone,S1,,,2025-01-01,,\nP-2,guest@example.org,Guest,S1,,,2025-01-01,,\n"
    import_ = bring_file(tmp_path, "employees", back)
    assert account_of(person("P-1")).id not in accounts
    assert guest.employee_id == person("P-2").id
    take_back(import_, cast.adam)
    assert states() == before
    assert set(db.session.scalars(sa.select(Account.id))) == accounts
    assert (guest.employee_id, guest.email) == (None, "guest@example.org")


def test_who_has_no_account_before_and_after_is_not_in_the_way(cast: Cast, tmp_path: Path) -> None:
    gone = f"{COLUMNS}\nP-1,,Olga Gone,N1,,,2020-01-01,2021-01-01,\nP-2,,Jan Gone,N1,,,2020-01-01,2021-01-01,\n"
    bring_file(tmp_path, "employees", gone)
    before = states()
    text = f"{COLUMNS}\nP-1,,Olga Named,N1,,,2020-01-01,2021-01-01,\nP-2,,Jan Back,S1,,,2025-01-01,,\n"
    take_back(bring_file(tmp_path, "employees", text), cast.adam)
    assert states() == before


def test_a_new_persons_account_that_was_there_already_stays(cast: Cast, tmp_path: Path) -> None:
    guest = make_account("guest@example.org", name="Guest")
    import_ = bring_file(tmp_path, "employees", f"{COLUMNS}\nP-1,guest@example.org,Guest,N1,,,2024-01-01,,\n")
    assert guest.employee_id == person("P-1").id
    take_back(import_, cast.adam)
    assert (guest.employee_id, guest.email) == (None, "guest@example.org")


def test_roles_it_gave_to_an_account_that_stays_end(cast: Cast, tmp_path: Path) -> None:
    guest = make_account("guest@example.org", name="Guest")
    import_ = bring_file(tmp_path, "employees", f"{COLUMNS}\nP-1,guest@example.org,Guest,N1,,,2024-01-01,,hr\n")
    assert told(look(import_, cast.adam)) == [
        "People whom the import brought, and who go: 1.",
        "Roles that the import gave, and that end today: 1.",
    ]
    take_back(import_, cast.adam)
    (grant,) = db.session.scalars(sa.select(Grant).where(Grant.account_id == guest.id))
    assert (grant.ends_on, grant.end_reason) == (company_time.today(), "undone")
    assert "role.ended" in acts(cast)


def test_head_counts_follow(cast: Cast, tmp_path: Path) -> None:
    refresh_tree(company_time.today())
    counts = sa.select(HeadCount.unit_id, HeadCount.directly, HeadCount.altogether).order_by(HeadCount.unit_id)
    before = db.session.execute(counts).all()
    import_ = bring_file(tmp_path, "employees", NEW)
    assert db.session.execute(counts).all() != before
    take_back(import_, cast.adam)
    assert db.session.execute(counts).all() == before


def test_an_erased_person_does_not_come_back(cast: Cast, known: Employee, tmp_path: Path) -> None:
    import_ = bring_file(
        tmp_path, "employees", f"{COLUMNS}\nK-1,known@example.org,Changed,N1,,,{LONG_AGO},2024-01-01,\n"
    )
    db.session.execute(sa.delete(ImportWrite).where(ImportWrite.employee_id == known.id))  # as an erasure does
    db.session.commit()
    assert look(import_, cast.adam).refusal is not None
    with pytest.raises(Refused):
        take_back(import_, cast.adam)


def test_the_same_file_can_be_brought_again_and_numbers_are_given_once(cast: Cast, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "employees", NEW)
    first = person("P-1").id
    take_back(import_, cast.adam)
    again = bring_file(tmp_path, "employees", NEW)
    assert again.new_count == 2
    assert person("P-1").id > first


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_who_dies_between_two_steps_and_begins_again_ends_undone(cast: Cast, tmp_path: Path, steps: int) -> None:
    before = everything()
    import_ = bring_file(tmp_path, "employees", NEW)
    seen = fingerprint(look(import_, cast.adam))
    begin_undo(import_, seen=seen, actor_id=cast.adam.id, now=clock.now())
    db.session.commit()
    for _ in islice(undo(import_.id), steps):
        db.session.commit()
    db.session.rollback()
    run_now("imports.undo", import_id=import_.id)
    db.session.expire_all()
    assert everything() == before
    assert (import_.status, import_.undone_count, import_.failure) == (ImportStatus.UNDONE, 2, None)
