"""Where a cell says nothing, and blank characters that say nothing inside one."""

import re
from functools import lru_cache

# What files write for "nothing here", folded to lower case without full stops, spaces and per cent signs.
MISSING = frozenset(
    {"", "-", "--", "–", "—", "?", "n/d", "n/a", "na", "nd", "nan", "null", "none", "#n/a", "#n/d", "#н/д", "bd", "b/d"}
    | {"notavailable", "notapplicable", "notanswered", "didnotanswer", "noanswer", "nodata", "missing", "unknown"}
    | {"brak", "brakdanych", "brakodpowiedzi", "niedotyczy", "nieudzielonoodpowiedzi", "nieznany", "nieznana"}
    | {"нет", "нетданных", "нетответа", "неприменимо", "неуказано", "неизвестно", "н/д", "отсутствует"}
)
NOTHING = re.compile(r"[\s.%\u200b\ufeff]")
SHORT = 40
SPACES = re.compile(r"[\s\u200b\ufeff]+")


def fold_spaces(text: str) -> str:
    """One ordinary space wherever the file has any run of blank characters, and none at the ends."""
    return SPACES.sub(" ", text).strip()


def is_missing(text: str) -> bool:
    # A million rows ask it of the same few codes and scores; long texts are not worth remembering.
    return _says_nothing(text) if len(text) <= SHORT else _says_nothing.__wrapped__(text)


@lru_cache(4096)
def _says_nothing(text: str) -> bool:
    return NOTHING.sub("", text).casefold() in MISSING
