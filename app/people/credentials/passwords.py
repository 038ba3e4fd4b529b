"""Passwords: long, not decorated (security.md A1). Hashed by argon2id, at most four at once in a process."""

import os
import re
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# A type of its own, so that no password is ever kept where a hash belongs.
PasswordHash = NewType("PasswordHash", str)

SHORTEST, LONGEST = 12, 256
# Rules about what a password is made of stop here: nobody guesses lists of such length.
LONG_ENOUGH = 32
FEWEST_PIECES = 8

AT_ONCE = 4
_LOOKALIKES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "ł": "l"})
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "01234567890",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_REPEATED = re.compile(r"(.{1,8}?)\1+")


@cache
def _hasher(cheap: bool) -> PasswordHasher:
    if cheap:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _current_hasher() -> PasswordHasher:
    return _hasher(bool(current_app.config["TESTING"]))


@cache
def _nobodys(cheap: bool) -> str:
    """What an unknown name is compared with, so that it costs the same as a known one."""
    return _hasher(cheap).hash("nobody signs in with this")


@cache
def _threads() -> ThreadPoolExecutor:
    """Each thread keeps the 19 MiB that it hashes in: of the web server's own all would come to have them."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hash")


os.register_at_fork(after_in_child=_threads.cache_clear)  # a forked process has none of them


def hash_password(password: str) -> PasswordHash:
    """Slow on purpose: never call it while holding the database's write lock."""
    hasher = _current_hasher()
    return PasswordHash(_threads().submit(hasher.hash, password).result())


def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password; as slow for an account that does not exist."""
    known = stored or _nobodys(bool(current_app.config["TESTING"]))
    try:
        _threads().submit(_current_hasher().verify, known, password).result()
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def rehashed(stored: str | None, password: str) -> PasswordHash | None:
    """The hash anew when it was made with other parameters than today's; None when it may stay."""
    if stored is None or not _current_hasher().check_needs_rehash(stored):
        return None
    return hash_password(password)


def fault_of(password: str, own_words: Iterable[str] = ()) -> LazyString | None:
    """What is wrong with a new password, as a sentence; None when it may be taken."""
    if len(password) < SHORTEST:
        return _l("Use at least %(least)s characters: a few words with spaces are easy to remember.", least=SHORTEST)
    if len(password) > LONGEST:
        return _l("Use at most %(most)s characters.", most=LONGEST)
    if len(password) < LONG_ENOUGH and _pieces(password, own_words) < FEWEST_PIECES:
        return _l(
            "This password is easy to guess: it is common, or made of your name, the company's or the product's. "
            "Choose another."
        )
    return None


def _pieces(password: str, own_words: Iterable[str]) -> int:
    """Roughly how many things a guesser must find: a known word, a year, a run of keys is one; so is any other sign."""
    plain = _plain(password)
    words = common_words() | {part for word in own_words for part in re.findall(r"\w{3,}", _plain(word))}
    return min(_count(plain, words), _count(plain.translate(_LOOKALIKES), words))


def _count(text: str, words: Iterable[str]) -> int:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "\0")
    text = _YEAR.sub("\0", text)
    for run in _runs():
        text = text.replace(run, "\0")
    return len(re.sub(r"\s", "", _REPEATED.sub(r"\1", text)))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char)).replace("ł", "l")


@cache
def _runs() -> tuple[str, ...]:
    """Neighbours on the keyboard or in the alphabet, four and more, in both directions; the longest first."""
    lines = [line for row in _ROWS for line in (row, row[::-1])]
    found = {line[start:end] for line in lines for start in range(len(line)) for end in range(start + 4, len(line) + 1)}
    return tuple(sorted(found, key=len, reverse=True))


@cache
def common_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "common_passwords.txt").read_text().splitlines()
    words = (_plain(word) for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(word for word in words if len(word) >= 3)
