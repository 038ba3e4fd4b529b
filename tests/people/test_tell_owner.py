"""Whoever owns an account is written to when something that opens it changes."""

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.jobs import Job, JobState
from app.extensions import db
from app.people.actions import factors
from app.people.actions.accounts import change_password
from app.people.credentials import factor_codes, passwords
from app.people.models import Account
from tests.cast import Cast
from tests.factories import SEED, make_factor
from tests.mailbox import Mailbox, mailbox, text_of, use
from tests.people.entry import run_jobs

PASSWORD = "eleven purple umbrellas"


def set_up(account: Account, _cast: Cast) -> list[str]:
    return factors.set_up(account, SEED, factor_codes.step_of(clock.now()), clock.now())


def replace(account: Account, cast: Cast) -> list[str]:
    make_factor(account)
    return set_up(account, cast)


def renew_codes(account: Account, _cast: Cast) -> list[str]:
    return factors.renew_codes(account)


def remove(account: Account, _cast: Cast) -> list[str]:
    make_factor(account)
    factors.remove_own(account, clock.now())
    return []


def be_rid_of_it(account: Account, cast: Cast) -> list[str]:
    make_factor(account)
    factors.remove_of(account, cast.adam, "the phone fell into the sea", clock.now())
    return ["the phone fell into the sea"]


def choose_password(account: Account, _cast: Cast) -> list[str]:
    change_password(account, passwords.hash_password(PASSWORD), clock.now())
    return [PASSWORD, str(account.password_hash)]


ACTS = {
    "A second factor was added to your account": set_up,
    "The second factor of your account was replaced": replace,
    "New recovery codes were made for your account": renew_codes,
    "The second factor of your account was removed": remove,
    "Your password for Rezonans was changed": choose_password,
}


def letter_after(cast: Cast, act: object, **chosen: str) -> tuple[str, str]:
    assert callable(act)
    account = cast.ewa
    account.language = chosen.get("language", "en")
    secrets = [*act(account, cast), SEED]
    with mailbox() as box:
        use(box.port)
        assert run_jobs() == [JobState.DONE]
        subject, text = told(box, account)
    for secret in secrets:
        assert secret not in text
    return subject, text


def told(box: Mailbox, account: Account) -> tuple[str, str]:
    (letter,) = box.letters
    assert letter["To"] == account.email
    assert letter["Content-Language"] == account.language
    return str(letter["Subject"]), text_of(letter)


@pytest.mark.parametrize("subject", ACTS)
def test_every_change_is_told_without_a_secret(cast: Cast, subject: str) -> None:
    said, text = letter_after(cast, ACTS[subject])
    assert said == subject
    assert "If it was not you" in text
    assert "administrator did this" not in text


def test_an_administrator_who_did_it_is_said(cast: Cast) -> None:
    said, text = letter_after(cast, be_rid_of_it)
    assert said == "The second factor of your account was removed"
    assert "An administrator did this" in text


@pytest.mark.parametrize(
    ("language", "subject"),
    [("pl", "Usunięto drugi składnik logowania"), ("ru", "Второй фактор вашей учётной записи удалён")],
)
def test_in_the_persons_language(cast: Cast, language: str, subject: str) -> None:
    assert letter_after(cast, remove, language=language)[0] == subject


def test_without_an_address_nothing_is_queued(cast: Cast) -> None:
    cast.ewa.email = None
    set_up(cast.ewa, cast)
    assert not db.session.scalars(sa.select(Job)).all()


def test_the_job_holds_an_id_and_nothing_else(cast: Cast) -> None:
    set_up(cast.ewa, cast)
    (ids,) = db.session.scalars(sa.select(Job.ids))
    assert list(ids) == ["entry_id"]


def test_where_no_mail_is_sent_nothing_happens(cast: Cast) -> None:
    set_up(cast.ewa, cast)
    assert run_jobs() == [JobState.DONE]
