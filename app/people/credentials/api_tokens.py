"""What a token of the API looks like, and how it is kept."""

import hashlib
import zlib

MARK = "rez_"  # by which a token is known where it should not lie: in a repository, in a log
SHORTEST = 40


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def sum_of(secret: str) -> str:
    return f"{zlib.crc32(secret.encode()):08x}"


def is_token(text: str) -> bool:
    """Whether this can be one of ours at all: a mistyped one costs no look into the database."""
    secret, written = text[:-8], text[-8:]
    return text.isascii() and text.startswith(MARK) and len(text) > SHORTEST and written == sum_of(secret)
