"""Settings: dated rows, for the whole company or for a unit's subtree; the newest that has begun holds.

Features declare theirs as `SETTINGS`, a list of `Setting`; `create_app` collects them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import current_app, g, has_request_context
from flask_babel import LazyString
from sqlalchemy.orm import Mapped, mapped_column

from app.core import audit, clock
from app.core.database import plainly
from app.extensions import Base, db


class SettingValue(Base):
    __tablename__ = "setting_value"
    __table_args__ = (sa.Index("ix_setting_value_name", "name", "unit_id", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))  # None: the whole company
    value: Mapped[Any] = mapped_column(sa.JSON)
    starts_on: Mapped[date]
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


# Put together once: every page asks it. What this installation is stands beside each row, or alone where there is none.
_kind = sa.table("installation", sa.column("kind", sa.String)).c.kind
_one = sa.select(sa.literal(1).label("one")).subquery()
_begun = sa.and_(SettingValue.unit_id.is_(None), SettingValue.starts_on <= sa.bindparam("today"))
_BEGUN = (
    sa.select(sa.select(_kind).scalar_subquery(), SettingValue.name, SettingValue.value)
    .select_from(sa.outerjoin(_one, SettingValue, _begun))
    .order_by(SettingValue.starts_on, SettingValue.id)
)


@dataclass(frozen=True)
class Setting:
    name: str
    label: LazyString
    default: Any
    check: Callable[[Any], bool] = lambda value: True
    is_secret: bool = False  # neither the log nor earlier rows hold what it was


def bind_settings(app: Any, settings: Iterable[Setting]) -> None:
    app.extensions["settings"] = {setting.name: setting for setting in settings}


def company(name: str) -> Any:
    """The value that holds for the whole company today. One query a request answers all of them."""
    values = _told().values
    return values[name] if name in values else _declared(name).default


def set_company(name: str, value: Any, *, actor_id: int | None, starts_on: date | None = None) -> None:
    if not _declared(name).check(value):
        raise ValueError(f"{name} cannot be {value!r}")
    before, secret = company(name), _declared(name).is_secret
    if secret:
        db.session.execute(sa.delete(SettingValue).where(SettingValue.name == name))
    moment = clock.now()  # and its date in UTC, as in `_load`
    row = SettingValue(name=name, value=value, starts_on=starts_on or moment.date(), set_at=moment, set_by_id=actor_id)
    db.session.add(row)
    db.session.flush()
    told = ({}, {name: "•••" if value else ""}) if secret else ({name: before}, {name: value})
    audit.record("setting.changed", "setting", row.id, actor_id=actor_id, before=told[0], after=told[1])
    forget()


def reword_secret(name: str, value: str) -> None:
    """The same secret, written in another way."""
    db.session.execute(sa.update(SettingValue).where(SettingValue.name == name).values(value=value))
    forget()


def forget() -> None:
    if has_request_context():
        g.pop("told", None)


def installation_kind() -> str | None:
    """What stands in the one row of `installation`; None where there is none yet."""
    return _told().kind


def _declared(name: str) -> Setting:
    found: Setting = current_app.extensions["settings"][name]
    return found


class Told(NamedTuple):
    kind: str | None
    values: dict[str, Any]


def _told() -> Told:
    """For each request anew: another process may have changed it."""
    if not has_request_context():
        return _load()
    here: Any = g._get_current_object()
    if "told" not in here:
        here.told = _load()
    told: Told = here.told
    return told


def _load() -> Told:
    """By the date in UTC, alone in the house: which day the company has hangs on one of these values."""
    rows = plainly(_BEGUN, {"today": clock.now().date()}).all()
    return Told(rows[0][0], {name: value for _kind, name, value in rows if name is not None})
