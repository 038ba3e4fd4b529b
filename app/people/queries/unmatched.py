"""What files call units that nobody knows, the units that may be meant, and what was decided before."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.imports import N_, Message
from app.core.kinds import kinds_by_name
from app.core.unit_words import UnitWords
from app.extensions import db
from app.imports.models import DataImport, WaitingName
from app.people.chart.meant import Known, Meanings, Suggested
from app.people.models import Account, ImportWrite, Unit, UnitAlias, units_where
from app.people.queries.chart import Tree, tree_now
from app.people.queries.directory import containing

MOST_OLD_CODES = 5000
MOST_FILES = 10
Waiting = tuple[WaitingName, tuple[str, ...]]  # with the file, how it was read, and the part of it
READ_SO = N_("Somebody has decided so before.")
READ_SO_ELSEWHERE = N_("In files of “%(kind)s” these words mean it.")


@dataclass(frozen=True)
class Unmatched:
    """One name on all rows that wait under it, in all files of one kind that the person reaches."""

    id: int  # of one of the rows of `waiting_name`
    kind: str
    words: UnitWords
    rows: int
    first_day: date
    last_day: date
    is_decided: bool  # its rows are on their way in


def unmatched(names: sa.Select[WaitingName], q: str = "", import_id: int | None = None) -> sa.Select[int]:
    """One id for each name of these, the one on most rows first."""
    wanted = names.join(DataImport, DataImport.id == WaitingName.import_id).where(WaitingName.row_count > 0)
    if q:
        wanted = wanted.where(containing(q, WaitingName.code, WaitingName.name, WaitingName.above))
    if import_id is not None:
        wanted = wanted.where(WaitingName.import_id == import_id)
    first = sa.func.min(WaitingName.id)
    grouped = wanted.with_only_columns(first).group_by(DataImport.kind, WaitingName.key)
    return grouped.order_by(sa.func.sum(WaitingName.row_count).desc(), first)


def told_of(names: sa.Select[WaitingName], ids: Sequence[int]) -> list[Unmatched]:
    """These names, in their order, with all rows that wait under them."""
    same = sa.select(DataImport.kind, WaitingName.key).join(DataImport, DataImport.id == WaitingName.import_id)
    chosen = same.where(WaitingName.id.in_(ids)).subquery()
    wanted = names.join(DataImport, DataImport.id == WaitingName.import_id).where(
        sa.tuple_(DataImport.kind, WaitingName.key).in_(sa.select(chosen)), WaitingName.row_count > 0
    )
    grouped: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
    columns = (DataImport.kind, DataImport.digest, DataImport.mapping)
    for name, kind, *file in db.session.execute(wanted.add_columns(*columns).order_by(WaitingName.id)):
        grouped[kind, name.key].append((name, (*file, name.part)))
    found = {}
    for (kind, _), waiting in grouped.items():
        alike = [name for name, _ in waiting]
        first = next((name for name in alike if name.id in ids), alike[0])
        found[first.id] = Unmatched(
            first.id,
            kind,
            words_of(first),
            _counted_once(waiting),
            min(name.first_day for name in alike),
            max(name.last_day for name in alike),
            any(name.decided_at is not None for name in alike),
        )
    return [found[name_id] for name_id in ids if name_id in found]


def _counted_once(waiting: Sequence[Waiting]) -> int:
    """The same file brought twice, and read in the same way, has its rows come in once."""
    rows: dict[tuple[str, ...], int] = {}
    for name, file in waiting:
        rows[file] = max(name.row_count, rows.get(file, 0))
    return sum(rows.values())


def words_of(name: WaitingName) -> UnitWords:
    return UnitWords(name.code, name.name, name.above)


def files_of(names: sa.Select[WaitingName], one: Unmatched) -> list[tuple[DataImport, int]]:
    """The files with these words that the person reaches, the newest first, and the rows that wait in each."""
    wanted = (
        names.with_only_columns(DataImport, sa.func.sum(WaitingName.row_count))
        .join(DataImport, DataImport.id == WaitingName.import_id)
        .where(DataImport.kind == one.kind, WaitingName.key == one.words.key, WaitingName.row_count > 0)
        .group_by(DataImport.id)
        .order_by(DataImport.id.desc())
    )
    return [(import_, count) for import_, count in db.session.execute(wanted.limit(MOST_FILES))]


class Guesses:
    """Which units may be meant by these names, of those for which the person brings such files.

    Puts the whole chart together once.
    """

    def __init__(self, person: Account, today: date, names: Collection[Unmatched]) -> None:
        tree, old_codes = tree_now(), _old_codes()
        self._units = {unit.unit_id: unit for unit in _known(tree, old_codes, today)}
        kinds = {one.kind: kinds_by_name()[one.kind] for one in names}
        self._mine = {name: set(db.session.scalars(units_where(person, kinds[name].permission))) for name in kinds}
        self._meanings = {name: self._meanings_among(mine) for name, mine in self._mine.items()}
        self._decided = _decided_about({one.words.key for one in names})

    def _meanings_among(self, mine: set[int]) -> Meanings:
        return Meanings([unit for unit_id, unit in self._units.items() if unit_id in mine])

    def of(self, one: Unmatched) -> list[Suggested]:
        decided = {each.unit_id: each for each in self._read_elsewhere(one)}
        rest = self._meanings[one.kind].of(one.words)
        return [*decided.values(), *(each for each in rest if each.unit_id not in decided)]

    def label(self, suggested: Suggested) -> str:
        unit = self._units[suggested.unit_id]
        return f"{unit.name} ({unit.code})"

    def _read_elsewhere(self, one: Unmatched) -> Iterator[Suggested]:
        """What somebody has said of these very words: of files of this kind since they came in, or of another kind."""
        found = self._decided.get(one.words.key, ())
        for kind, unit_id in sorted(found, key=lambda each: each[0] != one.kind):
            if unit_id in self._mine[one.kind]:
                label = str(kinds_by_name()[kind].label) if kind in kinds_by_name() else kind
                reason = READ_SO if kind == one.kind else READ_SO_ELSEWHERE
                yield Suggested(unit_id, Message(reason, {"kind": label}), is_sure=kind == one.kind)


def _decided_about(keys: Collection[str]) -> dict[str, list[tuple[str, int]]]:
    """By key: of which kind, and for which unit; the newest first."""
    same = sa.select(UnitAlias.key, UnitAlias.kind, UnitAlias.unit_id).where(
        UnitAlias.key.in_(keys), UnitAlias.ended_at.is_(None), UnitAlias.unit_id.is_not(None)
    )
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, kind, unit_id in db.session.execute(same.order_by(UnitAlias.id.desc())):
        found[key].append((kind, unit_id or 0))
    return found


def _known(tree: Tree, old_codes: dict[int, list[tuple[str, date]]], today: date) -> Iterator[Known]:
    for key, unit_id in tree.ids.items():
        version = tree.current(key, today)
        if version is None:
            continue
        spans = sorted(tree.versions[key].items())
        later = [start for start, _ in spans[1:]]
        names = zip((span.value.name for _, span in spans), later, strict=False)
        old_names = tuple((name, until) for name, until in names if name != version.name)
        above = tuple(_above(tree, key, today))
        yield Known(unit_id, tree.codes[key], version.name, above, old_names, tuple(old_codes.get(unit_id, ())))


def _above(tree: Tree, key: str, today: date) -> Iterator[str]:
    """Names and codes of the units above it, today."""
    seen = {key}
    while (version := tree.current(key, today)) is not None and version.parent and version.parent not in seen:
        key = version.parent
        seen.add(key)
        above = tree.current(key, today)
        yield from (above.name, tree.codes[key]) if above else ()


def _old_codes() -> dict[int, list[tuple[str, date]]]:
    """Codes that an import has changed, by unit, and on which day."""
    wrote = sa.select(ImportWrite.unit_id, ImportWrite.before, ImportWrite.after, DataImport.accepted_at)
    wanted = wrote.join(DataImport, DataImport.id == ImportWrite.import_id).where(ImportWrite.unit_id.is_not(None))
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for unit_id, before, after, at in db.session.execute(wanted.order_by(ImportWrite.id.desc()).limit(MOST_OLD_CODES)):
        if before and at and unit_id and before["code"] != after["code"]:
            found[unit_id].append((before["code"], at.date()))
    return found


def units_to_mean(person: Account, kind: str) -> list[tuple[str, str]]:
    """Code and name of all units for which the person brings files of this kind, open or closed."""
    mine = units_where(person, kinds_by_name()[kind].permission)
    rows = db.session.execute(sa.select(Unit.code, Unit.name).where(Unit.id.in_(mine)).order_by(Unit.code))
    return [(code, name) for code, name in rows]


def decisions(aliases: sa.Select[UnitAlias], q: str = "") -> sa.Select[UnitAlias]:
    """Those that hold first, the newest first."""
    wanted = aliases.outerjoin(Unit, Unit.id == UnitAlias.unit_id)
    if q:
        wanted = wanted.where(containing(q, UnitAlias.code, UnitAlias.name, UnitAlias.above, Unit.name, Unit.code))
    named = wanted.options(joinedload(UnitAlias.unit), joinedload(UnitAlias.decided_by).joinedload(Account.employee))
    return named.order_by(UnitAlias.ended_at.is_not(None), UnitAlias.id.desc())
