"""From a header as somebody wrote it to the ideas it names."""

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache

from app.imports.phrases import PHRASES
from app.imports.stems import STEMS

CAMEL = re.compile(r"(?<=[^\W\dA-ZА-ЯĄĆĘŁŃÓŚŹŻ_])(?=[A-ZА-ЯĄĆĘŁŃÓŚŹŻ])")
FILLER_WORDS = (
    "of the a an for in on at by and or is was your our my this you how are w we na ze i dla przez o u и в на для за у "
    "sup home required optional wymagane"
)
FILLERS = frozenset(FILLER_WORDS.split())
# A preposition says from when or until when only at the end of a header, or before a word for a day.
GRAMMAR = frozenset(("from", "to", "od", "do", "с", "со", "по", "до", "since", "until", "till"))
NUMBERING = re.compile(r"^(?:q|p|pyt|pytanie|question|вопрос|в)?\s?\d+[a-z]?\s(?=\S+ \S)")
# Words that run together with the one before them: storeid, unitcode.
SUFFIXES = "id no nr code name number date from to title key score rating kod nazwa код"
WHOLE_PARTS = frozenset(SUFFIXES.split())
LONGEST_HEADER = 200


def _folded(text: str) -> str:
    """Without case and diacritics. For Unicode the Polish l with a stroke is a letter of its own: it is named here."""
    spelt = text.casefold().replace("ł", "l").replace("№", " no ").replace("%", " percent ").replace("#", " no ")
    plain = unicodedata.normalize("NFKD", spelt)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


FOLDED_STEMS = {_folded(stem): idea for idea, stems in STEMS.items() for stem in stems.split()}
LONG_STEMS = [stem for stem in FOLDED_STEMS if len(stem) >= 6 and not stem.endswith(".")]
FOLDED_PHRASES = [(re.compile(_folded(phrase)), word) for phrase, word in PHRASES.items()]


@lru_cache(maxsize=4096)
def tokens(header: str) -> tuple[str, ...]:
    """The words of a header, folded: no case, no diacritics, no punctuation, `UnitCode` in two, set phrases in one."""
    text = " ".join(re.findall(r"[^\W_]+", _folded(CAMEL.sub(" ", header[:LONGEST_HEADER]))))
    text = NUMBERING.sub("", text)
    for phrase, word in FOLDED_PHRASES:
        text = phrase.sub(word, text)
    return tuple(text.split())


@lru_cache(maxsize=4096)
def ideas(header: str) -> tuple[frozenset[str], int]:
    """The ideas named by a header, and how many of its words name none that we know."""
    words = tokens(header)
    found: frozenset[str] = frozenset()
    strange = 0
    for place, word in enumerate(words):
        if word in GRAMMAR and not _says_when(words[place + 1 :]):
            continue
        named = _named_by(word)
        found |= named
        strange += not named and word not in FILLERS and not any(letter.isdigit() for letter in word)
    # Most words of a question written out as a header say nothing.
    return found, min(strange, 1) if len(words) > 4 else strange


def _says_when(following: tuple[str, ...]) -> bool:
    return all("date" in _named_by(word) for word in following)


@lru_cache(maxsize=4096)
def _named_by(word: str) -> frozenset[str]:
    """`jednostki` is *unit*, `storeid` is *unit* and *code*, and `departmnet` is *unit* too."""
    if whole := FOLDED_STEMS.get(word + "."):
        return frozenset({whole})
    for length in range(len(word), 2, -1):
        if idea := FOLDED_STEMS.get(word[:length]):
            rest = word[length:]
            return frozenset({idea}) | (_named_by(rest) if rest in WHOLE_PARTS else frozenset())
    if len(word) >= 6 and (close := get_close_matches(word[:20], LONG_STEMS, n=1, cutoff=0.87)):
        return frozenset({FOLDED_STEMS[close[0]]})
    return frozenset()
