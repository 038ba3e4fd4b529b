"""Pages' bodies kept in memory as long as nothing they hang on has changed.

Published figures are frozen, rollups change only when an import appears or goes (or when they are mended), and who
hangs where only when the tree is refreshed; until then the same question has the same answer. The key holds all that an
answer depends on: the stamp of what is stored, the units the reader may see as they are called today, what the address
asks for, the language. Nothing about the reader is kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.extensions import db
from app.imports.models import DataImport
from app.people.models import Reorganisation, Unit, UnitVersion
from app.results.models import ResultSet, SetStatus
from app.voice.models import ROLLUP

# In letters, keys and all: a body has 60,000, but with thousands of units a key alone has as many again.
MOST = 16_000_000

_bodies: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
_lock = Lock()

_HANGS = sa.cast(Unit.id, sa.BigInteger) * Unit.parent_id
_STAMP = sa.select(
    sa.select(sa.func.max(ResultSet.id)).scalar_subquery(),
    sa.select(sa.func.max(ResultSet.published_at)).scalar_subquery(),
    sa.select(sa.func.count()).where(ResultSet.status == SetStatus.PUBLISHED).scalar_subquery(),
    sa.select(sa.func.max(DataImport.visible_at)).scalar_subquery(),
    sa.select(sa.func.count()).where(DataImport.is_visible).scalar_subquery(),
    sa.select(sa.func.max(UnitVersion.id)).scalar_subquery(),
    sa.select(sa.func.count()).select_from(UnitVersion).scalar_subquery(),
    # Versions written long ago take effect at midnight and move a unit; who hangs where is told by two sums.
    sa.select(sa.func.sum(_HANGS)).scalar_subquery(),
    sa.select(sa.func.sum(_HANGS * Unit.parent_id)).scalar_subquery(),
    # A correction changes a version in place; a plan that is withdrawn leaves no version behind.
    sa.select(sa.func.max(Reorganisation.id)).scalar_subquery(),
    sa.select(sa.func.max(Reorganisation.withdrawn_at)).scalar_subquery(),
    sa.select(sa.func.max(AuditEntry.id)).where(AuditEntry.subject_kind == ROLLUP).scalar_subquery(),
)


def stamp() -> tuple[Any, ...]:
    """What is stored, in a dozen small numbers. Read it before what it stands for, never after."""
    return tuple(db.session.execute(_STAMP).one())


def kept(key: Hashable, make: Callable[[], Any]) -> Any:
    with _lock:
        if key in _bodies:
            _bodies.move_to_end(key)
            return _bodies[key][0]
    made = make()
    with _lock:
        _bodies[key] = made, len(repr(key)) + len(repr(made))
        total = sum(length for _, length in _bodies.values())
        while total > MOST:
            total -= _bodies.popitem(last=False)[1][1]
    return made


def forget() -> None:
    with _lock:
        _bodies.clear()
