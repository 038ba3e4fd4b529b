"""Cells are read in the ways people write; what could mean two things is refused."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.core.blanks import fold_spaces, is_missing
from app.core.date_orders import DatesRead
from app.core.imports import DateOrder, Message, RowRefused
from app.core.parsing import (
    BadValue,
    parse_begun_period,
    parse_count,
    parse_date,
    parse_datetime,
    parse_decimal,
    parse_integer,
    parse_score,
    read_cell,
    read_optional_cell,
)
from app.core.periods import PeriodKind
from app.core.rows import Row
from app.core.unit_cells import read_unit

ISO_BUT_ONE = (*["2026-09-30"] * 9, "05/06/2026")
DAY, MONTH, YEAR = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u00a0", "-", "–", "N/D", "n/a", "N/A", "Not Available", ". %", "#N/A", "NaN", "Did not answer"],
)
def test_what_files_write_for_nothing_is_missing(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["brak", "Brak danych", "nie dotyczy", "нет данных", "Н/Д", "Нет ответа"])
def test_so_is_what_they_write_in_polish_and_russian(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["0", "0 %", "No", "nie", "-1", "Noord", "нетто", "a"])
def test_what_looks_like_nothing_but_is_something_is_not_missing(text: str) -> None:
    assert not is_missing(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u202f567,25", "1234567.25"),
        ("1'234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("28.2 %\u00a0", "28.2"),
        ("\u22124,5", "-4.5"),
        ("+.5", "0.5"),
        ("0,123", "0.123"),
        ("8.123", "8.123"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_with_points_and_commas(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["1,234", "12,345", "300 or more", "1 2", "1.2.3", "1e5", "٪", "--1", "nan", "1" * 5000]
)
def test_what_is_no_number_or_may_be_two_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("1,234", 1234), ("621,922 \u00a0", 621922), ("9.0", 9), ("1 000", 1000), ("−3", -3)],
)
def test_whole_numbers_are_read(text: str, value: int) -> None:
    assert parse_integer(text) == value


@pytest.mark.parametrize("text", ["1.000", "9.5", "300 or more", "Between 100 and 299", "9" * 5000])
def test_what_is_not_surely_a_whole_number_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_integer(text)


@pytest.mark.parametrize(("text", "score"), [("9", 9), ("9.0", 9), ("10,00", 10), (" 0 ", 0)])
def test_scores_are_whole(text: str, score: int) -> None:
    assert parse_score(text, 0, 10) == score


@pytest.mark.parametrize(
    ("text", "words"),
    [("9.5", "whole number from 0 to 10"), ("11", "outside the scale"), ("-1", "outside"), ("x", "whole")],
)
def test_scores_off_the_scale_are_refused_with_its_ends(text: str, words: str) -> None:
    with pytest.raises(BadValue, match=words):
        parse_score(text, 0, 10)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2021-09-30", None, date(2021, 9, 30)),
        ("2021-09-30T14:05:00Z", DAY, date(2021, 9, 30)),
        ("2021/9/3", MONTH, date(2021, 9, 3)),
        ("30.09.2021", DAY, date(2021, 9, 30)),
        ("30.09.2021 r.", DAY, date(2021, 9, 30)),
        ("30.09.2021 г.", DAY, date(2021, 9, 30)),
        ("30/09/2021", DAY, date(2021, 9, 30)),
        ("3-9-21", DAY, date(2021, 9, 3)),
        ("9/8/18 15:29", MONTH, date(2018, 9, 8)),
        ("9/8/18 15:29", DAY, date(2018, 8, 9)),
        ("18/9/8", YEAR, date(2018, 9, 8)),
        ("1/1/69", DAY, date(2069, 1, 1)),
        ("1/1/70", DAY, date(1970, 1, 1)),
    ],
)
def test_dates_are_read_in_the_order_of_their_file(text: str, order: DateOrder | None, day: date) -> None:
    assert parse_date(text, order) == day


@pytest.mark.parametrize(
    ("text", "order", "words"),
    [
        ("9/8/18", None, "Choose"),
        ("5/31/2022", DAY, "no such date"),
        ("30/02/2021", DAY, "no such date"),
        ("30/09/2021", YEAR, "not written in the order chosen"),
        ("31.02.2026", YEAR, "no such date"),
        ("1/2/345", DAY, "order chosen"),
        ("yesterday", DAY, "not a date"),
        ("44561", DAY, "not a date"),
        ("2021-09-30 at noon", DAY, "time behind"),
        ("2021-09-30 25:00", DAY, "no such date"),
    ],
)
def test_what_is_no_date_in_this_order_is_refused(text: str, order: DateOrder | None, words: str) -> None:
    with pytest.raises(BadValue, match=words):
        parse_date(text, order)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2022-07-31 4:00:00 PM", "2022-07-31T16:00:00"),
        ("2022-07-31 12:15 am", "2022-07-31T00:15:00"),
        ("31.07.2022, 15:29", "2022-07-31T15:29:00"),
        ("2022-07-31T15:29:01.250+0200", "2022-07-31T15:29:01+02:00"),
        ("31.07.2022", "2022-07-31T00:00:00"),
    ],
)
def test_times_behind_dates_are_read(text: str, clock: str) -> None:
    assert parse_datetime(text, DAY) == datetime.fromisoformat(clock)


def dates_read(*texts: str) -> DatesRead:
    read = DatesRead()
    for text in texts:
        read.take(text)
    return read


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["01/02/2022", "30/09/2021"], DAY),
        (["9/8/18 15:29", "9/28/18 3:00"], MONTH),
        (["2021-09-30", "2021-10-01"], YEAR),
        (["2021-09-30", "30.09.2021"], DAY),
        (["99-09-30", "18-10-31"], YEAR),
        (["01/02/2022", "03/04/2022"], None),
        (["30/09/2021", "5/31/2022"], None),
        (["", "N/D", "whenever"], None),
        (["", "n/a", "13.01.2022"], DAY),
        (["31.02.2026", "17.11.2025", "05.03.2026"], DAY),
        (["31.02.2026"], None),
    ],
)
def test_the_order_of_dates_is_decided_on_the_column_or_not_at_all(samples: list[str], order: DateOrder | None) -> None:
    assert dates_read(*samples).order == order


def test_dates_that_fit_both_orders_leave_the_question_open_with_examples() -> None:
    read = dates_read("01/02/2022", "05/05/2022", "03/04/2022", "03/04/2022", "06/07/2022", "08/09/2022")
    assert (read.is_open, read.is_mixed, read.either) == (True, False, ["01/02/2022", "03/04/2022", "06/07/2022"])
    assert read.examples(DAY)[0] == ("01/02/2022", date(2022, 2, 1))
    assert read.examples(MONTH)[0] == ("01/02/2022", date(2022, 1, 2))


def test_two_orders_in_one_column_are_told_with_how_many_fit_only_each() -> None:
    read = dates_read("30/09/2021", "5/31/2022", "5/30/2022", "05/06/2022")
    assert (read.is_open, read.is_mixed, read.only[DAY], read.only[MONTH]) == (True, True, 1, 2)
    assert (read.example_of(DAY), read.example_of(MONTH)) == ("30/09/2021", "5/31/2022")


@pytest.mark.parametrize(
    "texts", [(), ("", "N/D"), ("2022-05-06",), ("31.02.2026",), ("30.09.2021", "05.06.2022"), ("05/05/2026",)]
)
def test_nothing_is_asked_where_nothing_can_be_misread(texts: tuple[str, ...]) -> None:
    assert not dates_read(*texts).is_open


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/09/2021", "2021-09-30"),
        ("5/31/2022", "2022-05-31"),
        ("05/05/22", "2022-05-05"),
        ("2022-06-05", "2022-06-05"),
    ],
)
def test_of_mixed_orders_what_can_be_read_in_one_way_is_read(text: str, day: str) -> None:
    assert parse_date(text, DateOrder.MIXED) == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "words"), [("05/06/2022", "fits both"), ("31/31/2022", "no such date")])
def test_of_mixed_orders_what_fits_both_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadValue, match=words):
        parse_date(text, DateOrder.MIXED)


def test_a_bad_cell_refuses_its_row_and_names_the_column() -> None:
    row = Row(7, {"n": "many", "date": "-"})
    with pytest.raises(RowRefused) as caught:
        read_cell(row, "n", parse_integer)
    assert (caught.value.column, caught.value.value) == ("n", "many")
    assert str(caught.value.message) == "This is not a whole number."
    with pytest.raises(RowRefused, match="empty"):
        read_cell(row, "date", parse_integer)
    assert read_optional_cell(row, "date", parse_integer) is None
    assert read_optional_cell(row, "absent", parse_integer) is None


def test_any_run_of_blanks_is_one_space() -> None:
    assert fold_spaces("\u00a0PTS\u00a0 -\r\n Patient\u200b ") == "PTS - Patient"


@pytest.mark.parametrize("parse", [parse_integer, parse_decimal, lambda text: parse_date(text, DAY), is_missing])
@pytest.mark.parametrize(
    "text", ["1" * 100_000, "1 " * 50_000, "1," * 50_000, "1.1" * 33_000, " " * 100_000, "1,234" * 20_000]
)
def test_a_hundred_thousand_characters_are_answered_at_once(parse: object, text: str) -> None:
    assert callable(parse)
    with suppress(BadValue):
        parse(text)


@pytest.mark.parametrize(("text", "count"), [("0", 0), ("1 200", 1200), ("12.0", 12), ("10000000", 10_000_000)])
def test_people_are_counted_in_whole_numbers(text: str, count: int) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["-1", "10000001", "99999999999999999999"])
def test_no_company_has_fewer_than_none_or_more_than_ten_million(text: str) -> None:
    with pytest.raises(BadValue, match="not a number of people"):
        parse_count(text)


@pytest.mark.parametrize("text", ["2026-Q1", "Q1 2026", "I kw. 2026", "15.02.2026"])
def test_a_period_is_written_or_is_the_quarter_of_a_day(text: str) -> None:
    span = parse_begun_period(text, DAY, date(2026, 1, 1))
    assert span == (PeriodKind.QUARTER, date(2026, 1, 1), date(2026, 4, 1))


@pytest.mark.parametrize(("text", "reason"), [("2026-Q1", "has not begun yet"), ("soon", "Write the period like")])
def test_a_period_has_begun_and_can_be_read(text: str, reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        parse_begun_period(text, DAY, date(2025, 12, 31))


UNITS = {"N1": (1, True), "n1": (1, True), "na": (2, True), "S1": (3, False)}
NOT_YOURS = Message("not yours")


@pytest.mark.parametrize(("code", "unit_id"), [("N1", 1), ("n1", 1), ("NA", 2)])
def test_a_unit_is_known_by_its_code_even_one_that_looks_like_nothing(code: str, unit_id: int) -> None:
    assert read_unit(Row(2, {"unit_code": code}), UNITS, NOT_YOURS) == unit_id


@pytest.mark.parametrize(("code", "reason"), [("X9", "no unit"), ("S1", "not yours"), ("", "empty"), ("n/a", "empty")])
def test_a_strange_unit_and_none_at_all_refuse_the_row(code: str, reason: str) -> None:
    with pytest.raises(RowRefused, match=reason) as caught:
        read_unit(Row(2, {"unit_code": code}), UNITS, NOT_YOURS)
    assert (caught.value.column, caught.value.value) == ("unit_code", code)
