"""`flask keys export` and `flask keys rotate`: keys are kept elsewhere, and what must live on does."""

import stat
import tarfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core.sealing import seal, unseal
from app.people.credentials.browsers import mark_for, remember
from config import Config, ConfigError, from_environment
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
    assert len(config.signing_keys) == 2
    assert stat.S_IMODE((house.folder / "keys" / "signing_keys").stat().st_mode) == 0o600
    new = cookie_of(renewed)
    assert is_believed(renewed, old)
    assert not is_believed(house.app, new), "the new one signs"
    with renewed.app_context():
        assert mark_for(known, 7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(house.app.config, "REZONANS", config)
        assert house.run("keys", "rotate", "--end-old")[0] == 0
    config, ended = restarted(house)
    assert len(config.signing_keys) == 1
    assert is_believed(ended, new)
    assert not is_believed(ended, old)


def test_what_was_sealed_can_always_be_opened(house: House) -> None:
    sealed = seal("open sesame", "a purpose")
    house.run("keys", "rotate")
    _config, renewed = restarted(house)
    with renewed.app_context():
        assert unseal(sealed, "a purpose") == "open sesame"


def test_twice_keeps_all_three(house: House) -> None:
    house.run("keys", "rotate")
    house.app.config["REZONANS"], _ = restarted(house)
    house.run("keys", "rotate")
    config, _ = restarted(house)
    assert len(set(config.signing_keys)) == 3
    assert config.signing_keys[-1] == config.secret_key


def test_keys_that_others_can_read_stop_the_start(house: House) -> None:
    house.run("keys", "rotate")
    (house.folder / "keys" / "signing_keys").chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        restarted(house)
