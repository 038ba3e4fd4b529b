"""Settings of this feature."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.permissions import Role
from app.core.settings import Setting


def _are_roles(value: Any) -> bool:
    return isinstance(value, list) and set(value) <= set(Role)


SETTINGS = [
    # Who may be tried in the demo company, as the sign-in page lists them: [{"email": …, "note": {"en": …, "pl": …}}].
    # The demo writes it; nobody else can sign in there without a password of their own.
    Setting("demo_people", _l("Who may be tried in the demo"), []),
    Setting("factor_roles", _l("Roles that need a second factor"), [], _are_roles),
]
