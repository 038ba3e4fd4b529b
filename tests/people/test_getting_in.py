"""The page *Getting people in*: who has no way in, invitations for all of a unit, slips on paper."""

import io
import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import typst

from app.core import clock
from app.core.audit import AuditEntry
from app.core.jobs import Job
from app.core.permissions import Role
from app.core.typesetting import FONTS, MOST_PAGES, NotTypeset
from app.extensions import db
from app.people.models import Account, Assignment, Employee, Unit, WayIn
from app.people.queries.entry import EntryCounts, Newcomer, entry_counts, newcomers
from app.people.wording import slips
from app.people.wording.slips import stack_of
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_employee, make_grant, make_units
from tests.mailbox import Mailbox, free_port, mailbox, use
from tests.people.bringing import bring
from tests.people.entry import make_newcomer, make_regional, run_jobs, slip_for


@pytest.fixture
def box(cast: Cast) -> Iterator[Mailbox]:
    with mailbox() as box:
        use(box.port)
        yield box


@pytest.fixture
def crew(cast: Cast) -> dict[str, Account]:
    """In the south: one with a mailbox, two without, of whom one begins next week; all of the cast are in."""
    for account in cast.everybody().values():
        account.password_hash = "somehow"
    crew = {
        "ola": make_newcomer(cast.s1, "K-1", name="Ola", email="ola@example.org"),
        "jan": make_newcomer(cast.s1, "K-2", name="Jan"),
        "iga": make_newcomer(cast.south, "K-3", name="Iga"),
    }
    soon = db.session.scalars(sa.select(Assignment).where(Assignment.employee_id == crew["iga"].employee_id)).one()
    soon.starts_on = clock.now().date() + timedelta(days=7)
    db.session.flush()
    return crew


def counts(cast: Cast, unit: Unit) -> EntryCounts:
    return entry_counts(cast.adam, [unit.id], clock.now(), clock.now().date())[unit.id]


def test_people_are_counted_by_unit_with_all_below(cast: Cast, crew: dict[str, Account]) -> None:
    assert counts(cast, cast.south) == EntryCounts(4, 1, 0, 1, 2, 0)
    assert counts(cast, cast.company).people == 10
    slip_for(crew["jan"], cast.adam)
    assert counts(cast, cast.south) == EntryCounts(4, 1, 1, 1, 1, 0)
    crew["ola"].disabled_at = clock.now()
    crew["jan"].employee.ends_on = clock.now().date()  # type: ignore[union-attr]
    assert counts(cast, cast.south) == EntryCounts(2, 1, 0, 0, 1, 0), "closed, and gone"


def test_the_page_shows_them(browser: Browser, cast: Cast, crew: dict[str, Account]) -> None:
    page = browser.sign_in(cast.adam).get("/admin/entrance").text
    assert "Getting people in: Firma" in page
    page = browser.get(f"/admin/entrance?unit={cast.south.id}").text
    assert "For all who are not in: 3 slips" in page
    assert "Print 2 slips" in page
    assert "No mail is sent from here yet." in page
    assert "Unit S1" in page
    assert browser.get(f"/admin/entrance?unit={cast.n2.id}").status_code == 200, "nobody works there"
    assert browser.get("/admin/entrance?unit=999999").status_code == 404


def test_a_part_of_the_tree_shows_that_part(browser: Browser, cast: Cast, crew: dict[str, Account]) -> None:
    browser.sign_in(make_regional(cast.south))
    assert "Getting people in: Unit SOUTH" in browser.get("/admin/entrance").text
    assert browser.get(f"/admin/entrance?unit={cast.north.id}").status_code == 404
    for act in ("invitations", "slips"):
        assert browser.post(f"/admin/entrance/{cast.north.id}/{act}").status_code == 404


def test_it_needs_the_role_and_sign_in(browser: Browser, cast: Cast) -> None:
    assert browser.get("/admin/entrance").location.startswith("/sign-in")
    assert browser.sign_in(cast.hanna).get("/admin/entrance").status_code == 403
    assert browser.post(f"/admin/entrance/{cast.n1.id}/slips").status_code == 403


def test_all_with_a_mailbox_are_invited_once(
    browser: Browser, cast: Cast, crew: dict[str, Account], box: Mailbox
) -> None:
    browser.sign_in(cast.adam)
    for _ in range(2):
        assert browser.post(f"/admin/entrance/{cast.company.id}/invitations").status_code == 302
    run_jobs()
    assert [letter["To"] for letter in box.letters] == ["ola@example.org"]
    assert counts(cast, cast.south).waiting == 1


