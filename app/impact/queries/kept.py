"""Pages' bodies kept in memory as long as nothing they hang on has changed.

Published figures are frozen and rollups change only when an import appears or goes, so the same question has the same
answer until then. The key holds all that an answer depends on: the stamp of what is stored, the units the reader may
see as they are called today, what the address asks for, the language. Nothing about the reader is kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

import sqlalchemy as sa

from app.extensions import db
from app.imports.models import DataImport
from app.people.models import UnitVersion
from app.results.models import ResultSet, SetStatus

MOST = 256  # bodies; a large one has 60 kB

_bodies: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()

_STAMP = sa.select(
    sa.select(sa.func.max(ResultSet.id)).scalar_subquery(),
    sa.select(sa.func.max(ResultSet.published_at)).scalar_subquery(),
    sa.select(sa.func.count()).where(ResultSet.status == SetStatus.PUBLISHED).scalar_subquery(),
    sa.select(sa.func.max(DataImport.visible_at)).scalar_subquery(),
    sa.select(sa.func.count()).where(DataImport.visible_at.is_not(None)).scalar_subquery(),
    sa.select(sa.func.max(UnitVersion.id)).scalar_subquery(),
    sa.select(sa.func.count()).select_from(UnitVersion).scalar_subquery(),
)


def stamp() -> tuple[Any, ...]:
    """What is stored, in seven small numbers. Read it before what it stands for, never after."""
    return tuple(db.session.execute(_STAMP).one())


def kept(key: Hashable, make: Callable[[], Any]) -> Any:
    with _lock:
        if key in _bodies:
            _bodies.move_to_end(key)
            return _bodies[key]
    made = make()
    with _lock:
        _bodies[key] = made
        while len(_bodies) > MOST:
            _bodies.popitem(last=False)
    return made
