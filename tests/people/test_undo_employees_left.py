"""An import of people is taken back: what has come since stays, and is listed with the reason."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.audit import AuditEntry
from app.core.errors import Refused
from app.core.jobs import run_now
from app.core.permissions import Role
from app.extensions import db
from app.imports.actions.undoing import begin_undo, fingerprint
from app.imports.models import ImportStatus
from app.people.actions.sessions import open_session
from app.people.actions.tree import refresh_tree
from app.people.models import (
    Employee,
    Grant,
    Leave,
    LeaveKind,
)
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import LONG_AGO, make_account, make_grant, make_unit
from tests.people.taking_back import COLUMNS, NEW, account_of, bring_file, known, left, look, person, take_back

__all__ = ["known"]
FREE = "P-3,,Anna Free,N1,,,2024-01-01,,"  # on whom nothing hangs


def is_here(number: str) -> bool:
    return db.session.scalar(sa.select(Employee.id).where(Employee.number == number)) is not None


def test_what_was_changed_since_is_left_and_listed(cast: Cast, known: Employee, tmp_path: Path) -> None:
    text = f"{COLUMNS}\nK-1,known@example.org,Changed Name,N1,,,{LONG_AGO},,\n{NEW.strip().splitlines()[1]}\n"
    import_ = bring_file(tmp_path, "employees", text)
    bring_file(tmp_path, "employees", f"{COLUMNS}\nK-1,known@example.org,Again Another,N1,,,{LONG_AGO},,\n")
    assert left(look(import_, cast.adam)) == [(2, "Again Another (K-1)", "It has been changed since the import.")]
    take_back(import_, cast.adam)
    assert person("K-1").name == "Again Another"
    assert not is_here("P-1")
    assert [each.what for each in import_.left_things] == ["Again Another (K-1)"]


def _sign_in(cast: Cast) -> str:
    open_session(account_of(person("P-2")), "Firefox", clock.now())
    return "A way in was given since then, or somebody has signed in with it."


def _give_role(cast: Cast) -> str:
    make_grant(account_of(person("P-2")), Role.HR, cast.n1)
    return "Roles or deputies hang on this account since then."


def _record_leave(cast: Cast) -> str:
    day = company_time.today()
    leave = Leave(employee_id=person("P-2").id, kind=LeaveKind.OTHER, starts_on=day, recorded_at=clock.now())
    db.session.add(leave)
    return "Leave or working days of this person have been recorded since then."


def _close_account(cast: Cast) -> str:
    account_of(person("P-2")).disabled_at = clock.now()
    return "It has been changed since the import."


def _act(cast: Cast) -> str:
    entry = AuditEntry(at=clock.now(), actor_id=account_of(person("P-2")).id, action="x", subject_kind="unit")
    db.session.add(entry)
    return "This account has done something here since then."


@pytest.mark.parametrize("since", [_sign_in, _give_role, _record_leave, _close_account, _act])
def test_who_has_something_since_stays_with_the_one_who_leads_them(cast: Cast, tmp_path: Path, since: Any) -> None:
    import_ = bring_file(tmp_path, "employees", f"{NEW}{FREE}")
    why = since(cast)
    db.session.commit()
    assert left(look(import_, cast.adam)) == [
        (2, "Olga New (P-1)", "People who stay have this person as their line manager."),
        (3, "Ivan New (P-2)", why),
    ]
    take_back(import_, cast.adam)
    assert {person("P-1").name, person("P-2").name} == {"Olga New", "Ivan New"}
    assert import_.undone_count == 1
    assert not is_here("P-3")


def test_whom_somebody_else_is_led_by_stays(cast: Cast, known: Employee, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "employees", NEW)
    known.assignments[0].line_manager_id = person("P-1").id
    db.session.commit()
    assert [(line, why) for line, _, why in left(look(import_, cast.adam))] == [
        (2, "People who stay have this person as their line manager.")
    ]


def test_an_address_that_is_another_ones_now_is_not_given_back(cast: Cast, known: Employee, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "employees", f"{COLUMNS}\nK-1,fresh@example.org,Known Person,N1,,,{LONG_AGO},,\n")
    make_account("known@example.org", name="Guest")
    db.session.commit()
    assert [why for _, _, why in left(look(import_, cast.adam))] == [
        "What it was known by before (its code, number or address) belongs to another one now."
    ]


def test_a_unit_that_is_closed_since_takes_nobody_back(cast: Cast, known: Employee, tmp_path: Path) -> None:
    known.assignments[0].unit = make_unit("Z1", cast.north)
    db.session.flush()
    refresh_tree(company_time.today())
    rows = f"{COLUMNS}\nK-1,known@example.org,Known Person,S1,,,2024-05-01,,\n{FREE}\n"
    import_ = bring_file(tmp_path, "employees", rows)
    closed = bring_file(tmp_path, "units", f"code,name,valid_from,valid_to\nZ1,Unit Z1,{LONG_AGO},2025-01-01\n")
    assert closed.changed_count == 1
    assert left(look(import_, cast.adam)) == [
        (2, "Known Person (K-1)", "The unit of before is not open on all of these days.")
    ]
    take_back(import_, cast.adam)
    assert person("K-1").assignments[-1].unit_id == cast.s1.id
    assert not is_here("P-3")


def test_an_import_of_which_all_stays_is_not_called_undone(cast: Cast, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "employees", NEW)
    _sign_in(cast)
    db.session.commit()
    with pytest.raises(Refused, match="Nothing was undone"):
        take_back(import_, cast.adam)
    assert import_.status is ImportStatus.DONE


def test_nor_where_all_has_changed_between_the_button_and_the_job(cast: Cast, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "employees", NEW)
    seen = fingerprint(look(import_, cast.adam))
    begin_undo(import_, seen=seen, actor_id=cast.adam.id, now=clock.now())
    _sign_in(cast)
    db.session.commit()
    run_now("imports.undo", import_id=import_.id)
    db.session.expire_all()
    assert (import_.status, import_.left_count) == (ImportStatus.DONE, 0)
    assert "Nothing was undone" in str(import_.failure)


def test_who_holds_the_right_on_a_part_only_leaves_the_rest(cast: Cast, known: Employee, tmp_path: Path) -> None:
    text = f"{NEW}K-1,known@example.org,Known Person,S1,,,2024-05-01,,\n"
    import_ = bring_file(tmp_path, "employees", text)
    hr = make_account("north.hr@example.org")
    make_grant(hr, Role.HR, cast.north)
    why = {line: why for line, _, why in left(look(import_, hr))}
    assert why[4] == "This person works, or worked, outside the units for which you may bring people."
    admin = make_account("north.admin@example.org")
    make_grant(admin, Role.ADMINISTRATOR, cast.north)
    assert left(look(import_, admin))[-1][0] == 4


def test_the_company_is_not_left_without_an_administrator(cast: Cast, known: Employee, tmp_path: Path) -> None:
    root = f"{COLUMNS}\nK-1,known@example.org,Known Person,N1,,,{LONG_AGO},,administrator@{cast.company.code}\n"
    import_ = bring_file(tmp_path, "employees", root)
    others = sa.update(Grant).where(Grant.role == Role.ADMINISTRATOR, Grant.account_id == cast.adam.id)
    db.session.execute(others.values(ends_on=company_time.today() + timedelta(days=10)))
    db.session.commit()
    assert look(import_, cast.adam).count == 1
    take_back(import_, cast.adam)
    assert import_.status is ImportStatus.DONE
    assert "without an administrator" in str(import_.failure)
    (grant,) = db.session.scalars(sa.select(Grant).where(Grant.account_id == account_of(known).id))
    assert grant.ends_on is None


def test_the_page_says_it_in_words(cast: Cast, known: Employee, tmp_path: Path, browser: Browser) -> None:
    import_ = bring_file(tmp_path, "employees", NEW.replace("Ivan New", "<script>alert(1)</script>%(x)s"))
    _give_role(cast)
    db.session.commit()
    browser.most_queries = 40  # it asks all tables whether something hangs on a person
    page = browser.sign_in(cast.adam).get(f"/imports/{import_.id}/undo")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "Roles or deputies hang on this account since then." in page.text
