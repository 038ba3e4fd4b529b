"""`flask keys export` and `flask keys rotate`: keys are kept elsewhere, and what must live on does."""

import os
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core import clock, keys
from app.core.database import writing
from app.core.jobs import in_steps
from app.core.mail import change_server, server
from app.core.sealing import opened_for
from app.extensions import db
from app.keeping.actions.keys import seal_anew
from app.keeping.queries.old_keys import check_old_keys
from app.people.actions.sessions import open_session
from app.people.actions.ways_in import Slip, keep_slips
from app.people.credentials import factor_codes
from app.people.credentials.browsers import mark_for, remember
from app.people.credentials.slip_codes import Minted, mint
from app.people.models import Account, AccountFactor
from app.people.models.way_in import tie_of
from app.people.queries.ways_in import way_in_by
from app.privacy.actions.erasing import all_traces_of, traces_of
from app.privacy.actions.finishing import leave_to_job
from app.privacy.models import Erasure, UnfinishedErasure
from app.privacy.queries.subjects import Subject, of_account
from app.privacy.queries.unfinished import PURPOSE, owner_of
from config import Config, ConfigError, from_environment
from tests.cast import make_cast
from tests.factories import SEED, make_factor
from tests.keeping.company import House


def test_all_keys_are_exported_for_their_owner_alone(house: House, tmp_path: Path) -> None:
    code, said = house.run("keys", "export", str(tmp_path / "keys.tar"))
    assert code == 0, said
    assert stat.S_IMODE((tmp_path / "keys.tar").stat().st_mode) == 0o600
    with tarfile.open(tmp_path / "keys.tar") as archive:
        told = archive.extractfile("secret_key")
        assert told is not None
        assert told.read() == b"k" * 43
        assert {stat.S_IMODE(member.mode) for member in archive} == {0o600}


def test_no_file_is_written_over(house: House, tmp_path: Path) -> None:
    (tmp_path / "keys.tar").write_text("mine")
    assert house.run("keys", "export", str(tmp_path / "keys.tar"))[0] == 1
    assert (tmp_path / "keys.tar").read_text() == "mine"


def test_they_are_not_put_beside_what_they_protect(house: House) -> None:
    code, said = house.run("keys", "export", str(house.data / "keys.tar"))
    assert code == 1
    assert "choose another place" in said
    assert not (house.data / "keys.tar").exists()


def restarted(house: House) -> tuple[Config, Flask]:
    told = {
        "REZONANS_DATA": str(house.data),
        "REZONANS_KEYS": str(house.folder / "keys"),
        "DATABASE_URL": str(house.app.config["SQLALCHEMY_DATABASE_URI"]),
    }
    config = from_environment(told)
    return config, create_app(config)


def cookie_of(app: Flask) -> str:
    client: FlaskClient = app.test_client()
    with client.session_transaction() as session:
        session["told"] = "yes"
    found = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert found is not None
    return found.value


def is_believed(app: Flask, cookie: str) -> bool:
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
    with client.session_transaction() as session:
        return session.get("told") == "yes"


def test_what_was_signed_stays_good_until_the_old_key_ends(house: House) -> None:
    old = cookie_of(house.app)
    known = remember(None, 7)
    assert house.run("keys", "rotate")[0] == 0
    config, renewed = restarted(house)
    assert config.old_keys == ("k" * 43,)
    assert stat.S_IMODE((house.folder / "keys" / "renewed_keys").stat().st_mode) == 0o600
    new = cookie_of(renewed)
    assert is_believed(renewed, old)
    assert not is_believed(house.app, new), "the new one signs"
    with renewed.app_context():
        assert mark_for(known, 7)
    assert ended(house)[0] == 0
    config, after = restarted(house)
    assert not config.old_keys
    assert config.secret_key != "k" * 43
    assert is_believed(after, new)
    assert not is_believed(after, old)


def ended(house: House, *options: str) -> tuple[int, str]:
    """By a process that has begun since the key was renewed."""
    house.app.config["REZONANS"], _ = restarted(house)
    return house.run("keys", "rotate", "--end-old", *options)


@pytest.fixture
def person_id(house: House) -> int:
    """Of somebody with everything that hangs on a key."""
    with writing():
        cast = make_cast()
        make_factor(cast.hanna)
        change_server(SERVER, "open sesame", actor_id=cast.adam.id)
        db.session.commit()
        found = cast.hanna.id
    db.session.rollback()
    return found


SERVER = {
    "mail_host": "127.0.0.1",
    "mail_port": 25,
    "mail_security": "none",
    "mail_user": "us",
    "mail_sender": "us@example.org",
}


def test_what_was_sealed_is_sealed_anew_and_opens_with_the_new_key_alone(house: House, person_id: int) -> None:
    house.run("keys", "rotate")
    house.app.config["REZONANS"], _ = restarted(house)
    assert check_old_keys(clock.now()) == (
        False,
        "Old keys must stay: 2 sealed values hang on them. By night, or now: flask jobs run keeping.seal_anew",
    )
    assert_all_opens(person_id)
    assert house.run("jobs", "run", "keeping.seal_anew")[0] == 0
    assert check_old_keys(clock.now())[1] == (
        "Nothing hangs on the old keys any more. To end them: flask keys rotate --end-old"
    )
    assert ended(house)[0] == 0
    house.app.config["REZONANS"], _ = restarted(house)
    assert_all_opens(person_id)
    assert check_old_keys(clock.now())[1] == "There is one key, and none before it is believed."


