"""What we ask about imports."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.core.imports import ImportKind
from app.core.kinds import kinds_by_name
from app.core.uploads import TAKEN
from app.extensions import db
from app.imports.models import DataImport, ImportRefusal, ImportStatus, WaitingName, WaitingRow
from config import BOUNDS


def newest_first(imports: sa.Select[DataImport], q: str = "") -> sa.Select[DataImport]:
    if words := q.replace("\0", "")[: BOUNDS["query"]]:  # PostgreSQL takes no text with a NUL
        imports = imports.where(DataImport.file_name.icontains(words, autoescape=True))
    return imports.options(joinedload(DataImport.created_by), joinedload(DataImport.undone_by)).order_by(
        DataImport.id.desc()
    )


def refusals_of(import_: DataImport) -> sa.Select[ImportRefusal]:
    found = sa.select(ImportRefusal).where(ImportRefusal.import_id == import_.id)
    return found.order_by(ImportRefusal.line, ImportRefusal.id)


def done_before(import_: DataImport) -> DataImport | None:
    """The newest import of the very same file, read in the same way, whose rows are shown."""
    same = sa.and_(
        DataImport.kind == import_.kind,
        DataImport.digest == import_.digest,
        DataImport.mapping == import_.mapping,
        DataImport.status == ImportStatus.DONE,
        DataImport.id != import_.id,
        DataImport.follows_id.is_(None),
    )
    return db.session.scalar(sa.select(DataImport).where(same).order_by(DataImport.id.desc()).limit(1))


def done_before_each(imports: Iterable[DataImport]) -> dict[int, int]:
    """As `done_before`, for those that are checked, by id: one question for a whole list."""
    ids = [each.id for each in imports if each.status is ImportStatus.CHECKED]
    done = aliased(DataImport)
    same = sa.and_(
        done.kind == DataImport.kind,
        done.digest == DataImport.digest,
        done.mapping == DataImport.mapping,
        done.status == ImportStatus.DONE,
        done.follows_id.is_(None),
    )
    rows = sa.select(DataImport.id, sa.func.max(done.id)).join(done, same).where(DataImport.id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(rows.group_by(DataImport.id))} if ids else {}


def mapped_before(imports: sa.Select[DataImport], kind: ImportKind, headers_digest: str) -> DataImport | None:
    """The newest of these imports that brought a file with the same columns to its end."""
    same = sa.and_(
        DataImport.kind == kind.name,
        DataImport.headers_digest == headers_digest,
        DataImport.status == ImportStatus.DONE,
        DataImport.follows_id.is_(None),
    )
    found = imports.where(same).options(joinedload(DataImport.created_by)).order_by(DataImport.id.desc())
    return db.session.scalar(found.limit(1))


def begun_before(kind: str, digest: str, file_name: str, actor_id: int) -> DataImport | None:
    """The same file, brought by the same account under the same name, of which nothing was written yet."""
    same = sa.and_(
        DataImport.kind == kind,
        DataImport.digest == digest,
        DataImport.file_name == file_name,
        DataImport.created_by_id == actor_id,
        DataImport.load_started_at.is_(None),
        DataImport.accepted_at.is_(None),
    )
    return db.session.scalar(sa.select(DataImport).where(same).order_by(DataImport.id.desc()).limit(1))


AT_WORK = (ImportStatus.CHECKING, ImportStatus.LOADING, ImportStatus.UNDOING)


def is_needed(digest: str, since: datetime | None = None) -> bool:
    """Does an import still hold this file: any, or one that is at work or was begun since that moment?"""
    holders = sa.select(DataImport.id).where(DataImport.digest == digest)
    if since is not None:
        holders = holders.where(sa.or_(DataImport.created_at >= since, DataImport.status.in_(AT_WORK)))
    return db.session.scalar(holders.limit(1)) is not None


def older_than(moment: datetime) -> sa.Select[DataImport]:
    """Imports at rest since before that moment."""
    at_rest = DataImport.status.not_in(AT_WORK)
    return sa.select(DataImport).where(at_rest, DataImport.created_at < moment).order_by(DataImport.id)


def refused_before(moment: datetime) -> sa.ColumnElement[bool]:
    """Refused rows of imports that were begun before that moment."""
    return ImportRefusal.import_id.in_(sa.select(DataImport.id).where(DataImport.created_at < moment))


def with_people() -> sa.Select[DataImport]:
    """Imports of people whose files were not taken away yet: whoever is erased may stand in them."""
    kinds = [name for name, kind in kinds_by_name().items() if kind.is_of_people]
    found = sa.select(DataImport).where(DataImport.kind.in_(kinds), DataImport.digest != TAKEN)
    return found.order_by(DataImport.id)


def is_any_at_work(moment: datetime) -> bool:
    """Of the imports that were begun before that moment, of whichever kind."""
    begun = sa.select(DataImport).where(DataImport.created_at < moment, DataImport.status.in_(AT_WORK))
    return any(import_.is_at_work for import_ in db.session.scalars(begun))


def family_of(import_id: int) -> sa.Select[int]:
    """Ids of the import and of those by which its waiting rows came in: together they are what its file brought."""
    return sa.select(DataImport.id).where(sa.or_(DataImport.id == import_id, DataImport.follows_id == import_id))


def waiting_in(import_id: int) -> sa.Select[int]:
    """How many of its rows wait for a unit."""
    return sa.select(sa.func.coalesce(sa.func.sum(WaitingName.row_count), 0)).where(WaitingName.import_id == import_id)


def waiting_for(names: sa.Select[WaitingName]) -> tuple[int, int]:
    """Of these: how many rows wait, and for how many units that nobody knows. Those on their way in wait no more.

    The same file brought twice, and read in the same way, has its rows come in once: so they are counted once.
    """
    wanted = names.where(WaitingName.row_count > 0, WaitingName.decided_at.is_(None))
    rows = sa.func.max(WaitingName.row_count).label("rows")
    file = (DataImport.kind, DataImport.digest, DataImport.mapping)
    once = wanted.join(DataImport, DataImport.id == WaitingName.import_id).with_only_columns(WaitingName.key, rows)
    each = once.group_by(*file, WaitingName.key, WaitingName.part).subquery()
    counted = sa.select(sa.func.coalesce(sa.func.sum(each.c.rows), 0), sa.func.count(each.c.key.distinct()))
    total, count = db.session.execute(counted).one()
    return int(total), int(count)


def count_names_waiting_in(import_id: int) -> int:
    """So many units of that import nobody knows."""
    named = sa.select(sa.func.count(WaitingName.key.distinct()))
    return db.session.scalar(named.where(WaitingName.import_id == import_id, WaitingName.row_count > 0)) or 0


def names_waiting_in(import_id: int, most: int) -> list[tuple[str, int]]:
    """The words for them, and on how many rows; the most first."""
    rows = sa.func.sum(WaitingName.row_count)
    words = [sa.func.max(column) for column in (WaitingName.code, WaitingName.name, WaitingName.above)]
    wanted = sa.select(rows, *words).where(WaitingName.import_id == import_id, WaitingName.row_count > 0)
    wanted = wanted.group_by(WaitingName.key).order_by(rows.desc(), WaitingName.key).limit(most)
    return [(" · ".join(filter(None, told)), count) for count, *told in db.session.execute(wanted)]


def waiting_before(moment: datetime) -> sa.ColumnElement[bool]:
    """Names of imports that were begun before that moment."""
    return WaitingName.import_id.in_(sa.select(DataImport.id).where(DataImport.created_at < moment))


def rows_waiting_before(moment: datetime) -> sa.Select[int]:
    rows = sa.select(sa.func.count(WaitingRow.id)).join(WaitingName, WaitingName.id == WaitingRow.name_id)
    return rows.where(waiting_before(moment))
