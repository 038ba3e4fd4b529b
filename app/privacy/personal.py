"""What the tables of this feature hold about people, and what goes by itself after how long."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import company_time
from app.core.personal import ACTOR, FACT, OWNER, PLAIN, WORDS, Keep, Mark, Register
from app.core.retention import Rule
from app.privacy.queries.due import leavers_before, values_before

PASSING = Mark(True, Keep.ALWAYS, is_secret=True)  # until the job has done it, minutes later

REGISTER: Register = {
    "erasure": {
        OWNER: "account_id employee_id",
        PLAIN: "id traces",
        FACT: "erased_at",
        ACTOR: "erased_by_id",
        WORDS: "reason",
    },
    "unfinished_erasure": {PLAIN: "erasure_id begun_at", PASSING: "sealed"},
}


def _count(rows: sa.Select[int]) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(rows.subquery())


def _leavers(before: datetime) -> sa.Select[int]:
    return _count(leavers_before(company_time.day_of(before)))


def _values(before: datetime) -> sa.Select[int]:
    return _count(values_before(before))


RETENTION = [
    Rule(
        "leavers",
        _l("People who have left"),
        _l(
            "So many days after somebody's last day they are erased, as if they had asked: name, addresses, numbers "
            "and texts go; sums, counts and the history of units stay. Empty: nobody is erased by itself."
        ),
        None, 30, 3650, _leavers, is_optional=True,
    ),
    Rule(
        "audit_values",
        _l("Values in the audit log"),
        _l(
            "So many days after an act, what was there before and after goes from the log. Who did what and when "
            "stays, and that nobody altered it can still be checked. Empty: they stay."
        ),
        1095, 90, 3650, _values, is_optional=True,
    ),
]  # fmt: skip
