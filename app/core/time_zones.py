"""Time zones as people look for them: by continent, with the city's name in the reader's language."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from app.core.alphabet import alphabetical

# Territories by which the locale names a part of the world; the oceans have none.
TERRITORIES = {"Africa": "002", "America": "019", "Antarctica": "AQ", "Asia": "142", "Australia": "AU", "Europe": "150"}
OCEANS = {"Atlantic": _l("Atlantic Ocean"), "Indian": _l("Indian Ocean"), "Pacific": _l("Pacific Ocean")}
UTC = "UTC"


def zone_name(zone: str) -> str:
    """The city: “Warszawa”."""
    return _city(zone, get_locale() or Locale("en"))


class TimeZoneField(SelectField):
    """A zone by its city. One that has another name today is taken too: older accounts and files may say it."""

    def offer(self, home: str, *first: SelectChoice) -> None:
        """The part of the world in which the company lies stands first."""
        zones = {region: dict(cities) for region, cities in _by_region(str(get_locale() or "en")).items()}
        order = sorted(zones, key=lambda region: (region != _region(home), alphabetical(_words(region))))
        cities = [(zone, city, _words(region)) for region in order for zone, city in zones[region].items()]
        offered = [SelectChoice(zone, city, optgroup=region) for zone, city, region in cities]
        known = {UTC, *(zone for zone, *_rest in cities), *(choice.value for choice in first)}
        if self.data and self.data not in known and self.data in available_timezones():
            first = (*first, SelectChoice(self.data, zone_name(self.data)))
        self.choices = [*first, *offered, SelectChoice(UTC, UTC)]

    def pre_validate(self, form: object) -> None:
        offered = {choice.value for choice in self.choices or ()}
        if self.data not in offered and self.data not in available_timezones():
            raise ValidationError(_l("Choose one from the list."))


def _region(zone: str) -> str:
    """Spitsbergen, alone in its ocean, goes with Europe."""
    return zone.split("/")[0].replace("Arctic", "Europe")


def _words(region: str) -> str:
    locale = get_locale() or Locale("en")
    return str(OCEANS[region] if region in OCEANS else locale.territories[TERRITORIES[region]])


@cache
def _by_region(language: str) -> Mapping[str, Mapping[str, str]]:
    """Each city once, by the name that its zone has today, in the order of the language."""
    locale, aliases = Locale(language), get_global("zone_aliases")
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for zone in available_timezones():
        if zone not in aliases and _region(zone) in (*TERRITORIES, *OCEANS):
            found[_region(zone)].append((_city(zone, locale), zone))
    return {
        region: {zone: city for city, zone in sorted(cities, key=lambda pair: alphabetical(pair[0]))}
        for region, cities in found.items()
    }


def _city(zone: str, locale: Locale) -> str:
    """As the locale writes it; it may know the zone by an older name only."""
    known = locale.time_zones
    named = next((known[name]["city"] for name in (zone, *_older(zone)) if "city" in known.get(name, {})), "")
    return str(named) or zone.split("/", 1)[-1].replace("_", " ").replace("/", ", ")


def _older(zone: str) -> list[str]:
    return _older_names().get(zone, [])


@cache
def _older_names() -> Mapping[str, list[str]]:
    older: dict[str, list[str]] = defaultdict(list)
    for name, today in get_global("zone_aliases").items():
        older[today].append(name)
    return older
