"""Secrets that must be read again: encrypted with a key for their purpose. A copy of the database tells none."""

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from flask import current_app

from app.core.keys import derive

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def seal(text: str, purpose: str) -> str:
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str | None:
    """None when it was sealed with another key: the key is new, or this is a copy elsewhere."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - large, see `_box`

    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _box(purpose: str) -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 - large, and few pages ever need it

    return Fernet(urlsafe_b64encode(derive(current_app.config["REZONANS"].secret_key, purpose)))
