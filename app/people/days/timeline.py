"""Dated values of one unit or person: spans that follow each other, with gaps where there was none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")
DAY = timedelta(days=1)
KEEP = date.min  # as an end: whatever ended there before


@dataclass(frozen=True)
class Span(Generic[T]):
    ends_on: date | None  # the first day on which it no longer holds
    value: T


Timeline = Mapping[date, Span[T]]


def at(timeline: Timeline[T], day: date) -> T | None:
    start = start_at(timeline, day)
    return None if start is None else timeline[start].value


def start_at(timeline: Timeline[T], day: date) -> date | None:
    """Where the span begins that holds that day."""
    for start, span in timeline.items():
        if start <= day and (span.ends_on is None or day < span.ends_on):
            return start
    return None


def covers(timeline: Timeline[T], start: date, end: date | None) -> bool:
    """Whether there is something on every day from the start up to (not including) the end."""
    day: date | None = start
    while day is not None and (end is None or day < end):
        found = start_at(timeline, day)
        if found is None:
            return False
        day = timeline[found].ends_on
    return True


def opening_at(timeline: Timeline[T], day: date) -> date | None:
    """Since when there has been something without a gap, seen from that day."""
    start = start_at(timeline, day)
    ends = {span.ends_on: begin for begin, span in timeline.items()}
    while start is not None and start in ends:
        start = ends[start]
    return start


def merged(known: Timeline[T], brought: Timeline[T]) -> dict[date, Span[T]]:
    """What is brought replaces what began the same day; each span ends where the next begins, or before."""
    starts = sorted(known.keys() | brought.keys())
    result = {}
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        span = brought.get(start) or known[start]
        end = _kept_end(known, start) if span.ends_on is KEEP else span.ends_on
        if following is not None and (end is None or end > following or end == following - DAY):
            end = following  # many write the last day that holds; the next day something begins, so there is no gap
        result[start] = Span(end, span.value)
    return result


def _kept_end(known: Timeline[T], start: date) -> date | None:
    inside = start_at(known, start)
    return None if inside is None else known[inside].ends_on


def overlaps(brought: Timeline[T], all_starts: Mapping[date, object], start: date) -> bool:
    """Whether the end that was written reaches into what begins next."""
    end = brought[start].ends_on
    return end is not None and end is not KEEP and any(start < other < end for other in all_starts)


def lost_days(before: Timeline[T], after: Timeline[T]) -> list[tuple[date, date | None]]:
    """From when until when there is nothing any more where there was something before."""
    edges = {*before, *after, *(span.ends_on for span in (*before.values(), *after.values()))}
    days = sorted(day for day in edges if day is not None)
    lost: list[tuple[date, date | None]] = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        if start_at(before, day) is None or start_at(after, day) is not None:
            continue
        begins = lost.pop()[0] if lost and lost[-1][1] == day else day
        lost.append((begins, following))
    return lost


def presence(work: Timeline[T], day: date) -> date | None:
    """The first day on which there is nothing any more, as seen from this day: the end of the spans without a gap that
    hold it; with nothing on that day, of those before it, else of those to come. None: no end is known.
    """
    start = start_at(work, day)
    if start is None:
        past = [begin for begin in work if begin <= day]
        start = max(past) if past else min(work)
    while (end := work[start].ends_on) in work:
        assert end is not None
        start = end
    return end


def first_overlap(timeline: Timeline[T]) -> date | None:
    """Where a span begins while the one before still holds: nobody is in two places on one day."""
    starts = sorted(timeline)
    for start, following in pairwise(starts):
        end = timeline[start].ends_on
        if end is None or end > following:
            return following
    return None
