"""Keys for each purpose, derived from the one secret (security.md G1)."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from config import Config

RENEWED = "signing_keys"  # the file in the folder of keys


def create(folder: Path) -> Path:
    """Write a new secret, once; never over an old one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "secret_key"
    with path.open("x") as file:
        path.chmod(0o600)
        file.write(secrets.token_urlsafe(32))
    return path


def rotate(config: Config) -> None:
    """A new key signs; those before it are still believed.

    What is kept in the database, sealed or as a keyed hash, goes on hanging on `secret_key`: it could not be read any
    more, and whoever has stolen that key together with the database has read it already.
    """
    _write(config.keys / RENEWED, [secrets.token_urlsafe(32), *config.signing_keys])


def end_old(config: Config) -> None:
    """Only the newest is believed from now on."""
    _write(config.keys / RENEWED, config.signing_keys[:1])


def _write(path: Path, keys: Iterable[str]) -> None:
    """Whole or not at all: cut short at any line, no key is lost."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{key}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def signing(config: Config, purpose: str) -> list[bytes]:
    """Keys for signatures that may end: the first one signs, all are believed."""
    return [derive(secret, purpose) for secret in config.signing_keys]


def derive(secret: str, purpose: str) -> bytes:
    """HKDF-SHA256 (RFC 5869), one block: extract, then expand for this purpose."""
    extracted = hmac.digest(b"rezonans", secret.encode(), hashlib.sha256)
    return hmac.digest(extracted, purpose.encode() + b"\x01", hashlib.sha256)


def first_run_code(secret: str) -> str:
    """Printed by `flask prepare` for who sets up an empty installation from another machine."""
    return derive(secret, "first run").hex()[:20]
