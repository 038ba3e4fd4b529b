"""The pages of `home`, one module a kind."""

from flask_babel import lazy_gettext as _l

from app.core.navigation import Place
from app.core.permissions import Permission
from app.home.views import admin, audit, first_run, health, mail, start
from app.home.views.blueprint import bp

__all__ = ["admin", "audit", "bp", "first_run", "health", "mail", "start"]

NAVIGATION = [
    Place(
        "home.show_start", _l("Home"), "home", Permission.ACCOUNT_USE, primary=True, rank=10, section="home.show_start"
    ),
    Place(
        "home.edit_settings", _l("Company settings"), "settings", Permission.SETTING_EDIT, rank=90, section="home.edit_"
    ),
    Place("home.list_audit", _l("Audit log"), "clock", Permission.AUDIT_READ, rank=95, section="home.list_audit"),
]
