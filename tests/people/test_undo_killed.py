"""A process is killed with SIGKILL in the midst of taking back an import of people or units: nothing of it stands.

As whole or not at all as the import itself was. After its last write, and after others that a fixed seed chooses; with
REZONANS_LONG after each of them in turn. Begun again it ends undone, once.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.audit import AuditEntry, checking
from app.core.jobs import run_now
from app.extensions import db
from app.imports.actions.undoing import begin_undo, fingerprint
from app.imports.models import DataImport, ImportStatus
from tests.at_once import committed
from tests.cast import Cast, make_cast
from tests.factories import make_account, make_employee
from tests.forked import everything, killed_after, writes_of
from tests.people.taking_back import COLUMNS, bring_file, look

IS_WHOLE = bool(os.environ.get("REZONANS_LONG"))
FEW = 4
# Somebody who comes with an account and a role, one whose account was there already, one who changes, one who leaves.
PEOPLE = f"""
    {COLUMNS}
    P-1,olga@example.org,Olga New,N1,,Head,2024-01-01,,manager
    P-2,guest@example.org,Guest,N1,P-1,Barista,2024-01-01,,hr
    K-1,other@example.org,Changed Name,S1,,Head,2024-05-01,,
    K-2,,Leaving Person,N1,,,2020-01-01,2024-01-01,
"""
UNITS = """
    code,name,parent_code,kind
    N1,Unit N1,SOUTH,team
    X1,Quite another,NORTH,team
    X2,Below another,X1,team
"""


@pytest.fixture
def cast(app: Flask) -> Iterator[Cast]:
    with committed(app):
        cast = make_cast()
        for number, name in (("K-1", "Known Person"), ("K-2", "Leaving Person")):
            make_employee(cast.n1, name=name).number = number
        make_account("guest@example.org", name="Guest")
        db.session.commit()
        yield cast


@pytest.mark.parametrize(("kind", "text"), [("employees", PEOPLE), ("units", UNITS)])
def test_killed_in_the_midst_nothing_of_an_undo_stands(cast: Cast, tmp_path: Path, kind: str, text: str) -> None:
    import_id = bring_file(tmp_path, kind, text).id
    import_ = db.session.get_one(DataImport, import_id)
    seen = fingerprint(look(import_, cast.adam))
    begin_undo(import_, seen=seen, actor_id=cast.adam.id, now=clock.now())
    db.session.commit()
    before = all_but_jobs()

    def act() -> None:
        run_now("imports.undo", import_id=import_id)

    for writes in chosen(kind, writes_of(act)):
        killed_after(writes, act)
        assert all_but_jobs() == before, f"dead after {writes} writes"
    act()
    import_ = db.session.get_one(DataImport, import_id, populate_existing=True)
    assert (import_.status, import_.left_count, import_.failure) == (ImportStatus.UNDONE, 0, None)
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.action == "import.undone")) == 1
    assert checking.verdict().is_whole


def all_but_jobs() -> dict[str, list[tuple[Any, ...]]]:
    """That a job was begun is written before it begins."""
    return {table: rows for table, rows in everything().items() if table != "job"}


def chosen(kind: str, last: int) -> list[int]:
    return [*range(1, last + 1)] if IS_WHOLE else [last, *Random(f"20261124 {kind}").sample(range(1, last), FEW)]
