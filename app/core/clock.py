"""The one place that asks what time it is. `now` is an argument everywhere else."""

from datetime import UTC, datetime, timedelta

# A clock that was set back is believed so far: what was made in a time that is not yet opens nothing until then.
SLACK = timedelta(minutes=5)


def now() -> datetime:
    return datetime.now(UTC)
