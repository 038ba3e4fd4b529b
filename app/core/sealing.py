"""Secrets that must be read again: encrypted with a key for their purpose. A copy of the database tells none.

Sealed with the newest key, opened with any that is believed; whoever keeps something sealed can seal it anew.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from secrets import token_bytes
from typing import TYPE_CHECKING

from app.core import keys

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

NONCE = 12


@dataclass(frozen=True)
class Opened:
    text: str
    by_old_key: bool


def seal(text: str, purpose: str) -> str:
    return _box(keys.newest(purpose)).encrypt(text.encode()).decode()


def opened(sealed: str, purpose: str) -> Opened | None:
    """None when it was sealed with a key that is not there: this is a copy elsewhere, or the key was lost."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - large, see `_box`

    for place, key in enumerate(keys.believed(purpose)):
        try:
            return Opened(_box(key).decrypt(sealed.encode()).decode(), by_old_key=place > 0)
        except InvalidToken:
            continue
    return None


def unseal(sealed: str, purpose: str) -> str | None:
    found = opened(sealed, purpose)
    return found.text if found else None


def _box(key: bytes) -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 - large, and few pages ever need it

    return Fernet(urlsafe_b64encode(key))


def seal_for(owner: str, text: str, purpose: str) -> bytes:
    """For a row of this owner: in the row of another it opens nothing."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as in `_box`

    nonce = token_bytes(NONCE)
    return nonce + AESGCM(keys.newest(purpose)).encrypt(nonce, text.encode(), owner.encode())


def opened_for(owner: str, sealed: bytes, purpose: str) -> Opened | None:
    """None when it was sealed for somebody else, with a key that is not there, or was altered."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as in `_box`
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    for place, key in enumerate(keys.believed(purpose)):
        try:
            text = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], owner.encode())
            return Opened(text.decode(), by_old_key=place > 0)
        except (InvalidTag, ValueError):
            continue
    return None
