"""Names in the order of the alphabet, on both databases alike."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_WORD = 60
# Where a range of words ends that begin alike: no letter stands after this one.
LAST_LETTER = "\U0010ffff"


def alphabetical(name: str) -> tuple[str, str]:
    """Ł stands after L and Ó after O, not after Z: good enough for all three languages without their collations."""
    letters = unicodedata.normalize("NFD", name.casefold().replace("ł", "l\u0335"))
    return "".join(each for each in letters if not unicodedata.combining(each)), letters


def plain(text: str) -> str:
    """Capitals and small letters alike, with marks and without: what lists are sorted by and searches look for."""
    return alphabetical(text)[0]


def words_in(*texts: str | None) -> set[str]:
    """What a search may begin with to find these texts: every word, and every part of one after a sign."""
    return {word[:LONGEST_WORD] for text in texts for word in _parts(plain(text or ""))}


def _parts(text: str) -> Iterable[str]:
    for word in text.split():
        yield word
        yield from (word[sign.end() :] for sign in re.finditer(r"[^\w]+", word) if sign.end() < len(word))
