"""What refers to units, people and accounts: by it an undo knows what it must not take away."""

from collections.abc import Collection

import sqlalchemy as sa

from app.core.database import some_of
from app.core.imports import N_, Message
from app.extensions import Base, db

WORKS = Message(N_("People work there, or are named there as line manager, since then."))
ENTERED = Message(N_("A way in was given since then, or somebody has signed in with it."))
ACTED = Message(N_("This account has done something here since then."))
ROLES = Message(N_("Roles hang on it since then."))
HEARD = Message(N_("Customers' feedback belongs to it since then."))
MEANT = Message(N_("Files are read so that some of their words mean it, since then."))
AWAY = Message(N_("Leave or working days of this person have been recorded since then."))
RESULTS = Message(N_("Results of employees belong to it since then."))
OTHER = Message(N_("Something else here refers to it since then."))
REASONS = {
    "assignment": WORKS, "way_in": ENTERED, "account_session": ENTERED, "account_factor": ENTERED, "api_token": ENTERED,
    "audit_entry": ACTED, "data_import": ACTED, "role_grant": ROLES, "deputyship": ROLES, "feedback": HEARD,
    "feedback_day": HEARD, "feedback_quarter": HEARD, "feedback_group": HEARD, "result_figure": RESULTS,
    "draft_tally": RESULTS, "unit_alias": MEANT, "leave": AWAY, "work_week": AWAY,
}  # fmt: skip


def hanging_on(table: str, ids: Collection[int], besides: Collection[str]) -> dict[int, Message]:
    """Of these rows the ones to which others refer, with the reason; `besides`: columns that do not count."""
    found: dict[int, Message] = {}
    columns, places = _referring(table, besides), {name: place for place, name in enumerate(REASONS)}
    for some in some_of(ids):
        each = (sa.select(sa.literal(column.table.name), column).where(column.in_(some)) for column in columns)
        referring = db.session.execute(sa.union(*each)).all()
        # Of several the first of the list above, however the database has put them in order.
        for name, row_id in sorted(referring, key=lambda row: places.get(row[0], len(places))):
            found.setdefault(row_id, REASONS.get(name, OTHER))
    return found


def _referring(table: str, besides: Collection[str]) -> list[sa.Column[int]]:
    return [
        column
        for each in Base.metadata.sorted_tables
        for column in each.columns
        if any(key.column.table.name == table for key in column.foreign_keys) and str(column) not in besides
    ]
