"""Chooses what a customer wrote: a sentence that fits language, mood and touchpoint, sometimes with a tail."""

from collections.abc import Mapping, Sequence
from random import Random
from types import ModuleType
from typing import NamedTuple

from app.demo.story import comments_en, comments_pl, comments_ru

Sentences = Mapping[str, Sequence[str]]

HIGH, MIDDLE, LOW = "high", "middle", "low"


class Bank(NamedTuple):
    """All that is written in one language."""

    days: Sequence[str]
    moods: Mapping[str, Sentences]
    tails: Mapping[str, Sequence[str]]


def _bank(written: ModuleType) -> Bank:
    return Bank(written.DAYS, {HIGH: written.HIGH, MIDDLE: written.MIDDLE, LOW: written.LOW}, written.TAILS)


BANKS = {"pl": _bank(comments_pl), "ru": _bank(comments_ru), "en": _bank(comments_en)}


def comment(language: str, mood: str, topic: str, rng: Random) -> str:
    bank = BANKS[language]
    fitting = bank.moods[mood]
    general = topic not in fitting or rng.random() < 0.25
    text = rng.choice(fitting["any" if general else topic]).format(
        soon=rng.choice((10, 12, 15, 20)),
        minutes=rng.choice((15, 20, 25, 30, 35, 40, 45, 50)),
        days=rng.choice((5, 6, 7, 8, 9, 10, 12, 14)),
        hour=rng.choice((9, 10, 11, 12, 14, 15, 16)),
        day=rng.choice(bank.days),
    )
    # A general sentence is short enough to be its own tail.
    return text if general or rng.random() < 0.6 else f"{text} {rng.choice(bank.tails[mood])}"
