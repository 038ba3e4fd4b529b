"""Keys for each purpose, derived from the secret of this installation (security.md G1).

The newest secret signs, seals and hashes. Those before it are still believed, until nothing hangs on them any more and
an operator ends them.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from flask import current_app

from config import ERASURE_KEYS, RENEWED_KEYS, SECRET_KEY, Config

ERASURES = "erasures"


def create(folder: Path) -> Path:
    """Write a new secret, once; never over an old one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / SECRET_KEY
    with path.open("x") as file:
        path.chmod(0o600)
        file.write(secrets.token_urlsafe(32))
    return path


def rotate(config: Config) -> None:
    """A new one, before those that are there: one file takes the place of another, so nothing is lost at any line."""
    _write(config.keys / RENEWED_KEYS, [secrets.token_urlsafe(32), config.secret_key, *config.old_keys])


def end_old(config: Config) -> None:
    """Only the newest is believed from now on. Cut short between two files, it is done again and harms nothing.

    What is hashed in the list of erasures cannot be hashed anew: nobody knows the names any more. So the key of that
    one purpose stays, from which no other can be computed.
    """
    ended = [derive(each, ERASURES).hex() for each in config.old_keys]
    _write(config.keys / ERASURE_KEYS, dict.fromkeys([*ended, *config.erasure_keys]))
    _write(config.keys / SECRET_KEY, [config.secret_key])
    (config.keys / RENEWED_KEYS).unlink(missing_ok=True)


def _write(path: Path, keys: Iterable[str]) -> None:
    """Whole or not at all: cut short at any line, no key is lost."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{key}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def newest(purpose: str) -> bytes:
    return derive(_config().secret_key, purpose)


def believed(purpose: str, config: Config | None = None) -> list[bytes]:
    """The newest first."""
    config = config or _config()
    return [derive(secret, purpose) for secret in (config.secret_key, *config.old_keys)]


def of_erasures() -> list[bytes]:
    """All by which somebody was ever erased."""
    return [*believed(ERASURES), *map(bytes.fromhex, _config().erasure_keys)]


def sign(purpose: str, told: bytes, size: int = 32) -> bytes:
    return hmac.digest(newest(purpose), told, hashlib.sha256)[:size]


def is_signed(purpose: str, told: bytes, mark: bytes, size: int = 32) -> bool:
    """With one of the keys that are believed; a mark of another length fits none of them."""
    marks = [hmac.digest(key, told, hashlib.sha256)[:size] for key in believed(purpose)]
    return any(hmac.compare_digest(mark, each) for each in marks)


@lru_cache(maxsize=64)  # signing in asks for six of them
def derive(secret: str, purpose: str) -> bytes:
    """HKDF-SHA256 (RFC 5869), one block: extract, then expand for this purpose."""
    extracted = hmac.digest(b"rezonans", secret.encode(), hashlib.sha256)
    return hmac.digest(extracted, purpose.encode() + b"\x01", hashlib.sha256)


def first_run_code() -> str:
    """Printed by `flask prepare` for who sets up an empty installation from another machine."""
    return newest("first run").hex()[:20]


def _config() -> Config:
    config: Config = current_app.config["REZONANS"]
    return config
