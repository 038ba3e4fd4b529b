"""Going down does not throw away in silence what people entered: it is refused with a sentence, and empty tables go."""

from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from app.core.database import writing
from app.core.revisions import revision_of
from app.extensions import db
from app.people.models import Account, Unit
from tests.cast import make_cast
from tests.keeping.company import House

DAY, LATER = date(2026, 1, 1), date(2026, 1, 2)
MOMENT, SOON = datetime(2026, 1, 1), datetime(2026, 1, 2)  # noqa: DTZ001 (as the tables hold them)


def entered(account: int, other: int, employee: int, unit: int) -> dict[str, dict[str, tuple[dict[str, Any], ...]]]:
    """By the version that would lose them, the newest first: a row in each table."""
    mine = {"account_id": account}
    return {
        "0031": {
            "unit_alias": (
                {"kind": "feedback", "key": "x", "code": "x", "name": "", "above": "", "decided_at": MOMENT},
            ),
        },
        "0020": {
            "work_week": (
                {"unit_id": unit, "turns": "1,1", "starts_on": DAY, "set_at": MOMENT, "works_holidays": False},
                {"unit_id": unit, "days": 1, "starts_on": LATER, "set_at": MOMENT, "works_holidays": True},
            ),
        },
        "0018": {
            "way_in": ({**mine, "kind": "invitation", "asked_at": MOMENT},),
            "address_change": ({**mine, "changed_at": MOMENT},),
        },
        "0017": {
            "work_week": (
                {"unit_id": unit, "days": 1, "starts_on": DAY, "set_at": MOMENT, "works_holidays": False},
            ),
            "own_day": ({"unit_id": unit, "day": DAY, "name": "x", "is_worked": False, "set_at": MOMENT},),
        },
        "0016": {"restoration": ({"restored_at": MOMENT, "copied_at": MOMENT, "stopped_count": 0},)},
        "0014": {"leave": ({"employee_id": employee, "kind": "other", "starts_on": DAY, "recorded_at": MOMENT},)},
        "0013": {
            "api_token": (
                {
                    **mine, "name": "x", "token_hash": b"x", "scopes": "", "created_at": MOMENT, "ends_at": SOON,
                    "calls": 0,
                },
            ),
        },
        "0012": {
            "reorganisation": (
                {
                    "kind": "opening", "unit_id": unit, "happens_on": DAY, "reason": "", "decided_at": MOMENT,
                    "undo": "{}",
                },
            ),
        },
        "0011": {
            "account_factor": ({**mine, "seed": b"x", "confirmed_at": MOMENT, "last_step": 0},),
            "recovery_code": ({**mine, "code_hash": b"x"}, {**mine, "code_hash": b"y"}),
            "factor_removal": ({**mine, "removed_at": MOMENT, "reason": "x"},),
        },
        "0010": {"erasure": ({**mine, "erased_at": MOMENT, "reason": "x", "traces": "{}"},)},
        "0009": {
            "deputyship": (
                {
                    "absent_id": account, "deputy_id": other, "role": "manager", "unit_id": unit, "starts_on": DAY,
                    "ends_on": DAY, "reason": "", "named_at": MOMENT,
                },
            ),
        },
    }  # fmt: skip


def execute(statement: Any) -> None:
    with writing(), db.engine.begin() as connection:
        connection.execute(statement)


def reflected(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=db.engine)


def version() -> str | None:
    with db.engine.connect() as connection:
        return revision_of(connection)


def test_what_people_entered_is_not_lost_on_the_way_down(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with writing():
        cast = make_cast()
        db.session.commit()
        people = db.session.scalars(sa.select(Account.id).order_by(Account.id).limit(2)).all()
        unit = db.session.scalars(sa.select(Unit.id).limit(1)).one()
        employee = cast.ewa.employee_id
        assert employee
        db.session.remove()
    for target, tables in entered(*people, employee, unit).items():
        downgrade(revision=f"{int(target) + 1:04}")
        before = version()
        for name, rows in tables.items():
            table = reflected(name)
            for row in rows:
                execute(sa.insert(table).values({table.c[key]: row[key] for key in row.keys() & table.c.keys()}))
            with pytest.raises(SystemExit):
                downgrade(revision=target)
            assert f"lose {len(rows)} rows of the table {name}" in caplog.text
            assert version() == before
            execute(sa.delete(reflected(name)))
        downgrade(revision=target)
        assert version() == target
    upgrade()


def test_an_erasure_is_finished_before_the_way_down(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody but the row knows the name that is still to be struck."""
    with writing():
        account_id = make_cast().ewa.id
        db.session.commit()
        db.session.remove()
    erasure, unfinished = reflected("erasure"), reflected("unfinished_erasure")
    execute(sa.insert(erasure).values(id=1, account_id=account_id, erased_at=MOMENT, reason="", traces={}))
    execute(sa.insert(unfinished).values(erasure_id=1, begun_at=MOMENT, sealed=b"x"))
    with pytest.raises(SystemExit):
        downgrade(revision="0033")
    assert "lose 1 rows of the table unfinished_erasure" in caplog.text
    execute(sa.delete(unfinished))
    downgrade(revision="0033")
    assert version() == "0033"
    upgrade()
