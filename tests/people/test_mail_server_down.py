"""A mail server that is down, says no, or falls silent: nobody's invitation is lost, and none is sent twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, mail
from app.core.jobs import MOST_PUT_OFFS, Job, JobState
from app.extensions import db
from app.home.queries.health import failed_jobs
from app.people.actions.ways_in import ask_for_reset, invite, invite_again
from app.people.models import Account, WayIn
from tests.browser_check import Browser
from tests.cast import Cast
from tests.mailbox import Mailbox, free_port, mailbox, use
from tests.people.entry import link_in, make_newcomer, run_jobs


@pytest.fixture
def box(cast: Cast) -> Iterator[Mailbox]:
    with mailbox() as box:
        use(box.port)
        yield box


@pytest.fixture
def ola(cast: Cast) -> Account:
    return make_newcomer(cast.n1, "K-2", name="Ola", email="ola@example.org")


def test_a_server_that_is_down_for_a_morning_loses_no_invitation(
    browser: Browser, cast: Cast, box: Mailbox, ola: Account
) -> None:
    use(free_port())
    invite([ola], clock.now(), actor_id=cast.adam.id)
    assert [run_jobs() for _ in range(10)] == [[JobState.WAITING]] * 10
    use(box.port)
    assert [run_jobs(), run_jobs()] == [[JobState.DONE], []]
    assert len(box.letters) == 1
    assert browser.get(link_in(box.letters[0])).status_code == 200


def test_a_server_that_stays_down_is_given_up_and_told_once(cast: Cast, ola: Account) -> None:
    use(free_port())
    invite([ola], clock.now(), actor_id=cast.adam.id)
    db.session.execute(sa.update(Job).values(put_offs=MOST_PUT_OFFS - 1))
    assert [run_jobs() for _ in range(3)] == [[JobState.WAITING], [JobState.FAILED], []]
    assert db.session.scalars(sa.select(WayIn)).one().failed_at


@pytest.mark.parametrize("wrong", ["refused", "no address"])
def test_a_mailbox_that_is_not_there_is_not_tried_again(cast: Cast, box: Mailbox, ola: Account, wrong: str) -> None:
    box.refuse = "550 no such user"
    if wrong == "no address":
        ola.email = "ola@example.org\r\nBcc: all@example.org"
    invite([ola], clock.now(), actor_id=cast.adam.id)
    assert run_jobs() == [JobState.FAILED]
    row = db.session.scalars(sa.select(WayIn)).one()
    assert (row.failed_at is not None, row.token_hash) == (True, None)
    assert not box.letters
    assert not db.session.execute(failed_jobs(clock.now())).all(), "the installation is well"


def test_a_server_that_asks_for_patience_has_it(cast: Cast, box: Mailbox, ola: Account) -> None:
    box.refuse = "450 greylisted"
    invite([ola], clock.now(), actor_id=cast.adam.id)
    assert [run_jobs() for _ in range(5)] == [[JobState.WAITING]] * 5
    box.refuse = ""
    assert run_jobs() == [JobState.DONE]
    assert len(box.letters) == 1


def test_a_letter_that_may_have_arrived_is_not_sent_again_and_opens(
    browser: Browser, cast: Cast, box: Mailbox, ola: Account
) -> None:
    box.verdict = ""
    invite([ola], clock.now(), actor_id=cast.adam.id)
    assert run_jobs() == [JobState.FAILED]
    box.verdict = "250 taken"
    assert run_jobs() == []
    [letter] = box.letters
    assert db.session.scalars(sa.select(WayIn)).one().failed_at, "so somebody sees it, and may invite once more"
    assert browser.get(link_in(letter)).status_code == 200


def test_of_several_that_wait_the_last_is_sent(cast: Cast, box: Mailbox, ola: Account) -> None:
    use(free_port())
    for _ in range(3):
        invite_again(ola, clock.now(), actor_id=cast.adam.id)
        run_jobs()
    use(box.port)
    run_jobs()
    assert len(box.letters) == 1
    assert [row.sent_at is not None for row in db.session.scalars(sa.select(WayIn))] == [True]


def test_a_new_password_that_waited_for_hours_is_not_sent(
    cast: Cast, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_for_reset(cast.ewa, clock.now())
    later = clock.now() + timedelta(hours=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert run_jobs() == [JobState.DONE]
    assert not box.letters
    assert not db.session.scalars(sa.select(WayIn)).all()


class Killed(BaseException):
    """As if the process were gone: nothing of ours runs afterwards."""


def test_a_worker_killed_after_sending_and_then_no_server(
    browser: Browser, cast: Cast, box: Mailbox, ola: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second letter waits for the server as any other, and does not get lost behind the first."""
    real = mail.deliver

    def die(*_: object) -> None:
        raise Killed

    invite([ola], clock.now(), actor_id=cast.adam.id)
    monkeypatch.setattr(mail, "deliver", die)
    with pytest.raises(Killed):
        run_jobs()
    db.session.rollback()
    db.session.execute(sa.update(Job).values(state=JobState.WAITING))
    use(free_port())
    monkeypatch.setattr(mail, "deliver", real)
    assert [run_jobs() for _ in range(2)] == [[JobState.WAITING]] * 2
    use(box.port)
    assert run_jobs() == [JobState.DONE]
    [letter] = box.letters
    assert browser.get(link_in(letter)).status_code == 200
