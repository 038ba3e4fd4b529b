"""Letters with a way in: minted when they leave, tried again when the server is down, never sent twice."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, installation, mail, restoration, settings
from app.core.audit import AuditEntry, AuditValue
from app.core.jobs import Job, JobState, run, work
from app.core.mail import Delayed, Reason
from app.extensions import db
from app.people.actions.ways_in import ask_for_reset, invite
from app.people.credentials import passwords
from app.people.models import Account, AddressChange, WayIn
from tests.browser_check import Browser
from tests.cast import Cast
from tests.mailbox import Mailbox, free_port, mailbox, text_of, use
from tests.people.bringing import bring
from tests.people.entry import ANSWERS, PASSWORD, link_in, make_newcomer, run_jobs


@pytest.fixture
def box(cast: Cast) -> Iterator[Mailbox]:
    with mailbox() as box:
        use(box.port)
        yield box


@pytest.fixture
def ola(cast: Cast) -> Account:
    ola = make_newcomer(cast.n1, "K-2", name="Ola", email="ola@example.org")
    ola.language = "pl"
    return ola


def test_an_invitation_leads_in(browser: Browser, cast: Cast, box: Mailbox, ola: Account) -> None:
    settings.set_company("company_name", "Firma", actor_id=None)
    assert invite([ola], clock.now(), actor_id=cast.adam.id) == 1
    assert run_jobs() == [JobState.DONE]
    [letter] = box.letters
    assert letter["To"] == "ola@example.org"
    assert "Firma zaprasza" in text_of(letter)
    assert letter["Content-Language"] == "pl"
    assert browser.post(link_in(letter), data=ANSWERS).location == "/"
    assert passwords.matches(ola.password_hash, PASSWORD)
    assert run_jobs() == [], "of a first password nobody needs to be told"


def test_in_a_restored_copy_a_letter_waits_until_somebody_lets_it_go(cast: Cast, box: Mailbox, ola: Account) -> None:
    db.session.add(restoration.Restoration(restored_at=clock.now(), copied_at=clock.now()))
    invite([ola], clock.now(), actor_id=cast.adam.id)
    assert [run_jobs() for _ in range(5)] == [[JobState.WAITING]] * 5, "however long that is"
    assert box.letters == []
    assert db.session.scalars(sa.select(WayIn.token_hash)).one() is None
    restoration.release(cast.adam.id, clock.now())
    assert run_jobs() == [JobState.DONE]
    assert len(box.letters) == 1


def test_neither_job_nor_row_nor_log_holds_what_opens(cast: Cast, box: Mailbox, ola: Account) -> None:
    invite([ola], clock.now(), actor_id=cast.adam.id)
    db.session.commit()
    assert db.session.scalars(sa.select(WayIn.token_hash)).one() is None, "not even a hash before it leaves"
    run_jobs()
    token = link_in(box.letters[0]).removeprefix("/enter/")
    tables = (Job, WayIn, AuditEntry, AuditValue)
    held = str([db.session.execute(sa.select(each.__table__)).all() for each in tables])
    assert token not in held
    assert "ola@example.org" not in str(db.session.execute(sa.select(Job.__table__)).all())


def test_an_invitation_runs_out_after_72_hours(
    browser: Browser, cast: Cast, box: Mailbox, ola: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite([ola], clock.now(), actor_id=cast.adam.id)
    run_jobs()
    friday = clock.now()
    for hours, status in ((71, 200), (73, 410)):
        monkeypatch.setattr(clock, "now", lambda hours=hours: friday + timedelta(hours=hours))
        assert browser.get(link_in(box.letters[0])).status_code == status


def test_a_server_that_is_down_is_tried_again_and_the_letter_comes_once(
    browser: Browser, cast: Cast, box: Mailbox, ola: Account
) -> None:
    use(free_port())
    invite([ola], clock.now(), actor_id=cast.adam.id)
    assert run_jobs() == [JobState.WAITING]
    row = db.session.scalars(sa.select(WayIn)).one()
    assert (row.token_hash, row.sent_at, row.failed_at) == (None, None, None), "what never left opens nothing"
    use(box.port)
    assert run_jobs() == [JobState.DONE]
    assert run_jobs() == []
    run(db.session.scalars(sa.select(Job.id)).one())
    assert len(box.letters) == 1
    assert browser.get(link_in(box.letters[0])).status_code == 200


class Killed(BaseException):
    """As if the process were gone: nothing of ours runs afterwards."""


def test_a_worker_killed_after_sending_leaves_two_letters_that_both_open(
    browser: Browser, cast: Cast, box: Mailbox, ola: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot be known whether the first left, so it stays good; there is a second, and never a third."""
    real = mail.deliver

    def deliver_and_die(*told: object) -> None:
        real(*told)  # type: ignore[arg-type]
        raise Killed

    invite([ola], clock.now(), actor_id=cast.adam.id)
    monkeypatch.setattr(mail, "deliver", deliver_and_die)
    with pytest.raises(Killed):
        run_jobs()
    db.session.rollback()
    monkeypatch.setattr(mail, "deliver", real)
    job = db.session.scalars(sa.select(Job)).one()
    assert job.state is JobState.RUNNING
    for _ in range(2):
        job.leased_until = clock.now() - timedelta(seconds=1)  # its lease is over
        job.state = JobState.RUNNING
        db.session.commit()
        run(job.id)
    assert len(box.letters) == 2
    first, second = map(link_in, box.letters)
    assert browser.get(first).status_code == 200
    assert browser.post(second, data=ANSWERS).status_code == 302
    assert Browser(browser.app).get(first).status_code == 410, "used by its sister"


