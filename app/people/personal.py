"""What the tables of this feature hold about people, and how long it is kept."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.personal import ACTOR, ERASED, FACT, NUMBERED, OWNER, OWNER_OF_ROW, PLAIN, SECRET, WORDS, Register
from app.core.retention import Rule
from app.people.actions.guessing import FORGOTTEN
from app.people.actions.import_writes import writes_before
from app.people.actions.tokens import over_before
from app.people.models import AccountSession, ApiToken, ImportWrite, SignInFailure, WayIn
from app.people.models.account_session import IDLE

REGISTER: Register = {
    "account": {
        OWNER: "id",
        NUMBERED: "email",
        ERASED: "name language time_zone",
        SECRET: "password_hash",
        FACT: "employee_id created_at disabled_at",
        PLAIN: "is_service",
    },
    "api_token": {
        OWNER_OF_ROW: "account_id",
        SECRET: "token_hash",
        FACT: "id name scopes created_at ends_at used_at revoked_at counted_at calls",
        ACTOR: "created_by_id revoked_by_id",
    },
    "account_session": {
        OWNER_OF_ROW: "account_id",
        SECRET: "token_hash",
        FACT: "id device signed_in_at seen_at ends_at",
    },
    "account_factor": {OWNER_OF_ROW: "account_id", SECRET: "seed", FACT: "confirmed_at last_step"},
    "recovery_code": {OWNER_OF_ROW: "account_id", SECRET: "code_hash", FACT: "id used_at"},
    "factor_removal": {
        OWNER: "account_id",
        ACTOR: "removed_by_id",
        FACT: "id removed_at told_at",
        WORDS: "reason",
    },
    "way_in": {
        OWNER_OF_ROW: "account_id",
        ACTOR: "asked_by_id",
        SECRET: "token_hash code_hash tied_to",
        FACT: "id kind asked_at minted_at ends_at sent_at failed_at used_at told_at",
    },
    "address_change": {OWNER_OF_ROW: "account_id", FACT: "id before after changed_at old_told_at"},  # goes once told
    "sign_in_failure": {PLAIN: "key count last_at"},  # a keyed hash, which nobody can lead back to anybody
    "employee": {
        OWNER: "id",
        NUMBERED: "number",
        ERASED: "email name sort_name language time_zone",
        FACT: "starts_on ends_on",
    },
    "employee_word": {OWNER_OF_ROW: "employee_id", SECRET: "word"},  # parts of the name and the number, to be found by
    "unit_alias": {
        PLAIN: "id kind key unit_id starts_on ends_on",
        WORDS: "code name above",
        FACT: "decided_at ended_at",
        ACTOR: "decided_by_id ended_by_id",
    },
    "unit_word": {PLAIN: "unit_id word"},
    "job_word": {PLAIN: "word job"},
    "assignment": {
        OWNER: "employee_id",
        FACT: "id unit_id job starts_on ends_on",
        ACTOR: "line_manager_id",
        ERASED: "sort_name",
    },
    "role_grant": {
        OWNER: "account_id",
        FACT: "id role unit_id starts_on ends_on granted_at ended_at",
        ACTOR: "granted_by_id granted_for_id ended_by_id ended_for_id",
        WORDS: "reason end_reason",
    },
    "deputyship": {
        OWNER: "absent_id deputy_id",
        FACT: "id role unit_id starts_on ends_on named_at ended_at",
        ACTOR: "named_by_id named_for_id ended_by_id",
        WORDS: "reason",
    },
    "import_write": {
        OWNER_OF_ROW: "employee_id",
        FACT: "id import_id line before after made last_entry",
        PLAIN: "unit_id",
    },
    "leave": {OWNER_OF_ROW: "employee_id", FACT: "id kind starts_on ends_on recorded_at", ACTOR: "recorded_by_id"},
    "own_day": {PLAIN: "id unit_id day name is_worked", FACT: "set_at", ACTOR: "set_by_id"},
    "work_week": {
        OWNER_OF_ROW: "employee_id",
        FACT: "id unit_id days turns works_holidays starts_on ends_on set_at",
        ACTOR: "set_by_id",
    },
    "audience": {PLAIN: "id"},
    "audience_rule": {PLAIN: "id audience_id is_included unit_id role language location job"},
    "unit_version": {PLAIN: "id unit_id name kind parent_id country location starts_on ends_on"},
    "reorganisation": {
        FACT: "id kind unit_id happens_on decided_at withdrawn_at undo",  # `undo`: numbers of rows, names of units
        ACTOR: "decided_by_id withdrawn_by_id",
        WORDS: "reason",
    },
    "reorganised_unit": {PLAIN: "reorganisation_id unit_id"},
    "succession": {PLAIN: "id predecessor_id successor_id kind happened_on"},
    "unit": {PLAIN: "id code name kind parent_id is_open"},
    "unit_tree": {PLAIN: "ancestor_id descendant_id depth"},
    "head_count": {PLAIN: "unit_id counted_on directly altogether"},
}


def _ended_sessions(before: datetime) -> sa.Select[int]:
    over = sa.or_(AccountSession.ends_at <= before, AccountSession.seen_at <= before - IDLE)
    return sa.select(sa.func.count(AccountSession.id)).where(over)


def _spent_ways_in(before: datetime) -> sa.Select[int]:
    spent = sa.or_(WayIn.ends_at < before, sa.and_(WayIn.ends_at.is_(None), WayIn.asked_at < before))
    return sa.select(sa.func.count(WayIn.id)).where(spent)


def _old_failures(before: datetime) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(SignInFailure).where(SignInFailure.last_at < before - FORGOTTEN)


def _old_writes(before: datetime) -> sa.Select[int]:
    return sa.select(sa.func.count(ImportWrite.id)).where(writes_before(before))


def _old_tokens(before: datetime) -> sa.Select[int]:
    return sa.select(sa.func.count(ApiToken.id)).where(over_before(before))


RETENTION = [
    Rule(
        "api_tokens",
        _l("API tokens that are over"),
        _l("So many days after a token ended or was revoked, its row goes: its name, and when it was used last."),
        90, 0, 365, _old_tokens,
    ),
    Rule(
        "import_writes",
        _l("How units and people were before an import"),
        _l("So many days after an import was begun, this goes, and the import can no longer be undone."),
        365, 1, 3650, _old_writes,
    ),
    Rule(
        "sessions",
        _l("Sign-ins that are over"),
        _l("So many days after a sign-in ended, its row goes: the browser, and when it was used last."),
        0, 0, 365, _ended_sessions,
    ),
    Rule(
        "ways_in",
        _l("Invitations, slips and links that are over"),
        _l("So many days after one ran out, its row goes: who asked for it, when, and whether it was used."),
        30, 2, 365, _spent_ways_in,
    ),
    Rule(
        "sign_in_failures",
        _l("Wrong passwords"),
        _l("So many days after the last wrong password, the count goes. It names nobody."),
        0, 0, 90, _old_failures,
    ),
]  # fmt: skip
