"""What the tables of this feature hold about people, and how long it is kept."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.personal import ACTOR, FACT, PLAIN, WORDS, Register
from app.core.retention import Rule
from app.imports.models import ImportRefusal
from app.imports.queries import older_than, refused_before, rows_waiting_before

REGISTER: Register = {
    "data_import": {
        PLAIN: "id kind status digest headers_digest file_size row_count new_count changed_count unchanged_count "
        "refused_count skipped_count waiting_count left_out_count loaded_count answered_count by_program "
        "load_started_at visible_at undone_count follows_id",
        WORDS: "file_name mapping failure question remarks outside left read_as",
        FACT: "created_at accepted_at undone_at",
        ACTOR: "created_by_id accepted_by_id undone_by_id",
    },
    "waiting_name": {
        PLAIN: "id import_id key part row_count first_day last_day",
        WORDS: "code name above",
        FACT: "decided_at",
        ACTOR: "decided_by_id",
    },
    "waiting_row": {PLAIN: "id name_id line taken_by_id", WORDS: "values"},
    "import_refusal": {PLAIN: "id import_id line column", WORDS: "value message"},
}


def _old_imports(before: datetime) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(older_than(before).order_by(None).subquery())


def _old_refusals(before: datetime) -> sa.Select[int]:
    return sa.select(sa.func.count(ImportRefusal.id)).where(refused_before(before))


RETENTION = [
    Rule(
        "import_files",
        _l("Imported files"),
        _l(
            "So many days after an import was begun, its file goes; an import that nobody accepted goes with it. Its "
            "rows and its line in the list stay."
        ),
        30, 1, 365, _old_imports,
    ),
    Rule(
        "refused_rows",
        _l("Refused rows of imports"),
        _l("So many days after an import was begun, what stood in its refused rows goes. How many they were stays."),
        90, 1, 365, _old_refusals,
    ),
    Rule(
        "waiting_rows",
        _l("Rows of imports that wait for their unit"),
        _l(
            "So many days after an import was begun, rows of it go whose unit nobody has decided. How many they were "
            "stays."
        ),
        180, 1, 730, rows_waiting_before,
    ),
]  # fmt: skip
