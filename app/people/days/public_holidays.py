"""Public holidays of a country, and which days of the week are its weekend, as the package `holidays` knows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

SATURDAY, SUNDAY = 5, 6
NAMES_IN = {"en": ("en_GB", "en_US", "en"), "pl": ("pl",), "ru": ("ru",)}


@dataclass(frozen=True)
class CountryYear:
    """One year of one country. `worked`: days of a weekend that this year were made working days."""

    is_known: bool = False
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    names: Mapping[date, str] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()


@cache
def known_countries() -> frozenset[str]:
    import holidays  # noqa: PLC0415 - slow: it reads the tables of two hundred countries

    return frozenset(holidays.list_supported_countries(include_aliases=False))


@cache
def country_year(country: str, year: int, language: str = "en") -> CountryYear:
    """In the reader's language where the package has it, else in English, else in the country's own."""
    import holidays  # noqa: PLC0415 - slow, as above

    if country not in known_countries():
        return CountryYear()
    found = holidays.country_holidays(country, years=year, language=_language(country, language))
    return CountryYear(
        True,
        frozenset(found.weekend),
        {day: str(name) for day, name in sorted(found.items()) if day.year == year},
        frozenset(getattr(found, "weekend_workdays", ())),
    )


@cache
def _language(country: str, wanted: str) -> str | None:
    import holidays  # noqa: PLC0415 - slow, as above

    offered = holidays.country_holidays(country).supported_languages
    fitting = [name for language in (wanted, "en") for name in NAMES_IN[language] if name in offered]
    return fitting[0] if fitting else None
