import os
from pathlib import Path

import pytest

from config import ConfigError, from_environment


def environment(folder: Path, **more: str) -> dict[str, str]:
    keys = folder / "keys"
    keys.mkdir(exist_ok=True)
    key = keys / "secret_key"
    if not key.exists():
        key.write_text("x" * 64)
        key.chmod(0o600)
    return {"REZONANS_DATA": str(folder / "data"), "REZONANS_KEYS": str(keys), **more}


def test_sqlite_in_the_data_folder_is_the_default(tmp_path: Path) -> None:
    config = from_environment(environment(tmp_path))
    assert config.database_url == f"sqlite:///{tmp_path / 'data' / 'rezonans.sqlite'}"
    assert config.is_sqlite
    assert not config.is_https


def test_a_plain_postgresql_address_gets_the_driver(tmp_path: Path) -> None:
    config = from_environment(environment(tmp_path, DATABASE_URL="postgresql://host/name"))
    assert config.database_url == "postgresql+psycopg://host/name"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://host/name", "does not speak"),
        ("PUBLIC_URL", "intranet.example.org", "address people type"),
        ("PUBLIC_URL", "https://example.org/some/path", "address people type"),
        ("PROXY_HOPS", "one", "whole number"),
        ("HOST", "0.0.0.0", "without encryption"),
        ("INSECURE_HTTP", "false", "1 \\(yes\\) or 0"),
        ("REDIS_URL", "localhost:6379", "like redis://"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        from_environment(environment(tmp_path, **{name: value}))


@pytest.mark.parametrize("more", [{"PUBLIC_URL": "https://intranet.example.org"}, {"INSECURE_HTTP": "1"}])
def test_the_network_is_opened_on_purpose_only(tmp_path: Path, more: dict[str, str]) -> None:
    assert from_environment(environment(tmp_path, HOST="0.0.0.0", **more)).host == "0.0.0.0"


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    given = environment(tmp_path)
    os.remove(tmp_path / "keys" / "secret_key")
    with pytest.raises(ConfigError, match="is missing"):
        from_environment(given)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    given = environment(tmp_path)
    (tmp_path / "keys" / "secret_key").chmod(0o644)
    with pytest.raises(ConfigError, match="can be read by others"):
        from_environment(given)


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    given = environment(tmp_path)
    (tmp_path / "keys" / "secret_key").write_text("short")
    with pytest.raises(ConfigError, match="too short"):
        from_environment(given)


def test_the_place_of_the_demo_is_told_by_bin_run(tmp_path: Path) -> None:
    assert not from_environment(environment(tmp_path)).is_demo_place
    assert from_environment(environment(tmp_path, REZONANS_DEMO="1")).is_demo_place


def test_a_database_beside_the_one_in_the_data_folder_is_known_as_such(tmp_path: Path) -> None:
    assert not from_environment(environment(tmp_path)).is_database_named
    assert from_environment(environment(tmp_path, DATABASE_URL="postgresql:///other")).is_database_named
