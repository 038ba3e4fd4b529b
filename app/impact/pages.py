"""A page's body with its title, and pages of a list that is in memory already, as `pagination` wants them."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

PER_PAGE = 25


@dataclass(frozen=True)
class Shown:
    """What stands in the frame of every page."""

    title: str
    body: Markup
    has_chart: bool


@dataclass(frozen=True)
class Pages:
    page: int
    total: int

    @property
    def pages(self) -> int:
        return -(-self.total // PER_PAGE)

    @property
    def has_prev(self) -> bool:
        return self.page > 1

    @property
    def prev_num(self) -> int:
        return self.page - 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages

    @property
    def next_num(self) -> int:
        return self.page + 1

    def iter_pages(
        self, *, left_edge: int = 1, left_current: int = 1, right_current: int = 1, right_edge: int = 1
    ) -> Iterator[int | None]:
        """Numbers of pages near the ends and near this one; None where some are left out."""
        last = 0
        for number in range(1, self.pages + 1):
            near = self.page - left_current <= number <= self.page + right_current
            if number <= left_edge or near or number > self.pages - right_edge:
                if number > last + 1:
                    yield None
                last = number
                yield number
