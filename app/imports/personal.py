"""What the tables of this feature hold about people, and how long it is kept."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.personal import ACTOR, FACT, PLAIN, WORDS, Register
from app.core.retention import Rule
from app.imports.models import ImportRefusal
from app.imports.queries import older_than, refused_before

REGISTER: Register = {
    "data_import": {
        PLAIN: "id kind status digest headers_digest file_size row_count new_count changed_count unchanged_count "
        "refused_count skipped_count loaded_count answered_count by_program load_started_at visible_at undone_count",
        WORDS: "file_name mapping failure question remarks outside left",
        FACT: "created_at accepted_at undone_at",
        ACTOR: "created_by_id accepted_by_id undone_by_id",
    },
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
]  # fmt: skip
