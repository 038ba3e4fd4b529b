"""The one place that asks what time it is. `now` is an argument everywhere else."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
