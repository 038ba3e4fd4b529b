"""Where one can go: each feature declares its own, `create_app` collects them, pages show what one may enter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app, request, url_for
from flask_babel import LazyString

from app.core.permissions import Permission
from app.core.reader import reader


@dataclass(frozen=True)
class Destination:
    endpoint: str
    label: LazyString
    icon: str
    permission: Permission
    primary: bool = False  # stands in the phone's bottom bar
    rank: int = 50  # they stand in this order, for everybody
    section: str = ""  # how the endpoints begin that count as being here; without it, the whole feature's

    @property
    def active(self) -> bool:
        return (request.endpoint or "").startswith(self.section or self.endpoint.split(".")[0] + ".")

    def link(self) -> "Link":
        return Link(str(self.label), url_for(self.endpoint), self.icon, self.active, self.primary)


class Link(NamedTuple):
    """A destination on this page, in the reader's language: worked out once, though it is shown twice."""

    label: str
    url: str
    icon: str
    active: bool
    primary: bool


def bind_navigation(app: object, destinations: Iterable[Destination]) -> None:
    app.extensions["destinations"] = sorted(destinations, key=lambda each: each.rank)  # type: ignore[attr-defined]


def navigation() -> list[Link]:
    person = reader()
    if not person.is_authenticated:
        return []
    return [each.link() for each in current_app.extensions["destinations"] if person.may(each.permission)]
