"""Rows that waited, and whose unit somebody has decided: brought in by the loader of their kind.

They come as a follower of their import: rows of its own id, seen with one flip, discarded when the worker dies. Which
rows it has taken is written with what it wrote, so that each comes in once.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.apart import Apart, Waits
from app.core.database import held
from app.core.imports import Accepted, Discarding, Outcome, Refusal
from app.core.jobs import NotYet, end_turn, take_turn
from app.core.rows import Row
from app.extensions import db
from app.imports.actions.apart import AT_ONCE
from app.imports.actions.steps import Judgement, primed
from app.imports.models import DataImport, ImportStatus, WaitingName, WaitingRow

Change = TypeVar("Change", sa.Update, sa.Delete)
JUDGING = (ImportStatus.CHECKING, ImportStatus.LOADING)
Decided = dict[int, datetime]  # names, and when it was decided about them


class LateJudgement(Judgement):
    """The rows come from the table in which they wait."""

    def __init__(self, follower: DataImport, names: Collection[int]) -> None:
        super().__init__(follower, clock.now())
        self._names, self._follower_id = sorted(names), follower.id
        self._empty = {column.name: "" for column in self._kind.columns} | self._mapping.constants
        self._handed_out: dict[int, int] = {}  # by line
        self._done: list[int] = []
        self.still_waiting = 0

    def __iter__(self) -> Iterator[Accepted | Refusal | Apart]:
        for each in super().__iter__():
            row_id = self._handed_out.pop(each.line if isinstance(each, Accepted | Refusal) else each.row.line)
            if not isinstance(each, Waits):
                self._done.append(row_id)
            yield each

    def _rows(self) -> Iterator[Row]:
        last, columns = 0, (WaitingRow.id, WaitingRow.line, WaitingRow.values)
        waiting = sa.select(*columns).where(WaitingRow.name_id.in_(self._names), WaitingRow.taken_by_id.is_(None))
        while some := db.session.execute(
            waiting.where(WaitingRow.id > last).order_by(WaitingRow.id).limit(AT_ONCE)
        ).all():
            for last, line, values in some:
                self._handed_out[line] = last
                self.counts.rows += 1
                yield Row(line, {**self._empty, **values})

    def _set_apart(self, found: Apart) -> None:
        """On its day the words mean nothing yet: it waits as before. Or it is not ours after all."""
        if isinstance(found, Waits):
            self.still_waiting += 1
        else:
            self.counts.left_out += 1

    def save(self) -> None:
        super().save()
        done, self._done = self._done, []
        for start in range(0, len(done), AT_ONCE):
            some = WaitingRow.id.in_(done[start : start + AT_ONCE])
            db.session.execute(_quietly(sa.update(WaitingRow).where(some).values(taken_by_id=self._follower_id)))


def follow_decision(kind: str, key: str, *, actor_id: int | None, now: datetime) -> list[tuple[str, DataImport]]:
    """Somebody has decided what these words mean: the jobs that this makes, each with the import it is for.

    Where the rows of an import wait, they are to come in; where nobody has accepted it yet, it is checked again.
    """
    jobs: list[tuple[str, DataImport]] = []
    waiting = sa.select(WaitingName.import_id).where(WaitingName.key == key, WaitingName.row_count > 0)
    found = sa.select(DataImport.id).where(DataImport.kind == kind, DataImport.id.in_(waiting))
    for import_id in db.session.scalars(found.order_by(DataImport.id)).all():
        # Held: somebody may be accepting it at this moment, or it may be at its end.
        import_ = held(sa.select(DataImport).where(DataImport.id == import_id))
        if import_ is None:
            continue
        if import_.status is ImportStatus.DONE:
            same = WaitingName.import_id == import_.id, WaitingName.key == key, WaitingName.row_count > 0
            decided = sa.update(WaitingName).where(*same).values(decided_at=now, decided_by_id=actor_id)
            db.session.execute(_quietly(decided))
            jobs.append(("imports.bring_in", import_))
        elif import_.status is ImportStatus.CHECKED:
            import_.status = ImportStatus.CHECKING
            jobs.append(("imports.check", import_))
    return jobs


def being_judged(kind: str) -> Sequence[int]:
    """Imports that are checked or written, were begun before what is decided now, and whose rows may come to wait."""
    judged = sa.select(DataImport.id).where(
        DataImport.kind == kind, DataImport.status.in_(JUDGING), DataImport.follows_id.is_(None)
    )
    return db.session.scalars(judged).all()


def bring_in(import_id: int) -> Iterator[None]:
    """All that is decided of what waits in this import; the edge commits at each step.

    Two decisions make two jobs, and so do two clicks: one of them brings in, and hears of the other's too.
    """
    yield from _clear(import_id)
    while (follower := _follower_of(import_id)) is not None:
        yield
        yield from _load(import_id, follower)
        yield from _clear(import_id)


def _follower_of(import_id: int) -> DataImport | None:
    """The one that was cut short, with what it has taken given back; else a new one, for what somebody has decided."""
    first = held(sa.select(DataImport).where(DataImport.id == import_id))
    if first is None or first.status is not ImportStatus.DONE:
        return None
    take_turn(_turn(import_id))  # or a follower that is being written would be taken for one that was cut short
    mine = DataImport.follows_id == import_id, DataImport.status == ImportStatus.LOADING
    cut_short = db.session.scalar(sa.select(DataImport).where(*mine))
    if cut_short is not None:
        _give_back(import_id, cut_short.id)
        return cut_short
    decided = sa.select(WaitingName).where(WaitingName.import_id == import_id, WaitingName.decided_at.is_not(None))
    name = db.session.scalar(decided.order_by(WaitingName.decided_at, WaitingName.id).limit(1))
    if name is None:
        end_turn(_turn(import_id))
        return None
    return _begin(first, name.decided_by_id)


def _turn(import_id: int) -> str:
    return f"imports.bring_in {import_id}"


def _begin(first: DataImport, actor_id: int | None) -> DataImport:
    """By the rights of whoever decided: it is they who say where the rows belong."""
    now = clock.now()
    follower = DataImport(
        kind=first.kind, status=ImportStatus.LOADING, file_name=first.file_name, digest=first.digest,
        mapping=first.mapping, created_at=first.created_at, created_by_id=first.created_by_id,
        accepted_at=now, accepted_by_id=actor_id, load_started_at=now, follows_id=first.id,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(follower)
            db.session.flush()
    except IntegrityError as error:
        raise NotYet from error  # another import of this kind is being written
    return follower


def _load(import_id: int, follower: DataImport) -> Iterator[None]:
    names = _decided_by(import_id, follower.accepted_by_id)
    judgement = LateJudgement(follower, names)
    if isinstance(judgement.loader, Discarding):
        for _ in judgement.loader.discard():
            yield
    accepted = yield from primed(judgement)
    for _ in judgement.loader.load(accepted):
        judgement.save()
        yield
    judgement.save()
    _show(import_id, follower, judgement, names)
    yield


def _decided_by(import_id: int, actor_id: int | None) -> Decided:
    names = sa.select(WaitingName.id, WaitingName.decided_at).where(
        WaitingName.import_id == import_id,
        WaitingName.decided_at.is_not(None),
        WaitingName.decided_by_id.is_not_distinct_from(actor_id),
    )
    return {name_id: at for name_id, at in db.session.execute(names) if at is not None}


def _show(import_id: int, follower: DataImport, judgement: LateJudgement, names: Decided) -> None:
    """With one commit its rows are seen, and wait no more."""
    counts, first = judgement.counts, held(sa.select(DataImport).where(DataImport.id == import_id))
    assert first is not None
    counts.write_to(follower, outcomes=True)
    follower.status, follower.visible_at = ImportStatus.DONE, clock.now()
    first.new_count += counts.outcomes[Outcome.NEW]
    first.changed_count += counts.outcomes[Outcome.CHANGED]
    first.unchanged_count += counts.outcomes[Outcome.UNCHANGED]
    first.refused_count += counts.refused
    first.left_out_count += counts.left_out
    first.waiting_count -= counts.rows - judgement.still_waiting
    waiting = sa.select(sa.func.count(WaitingRow.id)).where(
        WaitingRow.name_id == WaitingName.id, WaitingRow.taken_by_id.is_(None)
    )
    counted = sa.update(WaitingName).where(WaitingName.id.in_(names)).values(row_count=waiting.scalar_subquery())
    db.session.execute(_quietly(counted))
    for name_id, at in names.items():  # who has decided again meanwhile is heard again
        same = WaitingName.id == name_id, WaitingName.decided_at == at
        db.session.execute(_quietly(sa.update(WaitingName).where(*same).values(decided_at=None, decided_by_id=None)))


def _clear(import_id: int) -> Iterator[None]:
    """Rows that have come in, and names under which none is left."""
    followers = sa.select(DataImport.id).where(DataImport.follows_id == import_id, DataImport.is_visible)
    mine = sa.select(WaitingName.id).where(WaitingName.import_id == import_id)
    gone = sa.select(WaitingRow.id).where(WaitingRow.name_id.in_(mine), WaitingRow.taken_by_id.in_(followers))
    while some := db.session.scalars(gone.limit(AT_ONCE)).all():
        db.session.execute(_quietly(sa.delete(WaitingRow).where(WaitingRow.id.in_(some))))
        yield
    left = sa.select(WaitingRow.id).where(WaitingRow.name_id == WaitingName.id).exists()
    empty = sa.delete(WaitingName).where(WaitingName.import_id == import_id, WaitingName.row_count == 0, ~left)
    db.session.execute(_quietly(empty))
    yield


def give_up_bringing_in(import_id: int) -> None:
    """After the last try: what was written is not seen and goes with the next import; its rows wait again."""
    cut_short = sa.select(DataImport).where(
        DataImport.follows_id == import_id, DataImport.status == ImportStatus.LOADING
    )
    for follower in db.session.scalars(cut_short):
        _give_back(import_id, follower.id)
        follower.status = ImportStatus.FAILED
    undecided = sa.update(WaitingName).where(WaitingName.import_id == import_id)
    db.session.execute(_quietly(undecided.values(decided_at=None, decided_by_id=None)))


def _give_back(import_id: int, follower_id: int) -> None:
    mine = sa.select(WaitingName.id).where(WaitingName.import_id == import_id)
    taken = sa.update(WaitingRow).where(WaitingRow.name_id.in_(mine), WaitingRow.taken_by_id == follower_id)
    db.session.execute(_quietly(taken.values(taken_by_id=None)))


def _quietly(statement: Change) -> Change:
    """Objects of the session that show these rows are not looked for."""
    return statement.execution_options(synchronize_session=False)