def test_who_came_in_meanwhile_gets_no_invitation(cast: Cast, box: Mailbox, ola: Account) -> None:
    invite([ola], clock.now(), actor_id=cast.adam.id)
    ola.password_hash = passwords.hash_password(PASSWORD)
    assert run_jobs() == [JobState.DONE]
    assert not box.letters
    assert not db.session.scalars(sa.select(WayIn)).all()


def test_the_demo_sends_none(cast: Cast, box: Mailbox, ola: Account) -> None:
    db.session.get_one(installation.Installation, 1).kind = installation.InstallationKind.DEMO
    invite([ola], clock.now(), actor_id=cast.adam.id)
    run_jobs()
    assert not box.letters


def test_the_lock_is_free_while_a_letter_is_on_its_way(
    cast: Cast, box: Mailbox, ola: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(mail, "deliver", lambda *_: seen.append(db.session.registry().in_transaction()))
    invite([ola], clock.now(), actor_id=cast.adam.id)
    run_jobs()
    assert seen == [False]


def test_a_lease_that_was_lost_sends_nothing(
    cast: Cast, box: Mailbox, ola: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else has the job by now: what this worker minted is never committed, and no letter leaves."""
    invite([ola], clock.now(), actor_id=cast.adam.id)
    db.session.commit()
    monkeypatch.setattr(work, "changed_one", lambda _update: False)
    run_jobs()
    assert not box.letters


class TestNewPassword:
    @pytest.fixture(autouse=True)
    def known(self, cast: Cast) -> None:
        cast.ewa.password_hash = passwords.hash_password("seven green bicycles")

    def ask(self, browser: Browser, name: str) -> tuple[int, str]:
        answer = browser.post("/sign-in/new-password", data={"name": name})
        assert answer.status_code == 302, answer.text
        page = browser.get(answer.location).text
        return answer.status_code, re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page)

    def test_a_link_comes_and_leads_in(self, browser: Browser, cast: Cast, box: Mailbox) -> None:
        self.ask(browser, " Ewa@example.org")
        assert run_jobs() == [JobState.DONE]
        [letter] = box.letters
        only_password = {"new_password": PASSWORD, "repeated": PASSWORD}
        assert browser.post(link_in(letter), data=only_password).location == "/"
        assert passwords.matches(cast.ewa.password_hash, PASSWORD)
        run_jobs()
        assert [each["To"] for each in box.letters] == ["ewa@example.org"] * 2, "and she is told of the new password"

    @pytest.mark.parametrize("name", ["nobody@example.org", "K-999", "marek@example.org", "jan"])
    def test_every_name_gets_the_same_answer(self, browser: Browser, cast: Cast, box: Mailbox, name: str) -> None:
        """Unknown, closed, without a mailbox: the page is the same, byte for byte, and so is the work."""
        cast.marek.disabled_at = clock.now()
        make_newcomer(cast.n1, "jan")
        known, unknown = self.ask(Browser(browser.app), "ewa@example.org"), self.ask(Browser(browser.app), name)
        assert known == unknown
        assert db.session.scalars(sa.select(Job.name)).all() == ["people.send_way_in"] * 2
        run_jobs()
        assert [letter["To"] for letter in box.letters] == ["ewa@example.org"]

    def test_a_mailbox_is_not_filled(self, browser: Browser, cast: Cast, box: Mailbox) -> None:
        statuses = [
            browser.post("/sign-in/new-password", data={"name": "ewa@example.org"}).status_code for _ in range(8)
        ]
        assert statuses == [302] * 5 + [429] * 3
        run_jobs()
        assert len(box.letters) == 1

    def test_at_most_five_a_day(self, cast: Cast, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
        start = clock.now()
        for number in range(8):
            monkeypatch.setattr(clock, "now", lambda number=number: start + timedelta(minutes=6 * number))
            ask_for_reset(cast.ewa, clock.now())
            run_jobs()
        assert len(box.letters) == 5

    def test_asking_does_not_shut_the_owner_out(self, browser: Browser, cast: Cast, box: Mailbox) -> None:
        for _ in range(8):
            browser.post("/sign-in/new-password", data={"name": "ewa@example.org"})
        answer = browser.post("/sign-in", data={"email": "ewa@example.org", "password": "seven green bicycles"})
        assert answer.status_code == 302

    def test_the_link_is_good_for_half_an_hour(
        self, browser: Browser, cast: Cast, box: Mailbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.ask(browser, "ewa@example.org")
        run_jobs()
        later = clock.now() + timedelta(minutes=31)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert browser.get(link_in(box.letters[0])).status_code == 410

    def test_without_a_mail_server_the_page_says_whom_to_ask(self, browser: Browser, cast: Cast) -> None:
        page = browser.get("/sign-in/new-password")
        assert "prints you a slip" in page.text
        assert browser.post("/sign-in/new-password", data={"name": "ewa@example.org"}).status_code == 200
        assert not db.session.scalars(sa.select(WayIn)).all()

    def test_an_empty_name_is_said(self, browser: Browser, cast: Cast, box: Mailbox) -> None:
        assert browser.post("/sign-in/new-password", data={"name": ""}).status_code == 422


def test_both_addresses_are_told_and_the_old_link_is_void(browser: Browser, cast: Cast, box: Mailbox) -> None:
    assert cast.ewa.employee
    number = cast.ewa.employee.number
    ask_for_reset(cast.ewa, clock.now())
    run_jobs()
    rows = f"employee_number;email;name;unit_code\n{number};ewa.new@example.org;Ewa;N1\n"
    assert bring("employees", rows, actor=cast.adam).refusals == []
    assert Browser(browser.app).get(link_in(box.letters[0])).status_code == 410
    run_jobs()
    assert [letter["To"] for letter in box.letters[1:]] == ["ewa@example.org", "ewa.new@example.org"]
    assert "ewa.new" not in text_of(box.letters[1]), "whoever reads the old mailbox need not know the new one"
    assert not db.session.scalars(sa.select(AddressChange)).all(), "the old address is kept no longer"


def test_a_refusal_of_the_server_names_nobody_in_the_job(
    cast: Cast, box: Mailbox, ola: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Delayed(Reason.OTHER)

    monkeypatch.setattr(mail, "deliver", refuse)
    invite([ola], clock.now(), actor_id=cast.adam.id)
    run_jobs()
    assert db.session.scalars(sa.select(Job.failure)).one() == "Delayed: other"
