from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core.periods import PeriodKind, parse_period, period_code, period_label, quarter_of, quarters_back


@pytest.mark.parametrize(
    ("text", "kind", "starts", "ends"),
    [
        ("2026-Q4", PeriodKind.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
        ("2026q1", PeriodKind.QUARTER, date(2026, 1, 1), date(2026, 4, 1)),
        ("Q3 2026", PeriodKind.QUARTER, date(2026, 7, 1), date(2026, 10, 1)),
        ("IV kw. 2026", PeriodKind.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
        ("II кв. 2026", PeriodKind.QUARTER, date(2026, 4, 1), date(2026, 7, 1)),
        ("2026-12", PeriodKind.MONTH, date(2026, 12, 1), date(2027, 1, 1)),
        ("2026", PeriodKind.YEAR, date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, kind: PeriodKind, starts: date, ends: date) -> None:
    assert parse_period(text) == (kind, starts, ends)


@pytest.mark.parametrize("text", ["", "2026-Q5", "2026-13", "Q1", "26", "soon", "2026-Q1-2"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*") as refusal:
        parse_period(text)
    assert str(refusal.value) in (text, "month must be in 1..12")


def test_a_quarter_holds_its_first_day_and_not_the_next_ones() -> None:
    assert quarter_of(date(2026, 12, 31)) == (date(2026, 10, 1), date(2027, 1, 1))
    assert quarter_of(date(2027, 1, 1)) == (date(2027, 1, 1), date(2027, 4, 1))


def test_quarters_back_over_the_turn_of_the_year() -> None:
    codes = [period_code(PeriodKind.QUARTER, first) for first in quarters_back(date(2026, 2, 3), 3)]
    assert codes == ["2025-Q3", "2025-Q4", "2026-Q1"]


@pytest.mark.parametrize(("language", "words"), [("en", "Q4 2026"), ("pl", "IV kw. 2026"), ("ru", "IV кв. 2026")])
def test_each_language_names_a_quarter_its_own_way(app: Flask, language: str, words: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert period_label(PeriodKind.QUARTER, date(2026, 10, 1)) == words
