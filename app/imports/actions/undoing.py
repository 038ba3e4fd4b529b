"""Taking back a whole import: foreseen on a page, begun by a person, done step by step in a job."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import blake2b

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.database import held
from app.core.errors import Refused
from app.core.imports import N_, Forecast, Message, UndoContext, Undoing
from app.core.jobs import enqueue
from app.core.kinds import kinds_by_name
from app.core.permissions import exercising
from app.extensions import db
from app.imports.actions.apart import forget_waiting
from app.imports.models import DataImport, ImportStatus, WaitingName
from app.imports.queries import waiting_in

MOST_LEFT = 1000  # kept to be read; all are counted
NO_WAY_BACK = Message(N_("Imports of this kind cannot be undone as a whole."))
WAITING = N_("Rows that wait for their unit, and go: %(count)s.")
GAVE_UP = Message(N_("The undo stopped three times before it was finished. Press the button again to go on."))


def forecast_of(import_: DataImport, *, actor_id: int | None, now: datetime) -> Forecast:
    """What an undo would do now. Slow for a large import; nothing is written."""
    undoing = _undoing(import_, actor_id, now)
    return Forecast(refusal=NO_WAY_BACK) if undoing is None else _with_waiting(import_, undoing.forecast())


def _with_waiting(import_: DataImport, forecast: Forecast) -> Forecast:
    """What waits for a unit goes too."""
    waiting = int(db.session.scalar(waiting_in(import_.id)) or 0)
    if not waiting or forecast.refusal is not None:
        return forecast
    told = (*forecast.undone, Message(WAITING, {"count": waiting}))
    return replace(forecast, undone=told, count=forecast.count + waiting)


def fingerprint(forecast: Forecast) -> str:
    """By this a preview that has aged is told."""
    told = [(each.msgid, sorted(each.params.items())) for each in forecast.undone]
    left = [(each.line, each.what, each.message.msgid, each.who) for each in forecast.left]
    return blake2b(repr((told, left)).encode(), digest_size=12).hexdigest()


def begin_undo(import_: DataImport, *, seen: str, actor_id: int, now: datetime) -> None:
    """From here on it is being undone. What is shown only while its import is visible is gone with this commit."""
    _hold_undoable(import_)
    kind = kinds_by_name()[import_.kind]
    goes_on = import_.status is ImportStatus.UNDOING
    forecast = forecast_of(import_, actor_id=actor_id, now=now)
    # Who goes on may find the last row gone: only the end is missing then, and without it no other file gets in.
    if forecast.refusal is not None and not (goes_on and forecast.is_empty):
        raise Refused(forecast.refusal.text())
    if not goes_on:
        if fingerprint(forecast) != seen:
            raise Refused(
                _l("Something has changed since you looked. Nothing was undone; look again at what would be.")
            )
        _refuse_to_leave_all(forecast)
    import_.undone_at, import_.undone_by_id, import_.failure = now, actor_id, None
    if kind.is_flipped:
        import_.visible_at = None
        db.session.execute(_of_followers(import_).values(visible_at=None))
    try:
        with db.session.begin_nested():
            import_.status = ImportStatus.UNDOING
            db.session.flush()
    except IntegrityError as error:
        raise Refused(
            _l("Another import of this kind is being written. Undo this one when that one is done.")
        ) from error
    if goes_on:
        return
    _keep(import_, forecast)
    told = {"kind": kind.name, "undone": forecast.count, "left": len(forecast.left)}
    with exercising(kind.permission):
        audit.record("import.undone", "data_import", import_.id, actor_id=actor_id, after=told)


def _hold_undoable(import_: DataImport) -> None:
    """As it stands now: the second of two presses finds that it is done."""
    held(sa.select(DataImport).where(DataImport.id == import_.id))
    refuse_not_undoable(import_)


def refuse_not_undoable(import_: DataImport) -> None:
    if not import_.may_be_undone:
        raise Refused(
            _l("This import is undone already, or being undone, or it was never done. Nothing was done twice.")
        )


def _refuse_to_leave_all(forecast: Forecast) -> None:
    """Else it would be called undone, all of it would be there, and nobody could take it back by it any more."""
    if not forecast.undone:
        raise Refused(
            _l("Nothing was undone: all that this import brought stays. The page of the undo says of each thing why.")
        )


def _keep(import_: DataImport, forecast: Forecast) -> None:
    import_.undone_count = forecast.count
    first = [asdict(each) for each in forecast.left[:MOST_LEFT]]
    import_.left = {"count": len(forecast.left), "first": first} if first else None


def undo(import_id: int) -> Iterator[None]:
    """The last step, after which the import is undone, is left to be committed with the end of the job."""
    import_ = db.session.get(DataImport, import_id)
    if import_ is None or import_.status is not ImportStatus.UNDOING:
        return
    undoing = _undoing(import_, import_.undone_by_id, import_.undone_at or import_.created_at)
    assert undoing is not None
    is_flipped = kinds_by_name()[import_.kind].is_flipped
    if not is_flipped:
        _look_again(import_, undoing)
    for _ in undoing.undo():
        if is_flipped:
            yield
    for _ in forget_waiting(WaitingName.import_id == import_id):
        if is_flipped:  # else nothing says that it is undone but its end: they are one commit
            yield
    db.session.execute(_of_followers(import_).values(status=ImportStatus.UNDONE, visible_at=None))
    import_.status, import_.visible_at, import_.waiting_count = ImportStatus.UNDONE, None, 0
    _check_others_again(import_)


def _check_others_again(import_: DataImport) -> None:
    """Rows that a dry run found there may be gone, and its page would promise less than it does.

    One that somebody holds is being accepted or set aside at this moment, and waits for our end: nobody waits for it.
    """
    checked = sa.select(DataImport).where(
        DataImport.kind == import_.kind, DataImport.status == ImportStatus.CHECKED, DataImport.id != import_.id
    )
    for other in db.session.scalars(checked.with_for_update(skip_locked=True)).all():
        other.status = ImportStatus.CHECKING
        enqueue("imports.check", import_id=other.id)


def _of_followers(import_: DataImport) -> sa.Update:
    """Imports by which rows came in that had waited in this one: they are undone with it."""
    return sa.update(DataImport).where(DataImport.follows_id == import_.id)


def _look_again(import_: DataImport, undoing: Undoing) -> None:
    """What is undone row by row may have changed since the button was pressed: the list says what is left now."""
    forecast = undoing.forecast()
    if forecast.refusal is not None:
        raise Refused(forecast.refusal.text())
    _refuse_to_leave_all(forecast)
    _keep(import_, forecast)


def stop_undoing(import_id: int, messages: Sequence[Message]) -> None:
    """What is hidden stays hidden and waits to be gone on with; else nothing was undone, and the import stands."""
    import_ = db.session.get(DataImport, import_id)
    if import_ is None or import_.status is not ImportStatus.UNDOING:
        return
    import_.failure = {"messages": [{"msgid": each.msgid, "params": each.params} for each in messages]}
    if import_.is_visible:
        import_.status, import_.undone_at, import_.undone_by_id = ImportStatus.DONE, None, None
        import_.undone_count, import_.left = 0, None


def give_up_undoing(import_id: int) -> None:
    stop_undoing(import_id, [GAVE_UP])


def _undoing(import_: DataImport, actor_id: int | None, now: datetime) -> Undoing | None:
    kind = kinds_by_name().get(import_.kind)
    if kind is None or kind.undoing is None:
        return None
    return kind.undoing(UndoContext(import_.id, actor_id, now))


def barred_from_undo(import_: DataImport, *, actor_id: int | None, now: datetime) -> Message | None:
    """At a glance, for the page of the import."""
    undoing = _undoing(import_, actor_id, now)
    return NO_WAY_BACK if undoing is None else undoing.barred()


def later_over(import_: DataImport) -> int:
    """Later imports of the kind that found rows there already: if they were this one's, they go with it."""
    kind = kinds_by_name().get(import_.kind)
    if kind is None or not kind.is_flipped:
        return 0
    later = sa.select(sa.func.count(DataImport.id)).where(
        DataImport.kind == import_.kind, DataImport.status == ImportStatus.DONE, DataImport.id > import_.id,
        DataImport.unchanged_count > 0, DataImport.follows_id.is_(None),
    )  # fmt: skip
    return db.session.scalar(later) or 0
