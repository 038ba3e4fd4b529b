"""Where people go when their unit closes or is divided."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.people.chart.drawing.sheet import Drawing
from app.people.chart.wishes import Split, Wish


@dataclass(frozen=True)
class Post:
    """An assignment in a unit that is touched."""

    id: int
    employee_id: int
    person: str
    unit: str
    starts_on: date
    ends_on: date | None
    job: str = ""
    line_manager_id: int | None = None


@dataclass(frozen=True)
class Transfer:
    """From the day on (or from its own beginning) the assignment is in another unit."""

    post: Post
    to: str
    since: date

    @property
    def begins_later(self) -> bool:
        return self.post.starts_on > self.since


def transfers(drawing: Drawing, wish: Wish, posts: Iterable[Post], day: date) -> list[Transfer]:
    """Of everybody who works in a closing or divided unit on that day or later."""
    return list(_transfers(drawing, wish, posts, day))


def _transfers(drawing: Drawing, wish: Wish, posts: Iterable[Post], day: date) -> Iterator[Transfer]:
    chosen = wish.people if isinstance(wish, Split) else {}
    for post in posts:
        if post.ends_on is not None and post.ends_on <= day:
            continue
        target = chosen.get(post.employee_id) or drawing.destinations.get(post.unit)
        if target is None and post.unit in drawing.closed:
            raise _nowhere(drawing, post, day)
        if target is not None and target != post.unit:
            yield Transfer(post, target, day)


def _nowhere(drawing: Drawing, post: Post, day: date) -> Refused:
    return Refused(
        _l(
            "%(person)s works in “%(unit)s” on that day or later, perhaps others too. Nothing was changed; choose the"
            " unit that they go to.",
            person=post.person,
            unit=drawing.name(post.unit, day),
        )
    )
