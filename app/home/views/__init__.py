"""The pages of `home`, one module a kind."""

from flask import request
from flask_babel import lazy_gettext as _l

from app.core.navigation import Destination
from app.core.permissions import Permission
from app.home.views import admin, audit, first_run, health, mail, start
from app.home.views.blueprint import bp

__all__ = ["admin", "audit", "bp", "first_run", "health", "mail", "start"]

ELSEWHERE = ("/admin/audit", "/admin/entrance", "/admin/accounts/")  # reached from places of their own


class SettingsDestination(Destination):
    """From here all features are set, each on pages of its own."""

    @property
    def active(self) -> bool:
        return request.path.startswith("/admin/") and not request.path.startswith(ELSEWHERE)


NAVIGATION = [
    Destination(
        "home.show_start", _l("Home"), "home", Permission.ACCOUNT_USE, primary=True, rank=10, section="home.show_start"
    ),
    SettingsDestination("home.edit_settings", _l("Company settings"), "settings", Permission.SETTING_EDIT, rank=90),
    Destination("home.list_audit", _l("Audit log"), "clock", Permission.AUDIT_READ, rank=95, section="home.list_audit"),
]
