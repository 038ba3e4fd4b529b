"""The floor of an import: `python -m bench.bare KIND FILE`. csv.reader, and batches of rows into a table, no more.

The tables have the columns and the indexes of ours, and the rows hold what ours hold; nothing is checked, nothing is
refused, nothing is looked up, and its transactions are as long as is quickest. With `heap` behind it the indexes are
left out, too.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from app.core.database import writing
from app.extensions import Base, db
from bench.importing import Stopwatch, peak_memory
from wsgi import app

BATCH = 10_000
Rows = list[tuple[Any, ...]]
Maker = Callable[[int, Sequence[list[str]]], dict[str, Rows]]
NOW, SINCE = "2026-01-01 00:00:00", "2024-01-01"


def main(kind: str, file: str, *words: str) -> None:
    told: dict[str, Any] = {}
    with app.app_context():
        with writing():
            tables = {name: _copy(name, with_indexes="heap" not in words) for name in TABLES[kind]}
            db.session.commit()
        told["memory before"] = peak_memory()
        with writing():
            watch = Stopwatch()
            _load(Path(file), {name: _insert(table) for name, table in tables.items()}, MAKERS[kind])
            told["load"] = watch.told()
    told["memory"] = peak_memory()
    print(json.dumps(told))


def _copy(name: str, *, with_indexes: bool) -> sa.Table:
    ours = Base.metadata.tables[name]
    columns = [sa.Column(c.name, _plain(c.type), primary_key=c.primary_key, nullable=c.nullable) for c in ours.c]
    bare = sa.Table(f"bare_{name}{'' if with_indexes else '_heap'}", sa.MetaData(), *columns)
    if with_indexes:
        for each in ours.constraints:
            if isinstance(each, sa.UniqueConstraint):
                bare.append_constraint(sa.UniqueConstraint(*(column.name for column in each.columns)))
        for index in ours.indexes:
            where = {f"{name}_where": index.dialect_options[name]["where"] for name in ("sqlite", "postgresql")}
            sa.Index(f"bare_{index.name}", *(bare.c[column.name] for column in index.columns), **where)
    bare.create(db.session.connection())
    return bare


def _plain(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    return sa.String(40) if isinstance(kind, sa.Enum) else kind


def _insert(table: sa.Table) -> str:
    names = [column.name for column in table.c]
    mark = "?" if db.engine.dialect.name == "sqlite" else "%s"
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(mark for _ in names)})"


def _load(path: Path, inserts: dict[str, str], made: Maker) -> None:
    first = 1
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        while batch := list(islice(rows, BATCH)):
            for name, some in made(first, batch).items():
                db.session.connection().exec_driver_sql(inserts[name], some)  # type: ignore[arg-type]
            db.session.commit()
            first += len(batch)


def _answers(first: int, batch: Sequence[list[str]]) -> dict[str, Rows]:
    keys = _keys(first)
    return {
        "feedback": [
            (row, 1, _unit(unit), _day(day), metric, score, len(touchpoint), channel, language, words, own, next(keys))
            for row, (unit, day, metric, score, touchpoint, channel, language, words, own) in enumerate(batch, first)
        ]
    }  # fmt: skip


def _keys(first: int) -> Iterator[bytes]:
    """As far from each other as digests are."""
    chance = Random(first)
    while True:
        yield chance.randbytes(16)


def _people(first: int, batch: Sequence[list[str]]) -> dict[str, Rows]:
    made: dict[str, Rows] = {"employee": [], "assignment": [], "account": []}
    for row, (email, number, name, unit, _manager, job, language, starts_on) in enumerate(batch, first):
        email = email if "@" in email else f"{number}@{email}"
        made["employee"].append((row, number, email, name, name, language, None, starts_on, None))
        made["assignment"].append((row, row, _unit(unit), job, max(1, row // 2), name, starts_on, None))
        made["account"].append((row, email, name, None, language, None, row, NOW, None, False))
    return made


def _unit(code: str) -> int:
    return int(code[2:]) if code[2:].isdigit() else 0


def _day(text: str) -> str:
    return text if text[4:5] == "-" else SINCE


TABLES = {"feedback": ["feedback"], "employees": ["employee", "assignment", "account"]}
MAKERS: dict[str, Maker] = {"feedback": _answers, "employees": _people}


if __name__ == "__main__":
    main(*sys.argv[1:])
