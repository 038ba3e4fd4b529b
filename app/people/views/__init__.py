"""What people are shown of themselves and of each other."""

from flask import request
from flask_babel import lazy_gettext as _l

from app.core.navigation import Destination
from app.core.permissions import Permission
from app.people.views import (
    access,
    accounts,
    calendar,
    codes,
    deputies,
    employees,
    employment,
    entry,
    factor_duty,
    factor_removal,
    org_chart,
    own_factor,
    own_settings,
    own_tokens,
    presence,
    roles,
    service_accounts,
    sign_in,
    units,
    unmatched,
    ways_in,
    working_days,
)
from app.people.views.blueprint import bp

__all__ = [
    "NAVIGATION",
    "access",
    "accounts",
    "bp",
    "calendar",
    "codes",
    "deputies",
    "employees",
    "employment",
    "entry",
    "factor_duty",
    "factor_removal",
    "org_chart",
    "own_factor",
    "own_settings",
    "own_tokens",
    "presence",
    "roles",
    "service_accounts",
    "sign_in",
    "units",
    "unmatched",
    "ways_in",
    "working_days",
]


class DirectoryDestination(Destination):
    """One's own settings belong to this feature too, but do not lie here."""

    @property
    def active(self) -> bool:
        return request.path.startswith(("/people/", "/admin/entrance", "/admin/accounts/"))


NAVIGATION = [DirectoryDestination("people.list_units", _l("Organisation"), "tree", Permission.UNIT_READ, rank=70)]
