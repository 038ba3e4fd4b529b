"""What the page of a calendar says: its days in a table, its weekdays and its country in the reader's language."""

from dataclasses import dataclass
from datetime import date

from babel import Locale
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from app.core.formats import day as day_words
from app.core.locales import language as current_language
from app.people.models import OwnDay, WorkWeek
from app.people.queries.calendar import UnitCalendar
from app.people.wording.holidays import HOLIDAYS


@dataclass(frozen=True)
class DayRow:
    day: str
    weekday: str
    name: str
    kind: str
    own: OwnDay | None = None


def country_name(code: str) -> str:
    locale = get_locale() or Locale("en")
    return str(locale.territories.get(code, code))


def weekday_names() -> list[str]:
    locale = get_locale() or Locale("en")
    names = locale.days["stand-alone"]["wide"]
    return [str(names[number]).capitalize() for number in range(7)]


def pattern_words(week: WorkWeek | None) -> str:
    """Which days are worked, in a sentence."""
    if week is None:
        return str(_("All but the weekend of the country."))
    if week.turns is None:
        names = weekday_names()
        first, *others = (names[number] for number in week.weekdays)
        return ", ".join([first, *(each if current_language() == "en" else each.lower() for each in others)])
    words = _("Shifts: %(turns)s, days worked and days off in turn.", turns=week.turns.replace("-", "\u2013"))
    return " ".join([words, _("Public holidays are worked too.")] if week.works_holidays else [words])


def rows_of(calendar: UnitCalendar, year: int, language: str) -> list[DayRow]:
    """The year's public holidays and own days, in their order."""
    found = {day: DayRow(day_words(day), _weekday(day), str(HOLIDAYS.get(name, name)), _("public holiday"))
             for day, name in calendar.year_of(date(year, 1, 1), language).names.items()}  # fmt: skip
    for day, own in calendar.own_days.items():
        if day.year == year:
            kind = _("worked") if own.is_worked else _("own day off")
            found[day] = DayRow(day_words(day), _weekday(day), own.name, kind, own)
    return [found[day] for day in sorted(found)]


def _weekday(day: date) -> str:
    return str(format_date(day, "EEEE"))
