"""Answers in words, as surveys print them: "Strongly agree", "Raczej się nie zgadzam", "Очень хорошо".

An answer is read as what it says (for or against) and how strongly, rather than found in a list: there are more ways of
printing five answers than anybody could list.
"""

import re
import unicodedata
from collections.abc import Collection

MIDDLE, STRONG, PLAIN = 3, 2, 1
NUMBERED = re.compile(r"^\d{1,2}\s*[-–—=.:)]\s*")
NO_ANSWER = re.compile(
    r"(do not|don.?t|cannot) (know|say|judge)|no (basis|opinion|answer)|not (applicable|answered)|prefer not|^n/?a$"
    r"|nie (wiem|dotyczy|mam zdania)|trudno powiedziec|brak (odpowiedzi|zdania|danych)|odmow"
    r"|не (знаю|применимо|указано)|затрудн|нет (ответа|мнения|данных)"
)
NEUTRAL = re.compile(
    r"\b(neither|neutral|undecided|average|fair|sometimes|moderate|mixed|ok|okay"
    r"|ani|neutraln|przecietn|srednio|czasami|czasem|niezdecydowan|obojetn|dostateczn"
    r"|ни |неитральн|средне|иногда|удовлетворительно|не определил)"
)
STRONGLY = re.compile(
    r"\b(strongly|very|completely|totally|fully|extremely|definitely|absolutely|always|never|excellent|terrible|awful"
    r"|zdecydowanie|bardzo|calkowicie|w pelni|absolutnie|zawsze|nigdy|doskonal|fataln|swietn"
    r"|полностью|очень|совершенно|абсолютно|определенно|категорически|всегда|никогда|отлично|ужасн)"
)
AGAINST_WORDS = re.compile(
    r"\b(disagree|dissatisf|unsatisf|unlikely|unhappy|poor|bad|difficult|hard|rarely|seldom|never|terrible|awful|no\b"
    r"|niezadowol|niezgod|zle|zly|slab|trudn|rzadko|nigdy|fataln|nie\b"
    r"|недовол|неудовлетвор|несоглас|плох|сложно|трудно|редко|никогда|ужасн|нет\b|не\b)"
)
FOR_WORDS = re.compile(
    r"\b(agree|satisf|likely|happy|good|easy|often|usually|mostly|most of|always|excellent|yes|recommend|pleas"
    r"|zgadzam|zadowol|dobr|dobrze|latwo|latwy|czesto|zwykle|zawsze|doskonal|swietn|tak\b|prawdopodobn|polec"
    r"|соглас|довол|удовлетвор|хорош|легко|часто|обычно|всегда|отлично|да\b|вероятно|рекоменд)"
)
NOT = re.compile(r"\b(not|nie|не)\s")


def read_answers(texts: Collection[str]) -> dict[str, int] | None:
    """From words to a scale from 1 to 5, 5 the best; None where some are not known or two would be the same."""
    found = {text: score_of(text) for text in texts if not is_no_answer(text)}
    scores = [score for score in found.values() if score is not None]
    if len(scores) < len(found) or len(set(scores)) < len(scores) or not scores:
        return None
    return {text: score for text, score in found.items() if score is not None}


def is_no_answer(text: str) -> bool:
    return NO_ANSWER.search(_folded(text)) is not None


def score_of(text: str) -> int | None:
    words = NUMBERED.sub("", _folded(text))
    if NEUTRAL.search(words):
        return MIDDLE
    is_against = AGAINST_WORDS.search(words) is not None
    if not is_against and not FOR_WORDS.search(words):
        return None
    if is_against and NOT.search(words) and not FOR_WORDS.search(words):  # "nie jest źle"
        return None
    strength = STRONG if STRONGLY.search(words) else PLAIN
    return MIDDLE - strength if is_against else MIDDLE + strength


def _folded(text: str) -> str:
    """Without case and marks on letters; й and ё become и and е, as they stand in the patterns above."""
    spelt = " ".join(text.casefold().replace("ł", "l").split())
    plain = unicodedata.normalize("NFKD", spelt)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
