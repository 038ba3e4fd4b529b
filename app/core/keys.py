"""Keys for each purpose, derived from the one secret (security.md G1)."""

import hashlib
import hmac
import secrets
from pathlib import Path


def create(folder: Path) -> Path:
    """Write a new secret, once; never over an old one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "secret_key"
    with path.open("x") as file:
        path.chmod(0o600)
        file.write(secrets.token_urlsafe(32))
    return path


def derive(secret: str, purpose: str) -> bytes:
    """HKDF-SHA256 (RFC 5869), one block: extract, then expand for this purpose."""
    extracted = hmac.digest(b"rezonans", secret.encode(), hashlib.sha256)
    return hmac.digest(extracted, purpose.encode() + b"\x01", hashlib.sha256)


def first_run_code(secret: str) -> str:
    """Printed by `flask prepare` for who sets up an empty installation from another machine."""
    return derive(secret, "first run").hex()[:20]
