"""The administrator's page of the mail server."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from app.core import audit, clock, installation, mail, settings
from app.core.audit import AuditValue
from app.core.jobs import due
from app.core.permissions import Role
from app.core.settings import SettingValue
from app.extensions import db
from app.home.queries.health import health
from app.people.actions.telling import tell_owner
from app.people.actions.ways_in import invite_again
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.mailbox import Mailbox, free_port, mailbox, use
from tests.people.entry import run_jobs

WORDS = {
    "host": "mail.example.org",
    "port": "587",
    "security": "starttls",
    "user": "post",
    "password": "open sesame",
    "sender": "post@example.org",
}


@pytest.fixture
def box(cast: Cast) -> Iterator[Mailbox]:
    with mailbox() as box:
        use(box.port)
        yield box


@pytest.fixture
def adam(cast: Cast, browser: Browser) -> Browser:
    return browser.sign_in(cast.adam)


def test_a_server_is_named_and_its_password_never_shown(adam: Browser) -> None:
    assert adam.post("/admin/mail", data=WORDS).status_code == 302
    found = mail.server()
    assert found
    assert (found.host, found.port, found.user, found.password) == ("mail.example.org", 587, "post", "open sesame")
    assert "open sesame" not in adam.get("/admin/mail").text
    assert "A password is stored." in adam.get("/admin/mail").text


def test_neither_table_nor_log_holds_the_password(adam: Browser) -> None:
    for password in ("open sesame", "close sesame"):
        adam.post("/admin/mail", data={**WORDS, "password": password})
    stored = db.session.scalars(sa.select(SettingValue).where(SettingValue.name == "mail_password")).all()
    assert len(stored) == 1, "of earlier passwords nothing is kept"
    assert "sesame" not in str(stored[0].value)
    logged = db.session.execute(sa.select(AuditValue.field, AuditValue.before, AuditValue.after)).all()
    assert ("mail_password", None, "•••") in [tuple(row) for row in logged]
    assert not any("sesame" in str(row) or stored[0].value in str(row) for row in logged)


def test_an_empty_password_keeps_the_stored_one(adam: Browser) -> None:
    adam.post("/admin/mail", data=WORDS)
    assert adam.post("/admin/mail", data={**WORDS, "password": "", "sender": "b@example.org"}).status_code == 302
    found = mail.server()
    assert found
    assert (found.password, found.sender) == ("open sesame", "b@example.org")


@pytest.mark.parametrize("other", [{"host": "evil.example"}, {"user": "else"}, {"port": "25"}])
def test_the_stored_password_goes_to_no_other_server(adam: Browser, other: dict[str, str]) -> None:
    adam.post("/admin/mail", data=WORDS)
    answer = adam.post("/admin/mail", data={**WORDS, "password": "", **other})
    assert answer.status_code == 422
    assert "type the password again" in answer.text
    assert settings.company("mail_host") == "mail.example.org"


def test_without_a_user_the_password_is_forgotten(adam: Browser) -> None:
    adam.post("/admin/mail", data=WORDS)
    adam.post("/admin/mail", data={**WORDS, "user": "", "password": ""})
    assert settings.company("mail_password") == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "mail.example.org\r\nX: y"},
        {"host": "http://mail.example.org"},
        {"port": "0"},
        {"port": "65536"},
        {"port": "smtp"},
        {"security": "some"},
        {"security": "none"},  # with a password, over the open network
        {"sender": "nobody"},
        {"sender": ""},
        {"password": "x" * 257},
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_page(adam: Browser, wrong: dict[str, str]) -> None:
    answer = adam.post("/admin/mail", data={**WORDS, **wrong})
    assert answer.status_code == 422
    assert mail.server() is None
    assert "open sesame" not in answer.text


def test_a_test_message_arrives_and_says_so(adam: Browser, box: Mailbox) -> None:
    adam.post("/admin/mail/test-message")
    assert [letter["To"] for letter in box.letters] == ["adam@example.org"]
    assert "127.0.0.1 has taken the test message to adam@example.org" in adam.get("/admin/mail").text


def test_what_went_wrong_is_a_sentence(adam: Browser) -> None:
    use(free_port())
    adam.post("/admin/mail/test-message")
    assert "127.0.0.1 does not answer on port" in adam.get("/admin/mail").text


def test_the_lock_is_free_while_the_message_is_on_its_way(
    adam: Browser, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(mail, "deliver", lambda *_, **_words: seen.append(db.session.registry().in_transaction()))
    adam.post("/admin/mail/test-message")
    assert seen == [False]


def test_without_a_server_nothing_is_tried(adam: Browser) -> None:
    assert adam.post("/admin/mail/test-message").status_code == 409


def test_the_demo_tries_nothing(adam: Browser, box: Mailbox) -> None:
    db.session.get_one(installation.Installation, 1).kind = installation.InstallationKind.DEMO
    assert "The demo sends no mail" in adam.get("/admin/mail").text
    assert adam.post("/admin/mail/test-message").status_code == 409
    assert not box.letters


def test_what_waits_and_what_was_not_sent_is_said(adam: Browser, cast: Cast, box: Mailbox) -> None:
    assert "Letters that" not in adam.get("/admin/mail").text
    tell_owner(cast.ewa, audit.record("password.changed", "account", cast.ewa.id, actor_id=cast.ewa.id))
    invite_again(cast.marek, clock.now(), actor_id=cast.adam.id)
    box.refuse = "450 later"
    run_jobs()
    page = adam.get("/admin/mail").text
    assert page.count("mailbox refused") == 2
    assert "Letters that wait" in page
    assert "Letters that were not sent" not in page
    box.refuse = "550 never"
    run_jobs()
    page = adam.get("/admin/mail").text
    assert "Letters that wait" not in page
    assert "Notices of a changed password" in page
    assert "Invitations and links" in page
    assert "marek@" not in page


@pytest.mark.parametrize("act", ["test message", "saved"])
def test_who_mends_the_server_need_not_wait(adam: Browser, cast: Cast, box: Mailbox, act: str) -> None:
    use(free_port())
    invite_again(cast.marek, clock.now(), actor_id=cast.adam.id)
    run_jobs()
    use(box.port)
    assert due(clock.now()) == []
    if act == "saved":
        adam.post("/admin/mail", data={**WORDS, "host": "127.0.0.1"})
    else:
        adam.post("/admin/mail/test-message")
    assert len(due(clock.now())) == 1


@pytest.mark.parametrize("path", ["/admin/mail", "/admin/mail/test-message"])
def test_it_needs_the_role_on_the_whole_company(cast: Cast, browser: Browser, path: str) -> None:
    regional = make_account("regional@example.org")
    make_grant(regional, Role.ADMINISTRATOR, cast.north)
    assert browser.sign_in(regional).post(path, data=WORDS).status_code == 409
    assert browser.sign_in(cast.hanna).post(path, data=WORDS).status_code == 403
    assert mail.server() is None


def test_it_needs_sign_in(browser: Browser, cast: Cast) -> None:
    assert browser.post("/admin/mail", data=WORDS).location.startswith("/sign-in")


def said_by_doctor() -> tuple[bool, str]:
    return next((check.is_well, check.sentence) for check in health() if check.name == "mail")


def test_the_doctor_says_whether_mail_works(box: Mailbox) -> None:
    well, sentence = said_by_doctor()
    assert not well, "links would lead to this machine only"
    assert "PUBLIC_URL" in sentence
    use(free_port())
    well, sentence = said_by_doctor()
    assert not well
    assert "unreachable" in sentence
    settings.set_company("mail_host", "", actor_id=None)
    assert said_by_doctor()[0]
