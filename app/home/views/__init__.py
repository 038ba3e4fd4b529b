"""The pages of `home`, one module a kind."""

from flask_babel import lazy_gettext as _l

from app.core.navigation import Place
from app.core.permissions import Permission
from app.home.views import health, start
from app.home.views.blueprint import bp

__all__ = ["bp", "health", "start"]

NAVIGATION = [
    Place("home.show_start", _l("Home"), "home", Permission.ACCOUNT_USE, primary=True),
]
