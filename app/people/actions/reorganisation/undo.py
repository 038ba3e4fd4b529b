"""What an act leaves in its row, so that it can be taken back: what stood there before, and what it made of it.

Plain values only: ids, days, names of units. People are numbers here.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.people.chart.versions import Version
from app.people.days.timeline import Span, Timeline
from app.people.models import UnitKind

Image = list[list[Any]]


def image(timeline: Timeline[Version], ids: Mapping[str, int]) -> Image:
    return [
        [start.isoformat(), text(span.ends_on), span.value.name, span.value.kind.value, _id(span.value.parent, ids),
         span.value.country, span.value.location]
        for start, span in sorted(timeline.items())
    ]  # fmt: skip


def timeline_of(rows: Iterable[list[Any]], keys: Mapping[int, str]) -> dict[date, Span[Version]]:
    return {
        date.fromisoformat(start): Span(
            day(end), Version(name, UnitKind(kind), keys[parent] if parent else None, country, location)
        )
        for start, end, name, kind, parent, country, location in rows
    }


def _id(key: str | None, ids: Mapping[str, int]) -> int | None:
    return ids[key] if key else None


def text(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
