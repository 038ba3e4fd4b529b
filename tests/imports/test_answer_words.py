"""Answers in words are read as numbers from 1 to 5 in three languages, and what is not known is not guessed."""

import pytest

from app.imports.answer_words import is_no_answer, read_answers

FIVE = [
    "Strongly Agree|Agree|Neither Agree\nnor Disagree|Disagree|Strongly Disagree",
    "Very satisfied|Satisfied|Neither|Dissatisfied|Very dissatisfied",
    "Always|Most of the time|Sometimes|Rarely|Never",
    "1 - Very good|2 - Good|3 - Neither good nor poor|4 - Poor|5 - Very poor",
    "Very likely|Likely|Neutral|Unlikely|Very unlikely",
    "Zdecydowanie się zgadzam|Raczej się zgadzam|Ani tak, ani nie|Raczej się nie zgadzam|Zdecydowanie się nie zgadzam",
    "Zdecydowanie tak|Raczej tak|Ani tak, ani nie|Raczej nie|Zdecydowanie nie",
    "Bardzo zadowolona|Zadowolona|Obojętnie|Niezadowolona|Bardzo niezadowolona",
    "Bardzo dobrze|Dobrze|Przeciętnie|Źle|Bardzo źle",
    "Полностью согласен|Скорее согласен|Нейтрально|Скорее не согласен|Полностью не согласен",
    "Очень доволен|Доволен|Нейтрально|Недоволен|Очень недоволен",
    "Определённо да|Скорее да|Ни да, ни нет|Скорее нет|Определённо нет",
]


@pytest.mark.parametrize("words", FIVE)
def test_the_best_answer_is_five(words: str) -> None:
    answers = words.split("|")
    assert read_answers(answers) == dict(zip(answers, (5, 4, 3, 2, 1), strict=True))


@pytest.mark.parametrize("words", ["Red|Green", "Agree|Yes", "Agree|Purple", "Do not know", ""])
def test_words_that_are_not_known_or_say_the_same_are_not_guessed(words: str) -> None:
    assert read_answers(words.split("|")) is None


@pytest.mark.parametrize("text", ["Do not know", "No Basis to Judge", "Nie wiem", "Trudno powiedzieć", "Не знаю"])
def test_who_has_no_answer_gives_none(text: str) -> None:
    assert is_no_answer(text)
    assert read_answers(["Strongly agree", text]) == {"Strongly agree": 5}
