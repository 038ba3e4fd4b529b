"""Coming in by a slip or a link: once, in time, and only while nothing has changed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, installation
from app.core.audit import AuditEntry
from app.extensions import db
from app.people import queries
from app.people.actions.accounts import close_account, open_account
from app.people.actions.sessions import open_session
from app.people.credentials import passwords
from app.people.credentials.slip_codes import LETTERS, mint, typed_code
from app.people.models import Account, AccountSession, WayIn
from tests.browser_check import Browser
from tests.cast import Cast
from tests.people.entry import ANSWERS, PASSWORD, make_newcomer, slip_for


@pytest.fixture
def jan(cast: Cast) -> Account:
    return make_newcomer(cast.n1, "K-1", name="Jan")


def shift(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    later = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: later)


def test_the_code_of_a_slip_leads_in(browser: Browser, cast: Cast, jan: Account) -> None:
    slip = slip_for(jan, cast.adam)
    answer = browser.post("/enter", data={"code": slip.shown_code.lower().replace(" ", "-")})
    assert answer.location == f"/enter/{slip.code}"
    page = browser.get(answer.location)
    assert page.status_code == 200
    assert "Jan, from now on you sign in as K-1." in page.text
    answer = browser.post(answer.location, data={**ANSWERS, "time_zone": "Europe/Lisbon"})
    assert answer.location == "/"
    assert passwords.matches(jan.password_hash, PASSWORD)
    assert (jan.language, jan.time_zone) == ("pl", "Europe/Lisbon")
    assert "K-1" in browser.get("/settings/").text, "signed in"
    browser.post("/sign-out")
    assert browser.post("/sign-in", data={"email": "K-1", "password": PASSWORD}).status_code == 302


def test_its_qr_code_leads_in_too(browser: Browser, cast: Cast, jan: Account) -> None:
    slip = slip_for(jan, cast.adam)
    assert browser.post(f"/enter/{slip.token}", data=ANSWERS).location == "/"
    acts = db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [act for act in acts if act.startswith(("slip", "password"))] == ["slip.printed", "password.chosen"]


def test_looking_changes_nothing(browser: Browser, cast: Cast, jan: Account) -> None:
    slip = slip_for(jan, cast.adam)
    for _ in range(3):
        assert browser.get(f"/enter/{slip.token}").status_code == 200
    assert browser.post(f"/enter/{slip.token}", data=ANSWERS).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"new_password": "short", "repeated": "short"},
        {"repeated": "another password"},
        {"new_password": "K-1K-1K-1K-1", "repeated": "K-1K-1K-1K-1"},
        {"language": "xx"},
        {"time_zone": "Mars/Olympus"},
        {"new_password": "", "repeated": ""},
    ],
)
def test_what_does_not_fit_uses_nothing_up(browser: Browser, cast: Cast, jan: Account, wrong: dict[str, str]) -> None:
    slip = slip_for(jan, cast.adam)
    answer = browser.post(f"/enter/{slip.token}", data={**ANSWERS, **wrong})
    assert answer.status_code == 422
    assert jan.password_hash is None
    assert browser.post(f"/enter/{slip.token}", data=ANSWERS).status_code == 302


def refused(browser: Browser, secret: str, status: int = 410) -> bool:
    stranger = Browser(browser.app)
    shown = stranger.get(f"/enter/{secret}").status_code
    return {shown, stranger.post(f"/enter/{secret}", data=ANSWERS).status_code} == {status}


class TestStolen:
    """Each time the thief comes too late, and the page tells nothing about why."""

    def test_used_twice(self, browser: Browser, cast: Cast, jan: Account) -> None:
        slip = slip_for(jan, cast.adam)
        browser.post(f"/enter/{slip.token}", data=ANSWERS)
        assert refused(browser, slip.token)
        assert refused(browser, slip.code)

    def test_at_the_same_moment(
        self, browser: Browser, cast: Cast, jan: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Both have seen the page; the hash takes its time, and meanwhile the other was quicker."""
        slip, real = slip_for(jan, cast.adam), passwords.hash_password

        def slowly(password: str) -> passwords.PasswordHash:
            monkeypatch.setattr(passwords, "hash_password", real)
            assert Browser(browser.app).post(f"/enter/{slip.token}", data=ANSWERS).status_code == 302
            return real(password)

        monkeypatch.setattr(passwords, "hash_password", slowly)
        late = browser.post(f"/enter/{slip.token}", data={**ANSWERS, "new_password": "a" * 40, "repeated": "a" * 40})
        assert late.status_code == 410
        assert passwords.matches(jan.password_hash, PASSWORD)

    def test_after_the_password_has_changed(self, browser: Browser, cast: Cast, jan: Account) -> None:
        slip = slip_for(jan, cast.adam)
        jan.password_hash = passwords.hash_password("chosen elsewhere meanwhile")
        assert refused(browser, slip.token)

    def test_after_another_way_in_was_used(self, browser: Browser, cast: Cast, jan: Account) -> None:
        first = slip_for(jan, cast.adam)
        second = slip_for(jan, cast.marek)
        assert refused(browser, first.code), "a new slip voids the one before"
        assert browser.post(f"/enter/{second.token}", data=ANSWERS).status_code == 302

    def test_after_the_address_has_changed(self, browser: Browser, cast: Cast, jan: Account) -> None:
        slip = slip_for(jan, cast.adam)
        jan.email = "jan@example.org"
        assert refused(browser, slip.token)

    def test_after_leaving(self, browser: Browser, cast: Cast, jan: Account) -> None:
        slip = slip_for(jan, cast.adam)
        assert jan.employee
        jan.employee.ends_on = clock.now().date()
        assert refused(browser, slip.token)

    def test_after_the_account_was_closed(self, browser: Browser, cast: Cast, jan: Account) -> None:
        slip = slip_for(jan, cast.adam)
        close_account(jan, clock.now(), actor_id=cast.adam.id)
        assert refused(browser, slip.token)
        open_account(jan, actor_id=cast.adam.id)
        assert refused(browser, slip.token), "opened again, it stays void"

    def test_after_seven_days(
        self, browser: Browser, cast: Cast, jan: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slip = slip_for(jan, cast.adam)
        shift(monkeypatch, timedelta(days=6, hours=23))
        assert Browser(browser.app).get(f"/enter/{slip.token}").status_code == 200
        shift(monkeypatch, timedelta(hours=1))
        assert refused(browser, slip.token)

    def test_a_copy_of_the_table_opens_nothing(self, browser: Browser, cast: Cast, jan: Account) -> None:
        slip_for(jan, cast.adam)
        row = db.session.scalars(sa.select(WayIn)).one()
        assert row.token_hash
        assert row.code_hash
        for guess in (row.token_hash.hex(), row.code_hash.hex(), row.token_hash.hex()[:16], "x" * 43, "0" * 16):
            assert refused(browser, guess)


def test_a_clock_that_jumps(browser: Browser, cast: Cast, jan: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Back by more than a little, the slip rests: else it would live for longer than it should. Then it is good."""
    slip, right = slip_for(jan, cast.adam), clock.now()
    for back, status in ((timedelta(minutes=4), 200), (timedelta(hours=1), 410)):
        monkeypatch.setattr(clock, "now", lambda back=back: right - back)
        assert browser.get(f"/enter/{slip.token}").status_code == status
    monkeypatch.setattr(clock, "now", lambda: right)
    assert browser.get(f"/enter/{slip.token}").status_code == 200


def test_a_new_password_ends_every_session_and_whoever_sits_there(browser: Browser, cast: Cast) -> None:
    open_session(cast.ewa, "a thief's phone", clock.now())
    slip = slip_for(cast.ewa, cast.adam)
    browser.sign_in(cast.marek)
    assert browser.post(f"/enter/{slip.token}", data=ANSWERS).status_code == 302
    left = db.session.scalars(sa.select(AccountSession)).all()
    assert [row.account_id for row in left] == [cast.ewa.id], "the manager at this till is signed out too"
    assert left[0].device != "a thief's phone"


def test_the_lock_is_free_while_the_password_is_hashed(
    browser: Browser, cast: Cast, jan: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip, real, seen = slip_for(jan, cast.adam), passwords.hash_password, []

    def hashing(password: str) -> passwords.PasswordHash:
        seen.append(db.session.registry().in_transaction())
        return real(password)

    monkeypatch.setattr(passwords, "hash_password", hashing)
    browser.post(f"/enter/{slip.token}", data=ANSWERS)
    assert seen == [False]


def test_the_owner_is_told_at_the_next_sign_in_once(browser: Browser, cast: Cast) -> None:
    cast.ewa.password_hash = passwords.hash_password("seven green bicycles")
    slip = slip_for(cast.ewa, cast.marek)
    browser.post(f"/enter/{slip.token}", data=ANSWERS)
    assert "Marek printed a slip" not in browser.get("/settings/").text, "whoever uses the slip is not who must know"
    for expected in (True, False):
        browser.post("/sign-out")
        browser.post("/sign-in?lang=en", data={"email": "ewa@example.org", "password": PASSWORD})
        page = browser.get("/settings/?lang=en").text
        assert ("Marek printed a slip" in page) is expected
        assert ("and it was used" in page) is expected


def test_the_owner_is_told_in_their_own_language(browser: Browser, cast: Cast) -> None:
    cast.ewa.password_hash, cast.ewa.language = passwords.hash_password(PASSWORD), "ru"
    slip_for(cast.ewa, cast.marek)
    browser.get("/sign-in", headers={"Accept-Language": "pl"})
    browser.post("/sign-in", data={"email": "ewa@example.org", "password": PASSWORD}, headers={"Accept-Language": "pl"})
    page = browser.get("/settings/", headers={"Accept-Language": "pl"}).text
    assert "Если вы об этом ничего не знаете" in page
    assert "Jeśli nic o tym nie wiesz" not in page


def test_an_account_that_a_slip_opened_rests_from_pulses_for_a_day(
    browser: Browser, cast: Cast, jan: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = slip_for(jan, cast.marek)
    assert not queries.rests_from_pulses(jan, clock.now()), "printed is not used"
    browser.post(f"/enter/{slip.token}", data=ANSWERS)
    assert queries.rests_from_pulses(jan, clock.now())
    assert db.session.scalars(queries.resting_from_pulses(clock.now())).all() == [jan.id]
    assert not queries.rests_from_pulses(jan, clock.now() + timedelta(hours=24, minutes=1))
    assert not queries.rests_from_pulses(cast.ewa, clock.now())


def test_in_the_demo_nobody_chooses_a_password(browser: Browser, cast: Cast, jan: Account) -> None:
    slip = slip_for(jan, cast.adam)
    db.session.get_one(installation.Installation, 1).kind = installation.InstallationKind.DEMO
    assert browser.post(f"/enter/{slip.token}", data=ANSWERS).status_code == 409
    assert jan.password_hash is None


@pytest.mark.parametrize("code", ["", "K7QF", "\0" * 16, "0" * 16, "0000 0000 0000 0000", "ł" * 16, "x" * 61])
def test_a_code_that_opens_nothing_is_said_on_the_page(browser: Browser, cast: Cast, code: str) -> None:
    answer = browser.post("/enter", data={"code": code})
    assert answer.status_code == 422
    assert 'href="/sign-in/help"' in answer.text, "a way forward, that tells a guesser nothing"


@pytest.mark.parametrize("secret", ["x", "%00", "a" * 500, "..", "K7QF2M9X4TBN8WZA"])
def test_nonsense_in_the_address_opens_nothing(browser: Browser, cast: Cast, secret: str) -> None:
    assert browser.get(f"/enter/{secret}").status_code in (404, 410)


def test_codes_are_read_as_they_were_meant() -> None:
    assert typed_code("o123 4567-89ab\tcdel") == "0123456789ABCDE1"
    assert typed_code("UUUU UUUU UUUU UUUU") is None, "no code has that letter"
    minted = {mint() for _ in range(50)}
    assert len({each.code for each in minted} | {each.token for each in minted}) == 100
    assert all(set(each.code) <= set(LETTERS) and len(each.token) == 43 for each in minted)


def test_the_form_needs_its_token(browser: Browser, cast: Cast, jan: Account) -> None:
    slip = slip_for(jan, cast.adam)
    browser.app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert browser.post(f"/enter/{slip.token}", data=ANSWERS).status_code == 400
    finally:
        browser.app.config["WTF_CSRF_ENABLED"] = False
    assert jan.password_hash is None
