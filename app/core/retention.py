"""How long what is kept: one rule a kind, its days a setting, its work done by the schedule.

Features declare theirs in `personal.py` as `RETENTION`; `create_app` collects them and makes their settings.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask, current_app
from flask_babel import LazyString

from app.core import settings
from app.core.settings import Setting


@dataclass(frozen=True)
class Rule:
    name: str
    label: LazyString
    does: LazyString  # what is taken away after how many days since what, and what stays
    default: int | None  # days; None: nothing goes by itself
    floor: int
    ceiling: int
    due: Callable[[datetime], sa.Select[int]]  # how many are older than that moment
    is_optional: bool = False  # may be switched off

    @property
    def setting(self) -> Setting:
        return Setting(f"keep_{self.name}_days", self.label, self.default, self.allows)

    def allows(self, days: object) -> bool:
        if days is None:
            return self.is_optional
        return isinstance(days, int) and self.floor <= days <= self.ceiling


def bind_retention(app: Flask, rules: Iterable[Rule]) -> None:
    app.extensions["retention"] = {rule.name: rule for rule in rules}


def rules() -> dict[str, Rule]:
    found: dict[str, Rule] = current_app.extensions["retention"]
    return found


def days_of(name: str) -> int | None:
    days: int | None = settings.company(f"keep_{name}_days")
    return days


def limit(name: str, now: datetime) -> datetime:
    """What is older goes."""
    found = limit_if_any(name, now)
    assert found is not None, f"the rule {name} cannot be switched off"
    return found


def limit_if_any(name: str, now: datetime) -> datetime | None:
    """None: nothing goes by itself."""
    days = days_of(name)
    return None if days is None else now - timedelta(days=days)
