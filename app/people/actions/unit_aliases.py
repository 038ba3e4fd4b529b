"""Deciding what the words of files mean: remembered with its days, and applied to all rows that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, clock
from app.core.database import held, one_at_a_time
from app.core.errors import Refused
from app.core.jobs import NotYet, enqueue
from app.core.unit_words import UnitWords
from app.extensions import db
from app.imports.actions.late import JUDGING, being_judged, follow_decision
from app.imports.models import DataImport
from app.people.models import UnitAlias


@dataclass(frozen=True)
class Meaning:
    """In files of this kind these words mean this unit on these days; no unit: they are not ours."""

    kind: str
    words: UnitWords
    unit_id: int | None
    starts_on: date | None = None
    ends_on: date | None = None


def decide(meaning: Meaning, *, actor_id: int | None, now: datetime) -> list[tuple[str, DataImport]]:
    """The jobs that this makes (see `follow_decision`); whoever commits sets them to work."""
    one_at_a_time()  # of two who decide about the same words at once, the second sees what the first has said
    there = _decided_before(meaning)
    if [alias.unit_id for alias in there] == [meaning.unit_id]:
        # Said again, or by somebody else meanwhile: rows that came in since then wait no longer.
        return _settle(there[0], actor_id=actor_id, now=now)
    if there:
        raise Refused(
            _l(
                "Somebody has decided already what these words mean on some of these days. Nothing was changed: look "
                "at that decision, and end it first if it is wrong."
            )
        )
    words = meaning.words
    alias = UnitAlias(
        kind=meaning.kind, key=words.key, code=words.code, name=words.name, above=words.above,
        unit_id=meaning.unit_id, starts_on=meaning.starts_on, ends_on=meaning.ends_on,
        decided_at=now, decided_by_id=actor_id,
    )  # fmt: skip
    db.session.add(alias)
    db.session.flush()
    told = {
        "kind": meaning.kind,
        "unit_id": meaning.unit_id,
        "starts_on": meaning.starts_on,
        "ends_on": meaning.ends_on,
    }
    audit.record("unit_alias.decided", "unit_alias", alias.id, actor_id=actor_id, after=told)
    return _settle(alias, actor_id=actor_id, now=now)


def _settle(alias: UnitAlias, *, actor_id: int | None, now: datetime) -> list[tuple[str, DataImport]]:
    # Asked before, for one that ends meanwhile may show its names only to those who look later; and afterwards, for one
    # that somebody was accepting at this moment is held, or being written, by now. What is only now sent to its check
    # hears of it there.
    before = set(being_judged(alias.kind))
    jobs = follow_decision(alias.kind, alias.key, actor_id=actor_id, now=now)
    will_hear = {import_.id for job, import_ in jobs if job == "imports.check"}
    for import_id in sorted((before | set(being_judged(alias.kind))) - will_hear):
        enqueue("people.settle_words", import_id=import_id, alias_id=alias.id)
    return jobs


def settle_words(import_id: int, alias_id: int) -> None:
    """What was decided while this import was checked or written is applied when that has ended, however it has ended:
    by a second check, or to the rows that wait.
    """
    import_, alias = db.session.get(DataImport, import_id), db.session.get(UnitAlias, alias_id)
    if import_ is None or alias is None or alias.ended_at is not None:
        return
    if import_.status in JUDGING:
        raise NotYet
    for job, found in follow_decision(alias.kind, alias.key, actor_id=alias.decided_by_id, now=clock.now()):
        enqueue(job, import_id=found.id)


def _decided_before(meaning: Meaning) -> Sequence[UnitAlias]:
    """What holds on some of these days."""
    same = [UnitAlias.kind == meaning.kind, UnitAlias.key == meaning.words.key, UnitAlias.ended_at.is_(None)]
    if meaning.ends_on is not None:
        same.append(sa.or_(UnitAlias.starts_on.is_(None), UnitAlias.starts_on < meaning.ends_on))
    if meaning.starts_on is not None:
        same.append(sa.or_(UnitAlias.ends_on.is_(None), UnitAlias.ends_on > meaning.starts_on))
    return db.session.scalars(sa.select(UnitAlias).where(*same)).all()


def end(alias: UnitAlias, *, actor_id: int | None, now: datetime) -> None:
    """Files that come from now on are asked about again; rows that came in by it stay."""
    current = held(sa.select(UnitAlias).where(UnitAlias.id == alias.id))
    if current is None or current.ended_at is not None:
        raise Refused(_l("This decision was ended already. Nothing was done twice."))
    current.ended_at, current.ended_by_id = now, actor_id
    audit.record("unit_alias.ended", "unit_alias", current.id, actor_id=actor_id)
