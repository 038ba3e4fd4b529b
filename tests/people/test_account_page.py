"""An administrator's page of an account: sessions ended, a way in sent again, closed and opened."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.sessions import open_session
from app.people.credentials import passwords
from app.people.models import Account, AccountSession, WayIn
from tests.api.caller import caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_grant
from tests.mailbox import Mailbox, mailbox, use
from tests.people.bringing import bring
from tests.people.entry import make_newcomer, make_regional, run_jobs

ACTS = ("sessions/closure", "invitation", "closure", "opening")


@pytest.fixture
def box(cast: Cast) -> Iterator[Mailbox]:
    with mailbox() as box:
        use(box.port)
        yield box


@pytest.fixture
def adam(browser: Browser, cast: Cast) -> Browser:
    return browser.sign_in(cast.adam)


def sessions_of(account: Account) -> list[AccountSession]:
    return list(db.session.scalars(sa.select(AccountSession).where(AccountSession.account_id == account.id)))


def path(account: Account, act: str = "") -> str:
    return f"/admin/accounts/{account.id}{'/' if act else ''}{act}"


def acts_on(account: Account) -> list[str]:
    wanted = sa.select(AuditEntry.action).where(AuditEntry.subject_id == account.id)
    return list(db.session.scalars(wanted.order_by(AuditEntry.id)))


def test_the_page_says_how_things_stand(adam: Browser, cast: Cast) -> None:
    page = adam.get(path(cast.ewa)).text
    assert "ewa@example.org" in page
    assert "has not come in yet" in page
    open_session(cast.ewa, "Firefox, Windows", clock.now())
    cast.ewa.password_hash = "somehow"
    page = adam.get(path(cast.ewa)).text
    assert "Firefox, Windows" in page
    assert "has come in" in page
    adam.most_queries = 13  # whoever holds everything is offered everything
    assert f'href="{path(cast.ewa)}"' in adam.get(f"/people/employees/{cast.ewa.employee_id}").text


def test_a_stolen_session_is_ended_and_the_others_stay(adam: Browser, cast: Cast) -> None:
    thief = Browser(adam.app).sign_in(cast.ewa)
    open_session(cast.ewa, "her own", clock.now())
    stolen = next(row.id for row in sessions_of(cast.ewa) if row.device == "test")
    assert adam.post(path(cast.ewa, f"sessions/{stolen}/closure")).status_code == 302
    assert thief.get("/settings/").location.startswith("/sign-in")
    assert [row.device for row in sessions_of(cast.ewa)] == ["her own"]
    assert adam.post(path(cast.ewa, f"sessions/{stolen}/closure")).status_code == 404, "twice"


def test_no_session_is_ended_by_the_address_of_another_account(adam: Browser, cast: Cast) -> None:
    open_session(cast.marek, "his", clock.now())
    [his] = sessions_of(cast.marek)
    assert adam.post(path(cast.ewa, f"sessions/{his.id}/closure")).status_code == 404
    assert sessions_of(cast.marek)


def test_all_sessions_are_ended_at_once(adam: Browser, cast: Cast) -> None:
    for device in ("one", "two"):
        open_session(cast.ewa, device, clock.now())
    assert adam.post(path(cast.ewa, "sessions/closure")).status_code == 302
    assert "2 sign-ins of this account are ended." in adam.get(f"/admin/accounts/{cast.ewa.id}").text
    assert sessions_of(cast.ewa) == []
    assert sessions_of(cast.adam)
    assert acts_on(cast.ewa)[-1] == "session.ended"


def test_a_way_in_is_sent_again(adam: Browser, cast: Cast, box: Mailbox) -> None:
    adam.post(path(cast.ewa, "invitation"))
    cast.marek.password_hash = "somehow"
    adam.post(path(cast.marek, "invitation"))
    run_jobs()
    assert [(letter["To"], letter["Subject"]) for letter in box.letters] == [
        ("ewa@example.org", "Your way into Rezonans"),
        ("marek@example.org", "A new password for Rezonans"),
    ]
    assert "good until" in adam.get(path(cast.ewa)).text


def test_without_mail_no_way_in_is_sent(adam: Browser, cast: Cast) -> None:
    assert adam.post(path(cast.ewa, "invitation")).status_code == 409
    assert not db.session.scalars(sa.select(WayIn)).all()


def test_an_account_is_closed_and_opened_again(adam: Browser, cast: Cast) -> None:
    cast.ewa.password_hash = passwords.hash_password("seven green bicycles")
    inside = Browser(adam.app).sign_in(cast.ewa)
    for _ in range(2):
        assert adam.post(path(cast.ewa, "closure")).status_code == 302
    assert inside.get("/settings/").status_code == 302
    entering = {"email": "ewa@example.org", "password": "seven green bicycles"}
    assert Browser(adam.app).post("/sign-in", data=entering).status_code == 422
    assert "closed since" in adam.get(path(cast.ewa)).text
    for _ in range(2):
        assert adam.post(path(cast.ewa, "opening")).status_code == 302
    assert Browser(adam.app).post("/sign-in", data=entering).status_code == 302
    closings = [act for act in acts_on(cast.ewa) if act.startswith("account.")]
    assert closings == ["account.closed", "account.opened"], "twice is once"


def test_a_token_of_a_closed_account_is_void_for_good(adam: Browser, cast: Cast) -> None:
    caller = caller_for(adam, cast.ewa)
    assert caller.get("/units").status_code == 200
    for act in ("closure", "opening"):
        adam.post(path(cast.ewa, act))
    assert caller.get("/units").status_code == 401
    assert "token.revoked" in acts_on(cast.ewa)


def test_a_role_that_has_ended_puts_nobody_into_these_hands(browser: Browser, cast: Cast) -> None:
    """He works in the south, and was once trainer in the north."""
    browser.sign_in(make_regional(cast.north))
    grant = make_grant(cast.stranger, Role.TRAINER, cast.north)
    assert browser.get(path(cast.stranger)).status_code == 200
    grant.ends_on = company_time.today()
    db.session.flush()
    assert browser.get(path(cast.stranger)).status_code == 404
    assert browser.get(f"/people/accounts/{cast.stranger.id}/access").status_code == 200, "who gave it sees its history"


@pytest.mark.parametrize("act", ACTS)
def test_nobody_changes_more_rights_or_themselves(browser: Browser, cast: Cast, act: str) -> None:
    """The administrator of a region, to whose people one of the whole company belongs."""
    above = make_newcomer(cast.n1, "K-1")
    make_grant(above, Role.ADMINISTRATOR, cast.company)
    open_session(above, "theirs", clock.now())
    for actor, target in ((make_regional(cast.north), above), (cast.adam, cast.adam)):
        answer = Browser(browser.app).sign_in(actor).post(path(target, act))
        assert answer.status_code == 409
        assert "more rights than theirs" in answer.text
        assert target.disabled_at is None
        assert sessions_of(target)


@pytest.mark.parametrize("act", ["", *ACTS])
def test_a_part_of_the_tree_reaches_no_further(browser: Browser, cast: Cast, act: str) -> None:
    browser.sign_in(make_regional(cast.north))
    ask = browser.post if act else browser.get
    for outside in (cast.stranger, cast.adam):
        assert ask(path(outside, act)).status_code == 404
    assert browser.get(path(cast.ewa)).status_code == 200


@pytest.mark.parametrize("act", ["", *ACTS])
def test_it_needs_the_role_and_sign_in(browser: Browser, cast: Cast, act: str) -> None:
    ask = browser.post if act else browser.get
    assert ask(path(cast.ewa, act)).location.startswith("/sign-in")
    browser.sign_in(cast.hanna)
    assert ask(path(cast.ewa, act)).status_code == 403


def test_leaving_by_an_import_ends_all_sessions(adam: Browser, cast: Cast) -> None:
    inside = Browser(adam.app).sign_in(cast.ewa)
    assert cast.ewa.employee
    today = clock.now().date()
    rows = f"employee_number;name;unit_code;ends_on\n{cast.ewa.employee.number};Ewa;N1;{today}\n"
    assert bring("employees", rows, actor=cast.adam).refusals == []
    assert sessions_of(cast.ewa) == []
    assert inside.get("/settings/").location.startswith("/sign-in")
    assert "has left the company" in adam.get(path(cast.ewa)).text
