"""Which of the nightly backups stay: the newest of each of the last days, weeks and months that have one."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

SPANS: tuple[Callable[[datetime], Hashable], ...] = (
    lambda moment: moment.date(),
    lambda moment: moment.isocalendar()[:2],
    lambda moment: (moment.year, moment.month),
)


def staying(moments: Iterable[datetime], kept: tuple[int, int, int]) -> set[datetime]:
    """Counted are days that have a backup, not days of the calendar: a server that slept a month loses none."""
    newest_first = sorted(moments, reverse=True)
    stay: set[datetime] = set(newest_first[:1])
    for span, number in zip(SPANS, kept, strict=True):
        newest: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest.setdefault(span(moment), moment)
        stay.update(list(newest.values())[:number])
    return stay
