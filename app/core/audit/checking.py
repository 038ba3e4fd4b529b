"""Is the log as it was written? Reads the whole chain, or its newest part, and says which entries break it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core.audit import hashing
from app.core.audit.models import AuditEntry, AuditHead, AuditLink, AuditValue
from app.core.texts import _
from app.extensions import db

CHUNK = 5000
MOST_FAULTS = 20  # a chain that was rewritten breaks everywhere: the first places say enough


@dataclass(frozen=True)
class Head:
    position: int
    hash: bytes

    def __str__(self) -> str:
        """As the daily line of the log says it, to be compared years later."""
        return f"{self.position}:{self.hash.hex()}"


@dataclass(frozen=True)
class Verdict:
    checked: int
    head: Head
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.faults


def head() -> Head:
    row = db.session.execute(sa.select(AuditHead.position, AuditHead.hash)).one_or_none()
    return Head(row.position, row.hash) if row else Head(0, hashing.BEGINNING)


def verdict(newest: int | None = None, known: Head | None = None) -> Verdict:
    """`newest`: look at so many entries at the end only. `known`: an earlier head, from a log or a backup."""
    end = head()  # first: what is written meanwhile lies behind it
    start = max(0, end.position - newest) if newest else 0
    faults: list[str] = []
    last = Head(start, _hash_at(start) or hashing.BEGINNING)
    for rows in _chunks(start, end.position):
        last = _follow(last, rows, faults)
        if len(faults) >= MOST_FAULTS:
            return Verdict(last.position - start, end, tuple(faults[:MOST_FAULTS]))
    faults += _faults_of_end(last, end, known)
    return Verdict(last.position - start, end, tuple(faults))


def _hash_at(position: int) -> bytes | None:
    return db.session.scalar(sa.select(AuditLink.hash).where(AuditLink.position == position))


def _chunks(start: int, end: int) -> Iterator[Sequence[Any]]:
    for first in range(start, end, CHUNK):
        within = AuditLink.position.between(first + 1, min(first + CHUNK, end))
        facts = sa.select(AuditLink.position, AuditLink.entry_id, AuditLink.hash, AuditEntry.__table__)
        joined = facts.outerjoin(AuditEntry, AuditEntry.id == AuditLink.entry_id)
        yield db.session.execute(joined.where(within).order_by(AuditLink.position)).all()


def _follow(last: Head, rows: Sequence[Any], faults: list[str]) -> Head:
    """From each entry to the next; after a fault it goes on from what is written there, to find the others."""
    told = _values_of([row.entry_id for row in rows])
    for row in rows:
        if row.position != last.position + 1:
            faults.append(
                _("between places %(first)s and %(last)s entries were removed", first=last.position, last=row.position)
            )
        fault = _fault_of(last, row, told[row.entry_id])
        if fault:
            faults.append(
                _("entry %(id)s (place %(place)s): %(fault)s", id=row.entry_id, place=row.position, fault=fault)
            )
        last = Head(row.position, row.hash)
    return last


def _values_of(entry_ids: Sequence[int]) -> dict[int, list[Any]]:
    told: dict[int, list[Any]] = defaultdict(list)
    if entry_ids:
        ends = AuditValue.entry_id.between(min(entry_ids), max(entry_ids))
        for row in db.session.execute(sa.select(AuditValue.__table__).where(ends)):
            told[row.entry_id].append(row)
    return told


def _fault_of(last: Head, row: Any, values: Iterable[Any]) -> str | None:
    if row.id is None:
        return _("it was removed")
    for value in values:
        if value.salt is None:
            if value.before is not None or value.after is not None:
                return _("the erased value of “%(field)s” was written anew", field=value.field)
        elif hashing.commitment(value.salt, value.field, value.before, value.after) != value.commitment:
            return _("the value of “%(field)s” was changed", field=value.field)
    facts = (row.at, row.actor_id, row.action, row.subject_kind, row.subject_id)
    digest = hashing.digest(facts, (value.commitment for value in values))
    if hashing.link(last.hash, row.position, row.entry_id, digest) != row.hash:
        return _("it was changed, moved, or follows one that was")
    return None


def _faults_of_end(last: Head, end: Head, known: Head | None) -> Iterator[str]:
    if last.position < end.position:
        told = {"last": last.position, "once": end.position}
        yield _("the log ends at place %(last)s, and once had %(once)s: its end was cut off", **told)
    elif last.hash != end.hash:
        yield _("its last entry is not the one that was written last")
    linked = sa.select(AuditLink.entry_id).where(AuditLink.entry_id == AuditEntry.id)
    strange = db.session.scalar(sa.select(sa.func.min(AuditEntry.id)).where(~linked.exists()))
    if strange is not None:
        yield _("entry %(id)s was added past the chain", id=strange)
    if known is not None and _hash_at(known.position) != known.hash:
        yield _("at place %(place)s stands another entry than when that head was written down", place=known.position)
