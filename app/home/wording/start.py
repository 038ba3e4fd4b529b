"""The start page put together: greeting, at most five things that ask for me, my unit, the units I look after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import format_date

from app.core import company_time, formats
from app.core.locales import localised
from app.core.permissions import Permission
from app.core.texts import _, ngettext
from app.home.queries.progress import Progress, progress, unfinished_imports
from app.home.wording.steps import Step, steps
from app.impact.queries.glance import Places, Said, places_of
from app.impact.wording.glance import Glances, Looked
from app.people.models import Account
from app.pulse.queries import count_waiting

MOST = 5
NOON, EVENING = 12, 18


@dataclass(frozen=True)
class Todo:
    """Something that asks for me, with one verb."""

    icon: str
    title: str
    sub: str
    verb: str
    url: str


@dataclass(frozen=True)
class StartPage:
    """What is new at each visit; the cards of units are `UnitCards`."""

    greeting: str
    day: str
    todos: list[Todo]
    steps: list[Step]
    places: Places


def start_page(person: Account, now: datetime) -> StartPage:
    """In the company's time: its morning is everybody's."""
    here = now.astimezone(company_time.zone())
    places = places_of(person, here.date())
    drafts = count_waiting(person) if person.may(Permission.RESULT_PUBLISH) else 0
    found = progress(person) if person.may(Permission.SETTING_EDIT) else None
    day = format_date(here.date(), "EEEE, d MMMM")
    return StartPage(
        greeting=greeting(person.display_name.split()[0], here.hour),
        day=f"{day} · {places.mine.name}" if places.mine else day,
        todos=_todos(person, drafts, found)[:MOST],
        steps=steps(person, found, drafts) if found and not found.is_complete else [],
        places=places,
    )


def greeting(name: str, hour: int) -> str:
    """Words that need no vocative, so that every name can stand in them."""
    if hour < NOON:
        return _("Good morning, %(name)s", name=name)
    return _("Good afternoon, %(name)s", name=name) if hour < EVENING else _("Good evening, %(name)s", name=name)


def _todos(person: Account, drafts: int, found: Progress | None) -> list[Todo]:
    todos = []
    if drafts:
        todos.append(
            Todo(
                "pulse",
                _("Employees' results wait to be published"),
                ngettext("%(num)s draft, seen by nobody yet", "%(num)s drafts, seen by nobody yet", drafts),
                _("Publish"),
                url_for("pulse.list_drafts"),
            )
        )
    unfinished = 0
    if person.may(Permission.IMPORT_USE):
        unfinished = found.unfinished if found else unfinished_imports(person)
    if unfinished:
        todos.append(
            Todo(
                "import",
                _("An import is not finished"),
                ngettext("%(num)s file waits for you", "%(num)s files wait for you", unfinished),
                _("Check"),
                url_for("imports.list_imports"),
            )
        )
    return todos


def said_from(said: Said | None) -> str:
    """NPS 10 · Okienko · 12 Nov 2026"""
    if said is None:
        return ""
    parts = (_("NPS %(score)s", score=said.score), localised(said.touchpoint), formats.day(said.answered_on))
    return " · ".join(part for part in parts if part)


def columns() -> list[tuple[str, str]]:
    return [
        (_("Unit"), "text"),
        (_("Team eNPS"), "number"),
        (_("Change"), "text"),
        (_("Customers' NPS"), "number"),
        (_("Change"), "text"),
    ]


def row(one: Looked) -> list[Any]:
    return [(one.name, one.url), one.team, one.team_change, one.customers, one.customers_change]


def cards(found: Glances) -> dict[str, Any]:
    """What the templates of the cards are given."""
    return {
        "mine": found.mine,
        "said": found.said,
        "said_from": said_from(found.said),
        "others": bool(found.others),
        "quarter": found.quarter,
        "columns": columns(),
        "rows": [row(one) for one in found.others],
    }