def test_invitations_that_failed_are_said_and_go_again(
    browser: Browser, cast: Cast, crew: dict[str, Account], box: Mailbox
) -> None:
    browser.sign_in(cast.adam)
    box.refuse = "550 no"
    browser.post(f"/admin/entrance/{cast.south.id}/invitations")
    run_jobs()
    assert "1 invitation could not be sent" in browser.get(f"/admin/entrance?unit={cast.south.id}").text
    box.refuse = ""
    browser.post(f"/admin/entrance/{cast.south.id}/invitations")
    run_jobs()
    assert len(box.letters) == 1


def test_invitations_that_wait_for_the_mail_server_are_said(
    browser: Browser, cast: Cast, crew: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(free_port())
    browser.sign_in(cast.adam).post(f"/admin/entrance/{cast.south.id}/invitations")
    run_jobs()
    assert "for the mail server" not in browser.get(f"/admin/entrance?unit={cast.south.id}").text, "a minute is nothing"
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "1 letter waits for the mail server" in browser.get(f"/admin/entrance?unit={cast.south.id}").text
    assert counts(cast, cast.south).waiting == 1, "and nobody is invited twice"


def test_without_a_mail_server_nobody_is_invited(browser: Browser, cast: Cast, crew: dict[str, Account]) -> None:
    assert browser.sign_in(cast.adam).post(f"/admin/entrance/{cast.south.id}/invitations").status_code == 409
    assert not db.session.scalars(sa.select(Job)).all()


def test_slips_are_printed_and_open(browser: Browser, cast: Cast, crew: dict[str, Account]) -> None:
    answer = browser.sign_in(cast.adam).post(f"/admin/entrance/{cast.company.id}/slips", data={"whom": "without"})
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert pages_of(answer.data) == 2, "a sheet for each unit"
    rows = db.session.scalars(sa.select(WayIn)).all()
    assert {row.account_id for row in rows} == {crew["jan"].id, crew["iga"].id}
    acts = db.session.execute(sa.select(AuditEntry.action, AuditEntry.subject_id, AuditEntry.actor_id)).all()
    assert ("slip.printed", crew["jan"].id, cast.adam.id) in [tuple(row) for row in acts]
    assert browser.post(f"/admin/entrance/{cast.company.id}/slips").status_code == 409, "twice: nobody is left"
    assert browser.post(f"/admin/entrance/{cast.company.id}/slips", data={"whom": "all"}).status_code == 200


def pages_of(pdf: bytes) -> int:
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


def test_slips_say_it_in_the_language_of_the_person(cast: Cast, crew: dict[str, Account]) -> None:
    crew["jan"].language, crew["iga"].employee.language = "pl", "ru"  # type: ignore[union-attr]
    people = newcomers(cast.adam, cast.company.id, clock.now(), clock.now().date(), also_waiting=True)
    assert [one.account.name for one in people] == ["Jan", "Ola", "Iga"], "by unit, then by name"
    told = {slip["name"]: slip for sheet in stack_of(people, clock.now()).told["sheets"] for slip in sheet["slips"]}
    assert told["Jan"]["choose"].startswith("Wybierz")
    assert told["Iga"]["choose"].startswith("Выберите")
    assert told["Ola"]["choose"].startswith("Choose")
    assert told["Jan"]["sign_in_name"] == "K-2"
    assert told["Ola"]["sign_in_name"] == "ola@example.org"
    assert told["Jan"]["address"] == "127.0.0.1:8000/enter"


def test_nobody_prints_for_more_rights_or_themselves(browser: Browser, cast: Cast, crew: dict[str, Account]) -> None:
    """An administrator of the south; one of the people there will be administrator of all from next month on."""
    regional = make_regional(cast.south)
    regional.employee = make_employee(cast.s1, name="Regional")
    grant = make_grant(crew["jan"], Role.ADMINISTRATOR, cast.company)
    grant.starts_on = clock.now().date() + timedelta(days=30)
    browser.sign_in(regional).post(f"/admin/entrance/{cast.south.id}/slips", data={"whom": "all"})
    printed = {row.account_id for row in db.session.scalars(sa.select(WayIn))}
    assert printed == {crew["ola"].id, crew["iga"].id}


def test_sheets_that_cannot_be_typeset_leave_nothing(
    browser: Browser, cast: Cast, crew: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise NotTypeset

    monkeypatch.setattr(slips, "typeset", fail)
    answer = browser.sign_in(cast.adam).post(f"/admin/entrance/{cast.company.id}/slips")
    assert answer.status_code == 409
    assert "Nothing was printed" in answer.text
    assert not db.session.scalars(sa.select(WayIn)).all()


def test_the_lock_is_free_while_sheets_are_typeset(
    browser: Browser, cast: Cast, crew: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, real = [], slips.typeset

    def look(*told: object) -> bytes:
        seen.append(db.session.registry().in_transaction())
        return real(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(slips, "typeset", look)
    browser.sign_in(cast.adam).post(f"/admin/entrance/{cast.company.id}/slips")
    assert seen == [False]


def test_words_of_people_are_never_source(cast: Cast) -> None:
    hostile = '#read("/etc/passwd") $x$ "]#import "@preview/x:1.0.0" \\ <a> *b* {{ 1 }} ' + "Ź" * 110
    one = Newcomer(make_newcomer(cast.n1, "K-9", name=hostile), 1, hostile, hostile)
    assert slips.sheets_of(stack_of([one], clock.now())).startswith(b"%PDF")


def test_more_sheets_than_may_be_are_refused_and_not_begun(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "MOST_PAGES", 1)
    for unit in (cast.n1, cast.n2):
        make_newcomer(unit, f"K-{unit.id}")
    answer = browser.sign_in(cast.adam).post(f"/admin/entrance/{cast.company.id}/slips")
    assert answer.status_code == 409
    assert not db.session.scalars(sa.select(WayIn)).all()
    assert MOST_PAGES == 200


def test_900_people_come_in_and_all_slips_are_one_pdf(browser: Browser, cast: Cast) -> None:
    """Imported as an administrator does it, 700 of them without a mailbox, in 40 units."""
    units = make_units({f"B{number}": f"Unit B{number}" for number in range(40)}, cast.south)
    rows = [
        f"{'' if number % 9 > 1 else f'p{number}@example.org'};{10_000 + number};Osoba Łęcka {number};B{number % 40};pl"
        for number in range(900)
    ]
    brought = bring("employees", "\n".join(["email;employee_number;name;unit_code;language", *rows]))
    assert (brought.new, brought.refusals) == (900, [])
    without = sum(1 for row in rows if row.startswith(";"))
    browser.sign_in(cast.adam)
    began = time.monotonic()
    answer = browser.post(f"/admin/entrance/{cast.company.id}/slips", data={"whom": "without"})
    assert answer.status_code == 200
    assert pages_of(answer.data) == sum(-(-_in(rows, number) // 8) for number in range(40))
    assert db.session.scalar(sa.select(sa.func.count(WayIn.id))) == without
    assert time.monotonic() - began < 60
    assert len(units) == 40
    assert db.session.scalar(sa.select(sa.func.count(Employee.id))) == 907


def _in(rows: list[str], number: int) -> int:
    return sum(1 for row in rows if row.startswith(";") and f";B{number};" in row)


def test_a_qr_code_leads_to_its_own_account(cast: Cast) -> None:
    import segno  # noqa: PLC0415

    jan = make_newcomer(cast.n1, "K-1", name="Jan")
    stack = stack_of([Newcomer(jan, 1, "x", "")], clock.now())
    drawn = io.BytesIO()
    url = f"http://127.0.0.1:8000/enter/{stack.slips[0].minted.token}"
    segno.make(url, error="m", micro=False, mask=3).save(drawn, kind="svg", border=0, xmldecl=False)
    assert stack.told["sheets"][0]["slips"][0]["qr"] == drawn.getvalue().decode()


@pytest.mark.parametrize(("plain", "marked"), [("S", "Ś"), ("Z", "Ż"), ("C", "Ć"), ("И", "Й")])
def test_no_stroke_or_dot_is_cut_off_a_name(cast: Cast, plain: str, marked: str) -> None:
    told = stack_of([Newcomer(make_newcomer(cast.n1, "K-1"), 1, "x", "")], clock.now()).told

    def drawn(name: str, unit: str) -> bytes:
        sheet = told["sheets"][0]
        here = {**told, "sheets": [{**sheet, "unit": unit, "slips": [{**sheet["slips"][0], "name": name}]}]}
        asked = {"told": json.dumps(here)}
        made = typst.compile(
            slips.SOURCE.read_bytes(), font_paths=[FONTS], ignore_system_fonts=True, sys_inputs=asked, format="png"
        )
        assert isinstance(made, bytes)
        return made

    bare = drawn(plain, plain)
    assert drawn(marked, plain) != bare
    assert drawn(plain, marked) != bare
