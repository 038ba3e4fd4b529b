"""What a change of the org chart touches in the features above: each declares `EFFECTS`, `create_app` collects them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app


@dataclass(frozen=True)
class Effect:
    """One sentence for the preview. `fact` is the same in every language: by it a preview that has aged is told.

    With `bars_closing` no unit may be closed from that day on: what is published says that it was open.
    """

    sentence: str
    fact: str
    bars_closing: bool = False


@dataclass(frozen=True)
class Change:
    """Units (by id) that change from a day on; `closing` are those that are closed from then on.

    With `until` they are open again from that day on.
    """

    unit_ids: Collection[int]
    closing: Collection[int]
    day: date
    until: date | None = None


EffectsOf = Callable[[Change], Iterable[Effect]]


def bind_effects(app: Any, effects: Iterable[EffectsOf]) -> None:
    app.extensions["effects"] = tuple(effects)


def effects_of(change: Change) -> list[Effect]:
    return [effect for ask in current_app.extensions["effects"] for effect in ask(change)]
