"""Where a cell says nothing, and blank characters that say nothing inside one."""

import re

# What files write for "nothing here", folded to lower case without full stops, spaces and per cent signs.
MISSING = frozenset(
    {"", "-", "--", "–", "—", "?", "n/d", "n/a", "na", "nd", "nan", "null", "none", "#n/a", "#n/d", "#н/д", "bd", "b/d"}
    | {"notavailable", "notapplicable", "notanswered", "didnotanswer", "noanswer", "nodata", "missing", "unknown"}
    | {"brak", "brakdanych", "brakodpowiedzi", "niedotyczy", "nieudzielonoodpowiedzi", "nieznany", "nieznana"}
    | {"нет", "нетданных", "нетответа", "неприменимо", "неуказано", "неизвестно", "н/д", "отсутствует"}
)
SPACES = re.compile(r"[\s\u200b\ufeff]+")


def fold_spaces(text: str) -> str:
    """One ordinary space wherever the file has any run of blank characters, and none at the ends."""
    return SPACES.sub(" ", text).strip()


def is_missing(text: str) -> bool:
    return re.sub(r"[\s.%\u200b\ufeff]", "", text).casefold() in MISSING
