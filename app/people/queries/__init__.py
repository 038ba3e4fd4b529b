"""What we ask about people and units."""

from app.people.queries.accounts import (
    SEEN_STEP,
    account_of,
    account_with_email,
    demo_people,
    grants_of,
    session_hash,
    sessions_of,
)
from app.people.queries.audience import people_in
from app.people.queries.directory import (
    Branch,
    account_behind,
    assignments_of,
    holders_on,
    matching_units,
    people_directly_in,
    reports_of,
    top_units,
    tree_of,
    versions_of,
    working_people,
)
from app.people.queries.places import (
    below,
    company,
    headcounts_on,
    path_to,
    tree_on,
    unit_of,
    units_by_code,
)

__all__ = [
    "SEEN_STEP",
    "Branch",
    "account_behind",
    "account_of",
    "account_with_email",
    "assignments_of",
    "below",
    "company",
    "demo_people",
    "grants_of",
    "headcounts_on",
    "holders_on",
    "matching_units",
    "path_to",
    "people_directly_in",
    "people_in",
    "reports_of",
    "session_hash",
    "sessions_of",
    "top_units",
    "tree_of",
    "tree_on",
    "unit_of",
    "units_by_code",
    "versions_of",
    "working_people",
]
