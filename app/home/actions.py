"""Setting up a company."""

from datetime import datetime
from typing import Any

from app.core import installation, settings
from app.core.installation import InstallationKind
from app.core.locales import language
from app.people.actions.accounts import create_administrator
from app.people.actions.units import open_company
from app.people.models import Account
from app.people.queries import company

COMPANY_SETTINGS = ("company_name", "languages", "time_zone", "country", "reporting_threshold")
LATER_SETTINGS = (*COMPANY_SETTINGS, "hides_changed_teams")


def set_up_company(words: dict[str, Any], now: datetime) -> Account:
    """From empty to a company of its own: its root unit, its settings, its first administrator."""
    installation.become(InstallationKind.COMPANY, now)
    if company() is None:  # an operator may have imported the units already
        open_company(words["company_name"])
    account = create_administrator(words["email"], words["name"], words["password"])
    account.language = language()  # the one in which all this was filled in
    change_settings(words, account.id)
    return account


def change_settings(words: dict[str, Any], actor_id: int) -> None:
    """Only what differs is written, dated today."""
    for name in LATER_SETTINGS:
        if name in words and settings.company(name) != words[name]:
            settings.set_company(name, words[name], actor_id=actor_id)
