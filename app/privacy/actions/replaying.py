"""Erasures after a restore: an older backup brings people back who were erased since, so they are erased again.

The list is kept in a file beside the database as well, because a restore takes the younger rows of the table along.
"""

import json
import os
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.core import audit, installation
from app.core.database import one_at_a_time
from app.extensions import db
from app.people.models import Account, Employee
from app.privacy.actions import sweeping
from app.privacy.actions.erasing import Steps, all_traces_of, sweep
from app.privacy.actions.striking import strike
from app.privacy.models import Erasure
from app.privacy.queries.subjects import Subject, erasure_of, of_account, of_employee

FILE = "erasures.jsonl"


@dataclass(frozen=True)
class Line:
    """One erasure as the file keeps it: ids, and keyed hashes; no name."""

    account_id: int | None
    employee_id: int | None
    erased_at: str
    traces: dict[str, Any]


@dataclass(frozen=True)
class Replayed:
    erased: int
    there_already: int
    unknown: int  # somebody else has these ids now, or is known by nothing of before: somebody should look


def list_path() -> Path:
    return Path(current_app.config["REZONANS"].data) / FILE


def keep_list() -> None:
    """After each erasure, and by night: the file holds every erasure that the table holds, and those it held before.

    But none of the demo's: the file outlives its removal, and the company that comes after it has its own people under
    the same ids.
    """
    path = list_path()
    with path.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)  # of two at once the second reads what the first has written; it goes with the process
        # In this order: a demo that is removed in between has no rows any more.
        is_demo, of_table = installation.is_demo(), {_key(line): line for line in _of_table()}
        before = {_key(line): line for line in read_list()}
        lines = {key: line for key, line in before.items() if key not in of_table} if is_demo else before | of_table
        _write_whole(path, "".join(json.dumps(asdict(line)) + "\n" for line in lines.values()))


def _write_whole(path: Path, text: str) -> None:
    """Whoever is killed, and whenever the power fails, the old list is there or the new one, and never a part."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, suffix=".new", delete=False) as fresh:
        fresh.write(text)  # readable by nobody else: so are all files that are made like this
        fresh.flush()
        os.fsync(fresh.fileno())
    Path(fresh.name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    for left_over in path.parent.glob(f"{path.name}*.new"):  # of whoever was killed
        left_over.unlink(missing_ok=True)


def read_list() -> list[Line]:
    path = list_path()
    if not path.exists():
        return []
    return [Line(**json.loads(line)) for line in path.read_text().splitlines() if line.strip()]


def _of_table() -> Iterator[Line]:
    for row in db.session.scalars(sa.select(Erasure).order_by(Erasure.id)):
        yield Line(row.account_id, row.employee_id, row.erased_at.isoformat(), row.traces)


def _key(line: Line) -> str:
    return json.dumps(line.traces, sort_keys=True)


def replay(now: datetime) -> Generator[None, None, Replayed]:
    """Whoever stands in the list and is here again is erased again. The edge commits at each step and at the end."""
    erased = there = unknown = 0
    for line in {_key(each): each for each in [*read_list(), *_of_table()]}.values():
        subject = _same_person(line)
        if subject is not None:
            yield from _erase_again(subject, line, now)
            yield
            erased += 1
        elif _is_erased(line):
            there += 1
        else:
            unknown += 1
    return Replayed(erased, there, unknown)


def _same_person(line: Line) -> Subject | None:
    """Ids alone do not tell: after a restore they may be given to others."""
    employee = db.session.get(Employee, line.employee_id) if line.employee_id else None
    account = db.session.get(Account, line.account_id) if line.account_id else None
    subject = of_employee(employee) if employee else of_account(account) if account else None
    if subject is None or not sweeping.known_as(subject):
        return None
    known = all_traces_of(subject)
    return subject if any(set(traces[kind]) & set(line.traces[kind]) for traces in known for kind in traces) else None


def _is_erased(line: Line) -> bool:
    """Nobody has these ids, or nobody with a name."""
    employee = db.session.get(Employee, line.employee_id) if line.employee_id else None
    account = db.session.get(Account, line.account_id) if line.account_id else None
    return not sweeping.known_as(Subject(account, employee))


def _erase_again(subject: Subject, line: Line, now: datetime) -> Steps:
    before = yield from strike(subject, sweeping.known_as(subject))
    one_at_a_time()
    row = erasure_of(subject)
    if row is None:
        at = datetime.fromisoformat(line.erased_at)
        row = Erasure(account_id=subject.account_id, employee_id=subject.employee_id, erased_at=at, traces=line.traces)
        db.session.add(row)
        db.session.flush()
    swept = sweep(subject, row, before)
    audit.record("person.erased", subject.kind, subject.row_id, actor_id=None, after={"again": now.isoformat()})
    return swept
