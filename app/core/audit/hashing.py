"""What is hashed, and how. The migration that chained the first entries has a copy of its own: never change these."""

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

SALT = 16
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: it is asked for each value
BEGINNING = bytes(32)  # what the first entry follows


def commitment(salt: bytes, field: str, before: str | None, after: str | None) -> bytes:
    """Binds the values without holding them: once the salt is gone nobody can try whether a guess fits."""
    return sha256(salt + _canonical([field, before, after])).digest()


def digest(
    facts: tuple[datetime, int | None, str, str, int | None],
    commitments: Iterable[bytes],
) -> bytes:
    """Of one entry: when, who, what, to what; and what was there, by commitments alone, in an order of their own."""
    at, *others = facts
    moment = at.replace(tzinfo=None).isoformat(timespec="microseconds")
    return sha256(_canonical([moment, *others]) + b"".join(sorted(commitments))).digest()


def link(previous: bytes, position: int, entry_id: int, entry_digest: bytes) -> bytes:
    return sha256(previous + _canonical([position, entry_id]) + entry_digest).digest()


def _canonical(parts: list[object]) -> bytes:
    return _encode(parts).encode()
