"""From the text of a cell to a value, in the ways people write it. What could mean two things is refused."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar

from app.core.blanks import fold_spaces, is_missing
from app.core.imports import N_, DateOrder, Message, RowRefused
from app.core.periods import PeriodKind, Span, parse_period, quarter_of
from app.core.ranges import RANGE, is_range
from app.core.rows import Row

T = TypeVar("T")

MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
GROUPED = r"\d{1,3}(?:[ ']\d{3})+"
INTEGER = re.compile(rf"[+-]?(?:\d+|{GROUPED})")
DECIMAL = re.compile(rf"[+-]?(?:(?:\d+|{GROUPED})(?:[.,]\d+)?|[.,]\d+)")
MIXED_GROUPS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+|(?:,\d{3}){2,}|(?:\.\d{3}){2,})")
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
THOUSAND_DOT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
LONGEST_NUMBER = 40
SERIAL_DAY = re.compile(r"[2-5]\d{4}(\.\d+)?")
SPREADSHEETS_BEGIN = date(1899, 12, 30)
DATE = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?:\s*г\.?|\s*r\.)?(?:[ T,]\s*(.+))?")
ISO_DATE = re.compile(r"\d{4}[./-]")
TIME = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
PIVOT = 70
MONTHS, TWO_DIGITS = 12, 2
MOST_PEOPLE = 10_000_000
EMPTY = Message(N_("This cell is empty, and the import needs it."))
SIGN = Message(N_("This is a sign for an empty cell, and the import needs a value. Fill it in, or leave the row out."))


class BadValue(ValueError):
    """The text is not what was asked for; `message` says so in a sentence that fits any column."""

    def __init__(self, msgid: str, **params: str) -> None:
        self.message = Message(msgid, params)
        super().__init__(str(self.message))


def read_cell(row: Row, column: str, parse: Callable[[str], T]) -> T:
    """Parse one cell of a row; a missing or bad value refuses the row and names the column."""
    text = row.values.get(column, "")
    if is_missing(text):
        raise RowRefused(column, text, absent(text))
    try:
        return parse(text)
    except BadValue as error:
        raise RowRefused(column, text, error.message) from error


def read_optional_cell(row: Row, column: str, parse: Callable[[str], T]) -> T | None:
    return None if is_missing(row.values.get(column, "")) else read_cell(row, column, parse)


def absent(text: str) -> Message:
    return SIGN if fold_spaces(text) else EMPTY


def parse_integer(text: str) -> int:
    folded = fold_spaces(text).translate(MINUS)
    if AMBIGUOUS.fullmatch(folded):
        # In a column of whole numbers a comma before three digits can only stand between thousands.
        folded = folded.replace(",", "")
    if THOUSAND_DOT.fullmatch(folded):
        # The same with a full stop would otherwise be read as one with three zeros behind the point.
        raise BadValue(N_("This may be a thousand or a fraction. Write it without a separator."))
    if INTEGER.fullmatch(folded) and len(folded) <= LONGEST_NUMBER:
        return int(re.sub(r"[ ']", "", folded))
    try:
        value = parse_decimal(text)
    except BadValue as error:
        raise BadValue(RANGE if is_range(text) else N_("This is not a whole number.")) from error
    if value != value.to_integral_value():
        raise BadValue(N_("This is not a whole number."))
    return int(value)


def parse_decimal(text: str) -> Decimal:
    """Decimal point or comma, thousands in spaces, a trailing per cent sign dropped (`28.2 %` is 28.2).

    `1,234` is refused, because it is a thousand in one half of the world and a little more than one in the other.
    """
    folded = fold_spaces(text).translate(MINUS).removesuffix("%").strip()
    if AMBIGUOUS.fullmatch(folded):
        raise BadValue(
            N_("This may be a thousand or a fraction. Write it without a separator, or with a decimal point.")
        )
    if MIXED_GROUPS.fullmatch(folded):
        return Decimal(_without_groups(folded))
    if not DECIMAL.fullmatch(folded) or len(folded) > LONGEST_NUMBER:
        raise BadValue(RANGE if is_range(text) else N_("This is not a number."))
    return Decimal(re.sub(r"[ ']", "", folded).replace(",", "."))


def _without_groups(text: str) -> str:
    """`1,234.5` and `1.234,5`: the mark that comes last and once is the decimal one."""
    last = max(text.rfind(","), text.rfind("."))
    if text.count(text[last]) > 1:
        return re.sub(r"[.,]", "", text)
    return re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]


def parse_score(text: str, low: int, high: int) -> int:
    """A whole number on a scale. `9.0` is 9, as spreadsheets write it; `9.5` is not an answer that anybody gave."""
    try:
        score = parse_integer(text)
    except BadValue as error:
        raise BadValue(
            N_("A score is a whole number from %(low)s to %(high)s."), low=str(low), high=str(high)
        ) from error
    if score == 0 < low:
        raise BadValue(
            N_("0 is not on the scale from %(low)s to %(high)s. If it means that nobody answered, leave it empty."),
            low=str(low),
            high=str(high),
        )
    if not low <= score <= high:
        raise BadValue(N_("This score is outside the scale from %(low)s to %(high)s."), low=str(low), high=str(high))
    return score


def parse_count(text: str) -> int:
    if text.rstrip().endswith("%"):
        raise BadValue(N_("This is a share, and the import needs a number of people. Bring the counts."))
    number = parse_integer(text)
    if not 0 <= number <= MOST_PEOPLE:
        raise BadValue(N_("This is not a number of people."))
    return number


def parse_begun_period(text: str, order: DateOrder | None, today: date) -> Span:
    """A period as people write it, or the quarter of a day; not one that lies in the future."""
    try:
        span = parse_period(text)
    except ValueError:
        span = _quarter_of_day(text, order)
    if span[1] > today:
        raise BadValue(N_("This period has not begun yet."))
    return span


def _quarter_of_day(text: str, order: DateOrder | None) -> Span:
    try:
        return PeriodKind.QUARTER, *quarter_of(parse_date(text, order))
    except BadValue as error:
        raise BadValue(N_("Write the period like 2026-Q4, 2026-11 or 2026.")) from error


def parse_date(text: str, order: DateOrder | None) -> date:
    """A date in digits, with or without a time behind it; `order` says how the file writes it. ISO needs no order."""
    return parse_datetime(text, order).date()


def parse_datetime(text: str, order: DateOrder | None) -> datetime:
    """Naive unless the text names a zone; midnight where the text has no time."""
    match = DATE.fullmatch(fold_spaces(text))
    if match is None:
        raise _no_date(text)
    first, _, second, third, clock = match.groups()
    if order is DateOrder.MIXED and len(first) <= TWO_DIGITS:
        order = _only_order(first, second)
    year, month, day = _year_month_day(first, second, third, order)
    try:
        return datetime.combine(date(year, month, day), _time(clock))
    except BadValue:
        raise
    except ValueError as error:
        raise BadValue(
            N_("There is no such date in the calendar, or not in the order chosen for this file.")
        ) from error


def _only_order(first: str, second: str) -> DateOrder:
    """Of a column that mixes them, the order in which this can be read; refused where it means a day in both."""
    if int(first) > MONTHS or int(first) == int(second):
        return DateOrder.DAY_FIRST
    if int(second) > MONTHS:
        return DateOrder.MONTH_FIRST
    raise BadValue(
        N_("Dates of this file have the day first or the month, and this one fits both. Write it like 2026-09-30.")
    )


def _no_date(text: str) -> BadValue:
    """A cell that lost its format shows the day as a spreadsheet counts it."""
    if SERIAL_DAY.fullmatch(text.strip()):
        day = SPREADSHEETS_BEGIN + timedelta(days=int(float(text)))
        return BadValue(
            N_("This is not a date. As spreadsheets count days it would be %(day)s: format the column as dates."),
            day=day.isoformat(),
        )
    return BadValue(N_("This is not a date. Write it like 2026-09-30."))


def _year_month_day(first: str, second: str, third: str, order: DateOrder | None) -> tuple[int, int, int]:
    if len(first) == 4 or (order is DateOrder.YEAR_FIRST and len(third) <= 2):
        return _year(first), int(second), int(third)
    if order is DateOrder.YEAR_FIRST or len(first) > 2 or len(third) == 3:
        raise BadValue(_other_order(first, second, third))
    if order is None:
        raise BadValue(N_("Choose for this file whether the day or the month comes first."))
    if order is DateOrder.MONTH_FIRST:
        return _year(third), int(first), int(second)
    return _year(third), int(second), int(first)


def _other_order(first: str, second: str, third: str) -> str:
    """Why a date that does not begin with its year cannot be read: 31.02.2026 is none in any order."""
    for month, day in ((second, first), (first, second)):
        try:
            date(_year(third), int(month), int(day))
        except ValueError:
            continue
        return N_("This date is not written in the order chosen for this file.")
    return N_("There is no such date in the calendar, or not in the order chosen for this file.")


def _year(digits: str) -> int:
    """Two digits mean the years from 1970 to 2069, as spreadsheets nearly agree."""
    year = int(digits)
    if len(digits) == 4:
        return year
    if len(digits) > 2:
        raise BadValue(N_("This is not a date. Write it like 2026-09-30."))
    return year + (2000 if year < PIVOT else 1900)


def _time(clock: str | None) -> time:
    if not clock:
        return time.min
    match = TIME.fullmatch(clock.strip())
    if match is None:
        raise BadValue(N_("The time behind this date is not one. Write it like 15:29."))
    hours, minutes, seconds, half, zone = match.groups()
    hour = int(hours) % 12 + (12 if half in "Pp" else 0) if half else int(hours)
    plain = time(hour, int(minutes), int(seconds or 0))
    return (
        plain if zone is None else time.fromisoformat(plain.isoformat() + ("+00:00" if zone == "Z" else _colon(zone)))
    )


def _colon(zone: str) -> str:
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
