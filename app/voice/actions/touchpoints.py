"""Touchpoints come into being by being named."""

from collections.abc import Iterable

import sqlalchemy as sa

from app.extensions import db
from app.voice.models import Touchpoint


class Touchpoints:
    """Ids by the name written in a file, however it is cased; the first way of writing it becomes its name."""

    def __init__(self) -> None:
        self._ids: dict[str, int] | None = None

    def ids_of(self, names: Iterable[str]) -> dict[str, int | None]:
        """'' stands for none. New ones are made."""
        if self._ids is None:
            self._ids = {code: id_ for code, id_ in db.session.execute(sa.select(Touchpoint.code, Touchpoint.id))}
        found: dict[str, int | None] = {"": None}
        for name in dict.fromkeys(filter(None, names)):
            found[name] = self._ids.get(name.casefold()) or self._make(name)
        return found

    def _make(self, name: str) -> int:
        touchpoint = Touchpoint(code=name.casefold(), name={"en": name})
        db.session.add(touchpoint)
        db.session.flush()
        assert self._ids is not None
        self._ids[touchpoint.code] = touchpoint.id
        return touchpoint.id
