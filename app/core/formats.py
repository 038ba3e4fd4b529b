"""Numbers and days as each language writes them; signs are always shown, and a minus is a real minus."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal
from flask_babel import format_date, format_datetime, get_timezone

from app.core.locales import language

MINUS = "\N{MINUS SIGN}"
SIZES = (("B", 0), ("kB", 0), ("MB", 0), ("GB", 1), ("TB", 1))


def number(value: float | int, decimals: int = 0) -> str:
    return _written(rounded(value, decimals), decimals, language())


@lru_cache(4096)
def _written(value: Decimal, decimals: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, pattern, locale=language)).replace("-", MINUS)


def rounded(value: float | int, decimals: int = 0) -> Decimal:
    """As every page rounds; the API says the same number."""
    return round(Decimal(repr(value)), decimals) + 0


def signed(value: float, decimals: int = 0) -> str:
    """+32, −8, 0."""
    text = number(value, decimals)
    return f"+{text}" if round(value, decimals) > 0 else text


def span(low: float, high: float) -> str:
    """+24 … +41"""
    return f"{signed(low)} … {signed(high)}"


def percent(share: float, decimals: int = 0) -> str:
    gap = "\N{NO-BREAK SPACE}" if language() == "ru" else ""
    return f"{_written(rounded_percent(share, decimals), decimals, language())}{gap}%"


def rounded_percent(share: float, decimals: int = 0) -> Decimal:
    """A hundred times the share as it is written: 0.575 is 57.5, and a float of it would be a little less."""
    return round(Decimal(repr(share)) * 100, decimals) + 0


def day(value: date) -> str:
    """1 Mar 2001, 1 mar 2001, 1 мар. 2001: without the Russian «г.», after which no sentence could end."""
    if isinstance(value, datetime):
        value = value.astimezone(get_timezone()).date()  # Flask-Babel's own way wants a zone of pytz
    return str(format_date(value, "d MMM yyyy"))


def moment(value: datetime) -> str:
    return str(format_datetime(value, "d MMM yyyy, HH:mm"))


def hour(value: datetime) -> str:
    """What is kept to the hour only: 3 Nov 2026, 14:00–15:00. Its beginning alone would claim a minute."""
    return f"{moment(value)}\N{EN DASH}{format_datetime(value + timedelta(hours=1), 'HH:mm')}"


def size(count: int) -> str:
    """Bytes as people say them: 640 MB, 1.2 GB."""
    power = min((len(str(count)) - 1) // 3, len(SIZES) - 1)
    unit, decimals = SIZES[power]
    return f"{number(count / 1000**power, decimals)}\N{NO-BREAK SPACE}{unit}"
