"""The marks of the tables that the house itself has, and how long its jobs are kept."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.cleaning import done_before
from app.core.jobs import Job
from app.core.personal import ACTOR, ERASED, FACT, PLAIN, WORDS, Register
from app.core.retention import Rule

REGISTER: Register = {
    # What it says about somebody: `subject` and `actor`; the export and the erasure know how to ask the log.
    "audit_entry": {PLAIN: "id at action subject_kind subject_id", ACTOR: "actor_id"},
    "audit_value": {PLAIN: "id entry_id field commitment", ERASED: "before after salt"},
    "audit_link": {PLAIN: "position entry_id hash"},
    "audit_head": {PLAIN: "id position hash"},
    "installation": {PLAIN: "id kind since"},
    "job": {PLAIN: "id name ids state tries put_offs created_at leased_until finished_at failure"},
    "lease": {PLAIN: "name holder until"},
    "restoration": {PLAIN: "id restored_at copied_at stopped_count", FACT: "released_at", ACTOR: "released_by_id"},
    "period": {PLAIN: "id kind starts_on ends_on"},
    "setting_value": {PLAIN: "id name unit_id starts_on", WORDS: "value", FACT: "set_at", ACTOR: "set_by_id"},
}


def _old_jobs(before: datetime) -> sa.Select[int]:
    return sa.select(sa.func.count(Job.id)).where(done_before(before))


RETENTION = [
    Rule(
        "jobs",
        _l("Work done by itself"),
        _l("So many days after it was done, the line of a piece of work goes. It names nobody."),
        30, 7, 365, _old_jobs,
    ),
]  # fmt: skip
