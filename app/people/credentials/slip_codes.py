"""Secrets of ways in: 256 random bits in a link or a QR code, and 80 in a code that can be typed from paper.

The short one is kept under a keyed hash: a copy of the database alone cannot try codes against it.
"""

import hashlib
import hmac
import secrets
from typing import NamedTuple

from app.core import keys

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that could be taken for another
LENGTH, GROUP = 16, 4
_ALIKE = str.maketrans("OIL", "011")


class Minted(NamedTuple):
    token: str
    code: str

    @property
    def token_hash(self) -> bytes:
        return hash_token(self.token)

    @property
    def code_hash(self) -> bytes:
        return code_hashes(self.code)[0]

    @property
    def shown_code(self) -> str:
        return " ".join(self.code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def mint() -> Minted:
    return Minted(secrets.token_urlsafe(32), "".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def typed_code(text: str) -> str | None:
    """As it was meant: spaces, hyphens and small letters do not matter. None when it cannot be one."""
    code = "".join(text.upper().split()).replace("-", "").translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None


def hash_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def code_hashes(code: str) -> list[bytes]:
    """Under the key of today, and under older ones by which slips may have been printed that are still good."""
    return [hmac.digest(key, code.encode(), "sha256") for key in keys.believed("codes on slips")]
