"""Periods: half-open spans of days in the company's time zone, a calendar quarter unless said otherwise."""

import re
from datetime import date, timedelta
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import format_date, get_locale
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

ROMAN = ("I", "II", "III", "IV")


class PeriodKind(StrEnum):
    QUARTER = "quarter"
    MONTH = "month"
    YEAR = "year"
    WAVE = "wave"


class Period(Base):
    __tablename__ = "period"
    __table_args__ = (
        sa.UniqueConstraint("kind", "starts_on"),
        sa.CheckConstraint("starts_on < ends_on", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PeriodKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # the first day after it

    @property
    def code(self) -> str:
        return period_code(self.kind, self.starts_on)

    @property
    def label(self) -> str:
        return period_label(self.kind, self.starts_on)

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)


Span = tuple[PeriodKind, date, date]


def quarter_of(day: date) -> tuple[date, date]:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, _months_later(first, 3)


def quarters_back(day: date, count: int) -> list[date]:
    """The first days of the last `count` quarters, oldest first; the last one holds `day`."""
    start = quarter_of(day)[0]
    return [_months_later(start, -3 * back) for back in range(count - 1, -1, -1)]


def parse_period(text: str) -> Span:
    """`2026-Q4`, `2026-11` or `2026`; also `Q4 2026`, `IV kw. 2026`. Raises ValueError for anything else."""
    folded = " ".join(text.upper().split())
    if found := re.fullmatch(r"(\d{4})[- ]?[QK]W?([1-4])|[QK]W?\.? ?([1-4])[ /-](\d{4})", folded):
        return _quarter(int(found[1] or found[4]), int(found[2] or found[3]))
    if found := re.fullmatch(r"(I|II|III|IV) (?:KW|КВ)\.? (\d{4})(?: Г\.?)?", folded):
        return _quarter(int(found[2]), ROMAN.index(found[1]) + 1)
    if found := re.fullmatch(r"(\d{4})-(\d{2})", folded):
        first = date(int(found[1]), int(found[2]), 1)
        return PeriodKind.MONTH, first, _months_later(first, 1)
    if re.fullmatch(r"\d{4}", folded):
        return PeriodKind.YEAR, date(int(folded), 1, 1), date(int(folded) + 1, 1, 1)
    raise ValueError(text)


def _quarter(year: int, number: int) -> Span:
    first = date(year, number * 3 - 2, 1)
    return PeriodKind.QUARTER, first, _months_later(first, 3)


def _months_later(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def period_code(kind: PeriodKind, starts_on: date) -> str:
    if kind is PeriodKind.QUARTER:
        return f"{starts_on.year}-Q{(starts_on.month + 2) // 3}"
    if kind is PeriodKind.YEAR:
        return str(starts_on.year)
    return f"{starts_on:%Y-%m}" if kind is PeriodKind.MONTH else starts_on.isoformat()


def period_label(kind: PeriodKind, starts_on: date) -> str:
    """As each language writes it: Q4 2026, IV kw. 2026, IV кв. 2026."""
    if kind is PeriodKind.QUARTER:
        number = (starts_on.month + 2) // 3
        words = {"pl": f"{ROMAN[number - 1]} kw. {starts_on.year}", "ru": f"{ROMAN[number - 1]} кв. {starts_on.year}"}
        return words.get(str(get_locale()), f"Q{number} {starts_on.year}")
    if kind is PeriodKind.YEAR:
        return str(starts_on.year)
    return str(format_date(starts_on, "LLLL yyyy" if kind is PeriodKind.MONTH else "medium"))


def period_for(span: Span) -> Period:
    """The row of this span; made when it is not there yet, also when somebody else makes it this second."""
    kind, starts_on, ends_on = span
    wanted = sa.select(Period).where(Period.kind == kind, Period.starts_on == starts_on)
    found = db.session.scalar(wanted)
    if found is None:
        try:
            with db.session.begin_nested():
                found = Period(kind=kind, starts_on=starts_on, ends_on=ends_on)
                db.session.add(found)
        except IntegrityError:
            found = db.session.scalars(wanted).one()
    return found


def quarter_for(day: date) -> Period:
    return period_for((PeriodKind.QUARTER, *quarter_of(day)))
