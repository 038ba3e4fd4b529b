"""The one place that asks what time it is. `now` is an argument everywhere else."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def today(time_zone: str = "UTC") -> date:
    """The date in that zone: the company's day, not the server's."""
    return now().astimezone(ZoneInfo(time_zone)).date()
