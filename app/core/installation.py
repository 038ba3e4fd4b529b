"""What this installation is: empty, a company's own, or the demo. It changes only while empty (security.md B6)."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from app.core import settings
from app.core.database import one_at_a_time
from app.core.errors import Refused
from app.core.settings import Setting
from app.extensions import Base, db
from config import LANGUAGES

THRESHOLD_FLOOR = 5  # hard: below five, a number is a person
THRESHOLD_DEFAULT = 7


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


SETTINGS = [
    Setting("company_name", _l("Name of the company"), ""),
    Setting("languages", _l("Languages"), list(LANGUAGES), lambda value: bool(value) and set(value) <= set(LANGUAGES)),
    Setting("time_zone", _l("Time zone"), "Europe/Warsaw"),
    # For public holidays, where a unit has none of its own; empty: that in which the time zone lies.
    Setting("country", _l("Country"), "", lambda value: value == "" or (len(value) == 2 and value.isupper())),
    Setting(
        "reporting_threshold",
        _l("Reporting threshold"),
        THRESHOLD_DEFAULT,
        lambda value: isinstance(value, int) and THRESHOLD_FLOOR <= value <= 50,
    ),
    Setting("hides_changed_teams", _l("Small teams whose people changed stay hidden"), True, _is_yes_or_no),
]


class InstallationKind(StrEnum):
    EMPTY = "empty"
    COMPANY = "company"
    DEMO = "demo"


class Installation(Base):
    __tablename__ = "installation"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    kind: Mapped[InstallationKind]
    since: Mapped[datetime]


def kind() -> InstallationKind:
    return InstallationKind(settings.installation_kind() or InstallationKind.EMPTY)


def hold() -> InstallationKind:
    """What it is now, and what nobody makes something else before the commit."""
    one_at_a_time()
    settings.forget()
    return kind()


def is_demo() -> bool:
    return kind() is InstallationKind.DEMO


def become(new: InstallationKind, now: datetime) -> None:
    """From empty to something, once. Back to empty only for the demo, which is removed whole."""
    one_at_a_time()
    row = db.session.get(Installation, 1, populate_existing=True)
    old = row.kind if row else InstallationKind.EMPTY
    if InstallationKind.EMPTY not in (old, new) or (old is InstallationKind.COMPANY and new is not old):
        raise Refused(_l("This installation is already in use. Nothing was changed; use an empty database instead."))
    if row is None:
        db.session.add(Installation(id=1, kind=new, since=now))
    else:
        row.kind, row.since = new, now
    db.session.flush()
    settings.forget()