def assert_all_opens(account_id: int) -> None:
    db.session.rollback()
    assert factor_codes.unseal(db.session.get_one(AccountFactor, account_id).seed, account_id) == SEED
    found = server()
    assert found is not None
    assert found.password == "open sesame"


def test_the_old_keys_do_not_end_before_all_is_sealed_anew(house: House, person_id: int) -> None:
    """Also when nobody asked for it."""
    house.run("keys", "rotate")
    assert ended(house)[0] == 0
    house.app.config["REZONANS"], _ = restarted(house)
    assert_all_opens(person_id)


def test_a_process_that_was_not_restarted_changes_nothing(house: House, person_id: int) -> None:
    before = db.session.get_one(AccountFactor, person_id).seed
    house.run("keys", "rotate")
    assert house.run("jobs", "run", "keeping.seal_anew")[0] == 0
    assert db.session.get_one(AccountFactor, person_id).seed == before


@pytest.mark.parametrize("file", ["erasure_keys", "secret_key"])
def test_broken_off_while_the_old_ones_end_nothing_is_lost(
    house: House, person_id: int, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """After each file that it writes."""
    house.run("keys", "rotate")
    house.app.config["REZONANS"], _ = restarted(house)
    seal_all_anew()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stopping_after(file))
        with pytest.raises(KeyboardInterrupt):
            keys.end_old(house.app.config["REZONANS"])
    assert (house.folder / "keys" / "renewed_keys").exists()
    house.app.config["REZONANS"], _ = restarted(house)
    assert_all_opens(person_id)
    assert ended(house)[0] == 0
    house.app.config["REZONANS"], _ = restarted(house)
    assert_all_opens(person_id)


def stopping_after(file: str) -> Callable[[Path, Path], None]:
    replace = os.replace

    def replaced(draft: Path, goal: Path) -> None:
        replace(draft, goal)
        if goal.name == file:
            raise KeyboardInterrupt

    return replaced


def seal_all_anew() -> None:
    with writing():
        in_steps(seal_anew())
        db.session.commit()


def test_slips_and_sign_ins_hold_the_old_key_until_they_end_or_it_was_stolen(house: House, person_id: int) -> None:
    minted = printed_slip(person_id)
    house.run("keys", "rotate")
    code, said = ended(house)
    assert code == 1
    assert "1 printed slip, 1 sign-in. Nothing was ended." in said
    assert way_in_by(minted.code, clock.now()) is not None
    assert ended(house, "--at-once")[0] == 0
    house.app.config["REZONANS"], _ = restarted(house)
    assert way_in_by(minted.code, clock.now()) is None
    assert way_in_by(minted.token, clock.now()) is not None, "what is printed in full hangs on no key"


def printed_slip(account_id: int) -> Minted:
    with writing():
        account, now = db.session.get_one(Account, account_id), clock.now()
        slip = Slip(account_id, tie_of(account), mint())
        keep_slips([slip], now, actor_id=account_id)
        open_session(account, "a browser", now)
        db.session.commit()
    return slip.minted


def test_whoever_was_erased_is_known_again_under_every_key(house: House, person_id: int) -> None:
    told = traces_of(subject(person_id))
    house.run("keys", "rotate")
    house.app.config["REZONANS"], _ = restarted(house)
    assert told in all_traces_of(subject(person_id))
    assert traces_of(subject(person_id)) != told
    assert ended(house)[0] == 0
    house.app.config["REZONANS"], _ = restarted(house)
    assert told in all_traces_of(subject(person_id))


def test_the_words_of_an_erasure_that_is_not_finished_are_sealed_anew(house: House, person_id: int) -> None:
    """Else the name would stay where it was written meanwhile, and nobody would know it any more."""
    with writing():
        row = Erasure(account_id=person_id, erased_at=clock.now(), traces={})
        db.session.add(row)
        db.session.flush()
        leave_to_job(row, ["Hanna Written"], [], clock.now())
        db.session.commit()
    erasure_id = row.id
    house.run("keys", "rotate")
    house.app.config["REZONANS"], _ = restarted(house)
    assert "3 sealed values hang on them" in check_old_keys(clock.now())[1]
    assert ended(house)[0] == 0
    house.app.config["REZONANS"], _ = restarted(house)
    db.session.rollback()
    sealed = db.session.scalars(sa.select(UnfinishedErasure.sealed)).one()
    found = opened_for(owner_of(erasure_id), sealed, PURPOSE)
    assert found is not None
    assert "Hanna Written" in found.text


def subject(account_id: int) -> Subject:
    return of_account(db.session.get_one(Account, account_id))


def test_twice_keeps_all_three(house: House) -> None:
    for _time in range(2):
        house.run("keys", "rotate")
        house.app.config["REZONANS"], _app = restarted(house)
    config, _app = restarted(house)
    assert len({config.secret_key, *config.old_keys}) == 3
    assert config.old_keys[-1] == "k" * 43


def test_keys_that_others_can_read_stop_the_start(house: House) -> None:
    house.run("keys", "rotate")
    (house.folder / "keys" / "renewed_keys").chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        restarted(house)
