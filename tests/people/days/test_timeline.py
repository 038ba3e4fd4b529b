from datetime import date

from app.people.days.timeline import KEEP, Span, covers, lost_days, merged, opening_at, overlaps, start_at

D20, D21, D22, D23 = (date(year, 1, 1) for year in (2020, 2021, 2022, 2023))


def test_each_span_ends_where_the_next_begins() -> None:
    result = merged({D20: Span(None, "a")}, {D22: Span(None, "b")})
    assert result == {D20: Span(D22, "a"), D22: Span(None, "b")}


def test_a_gap_that_was_written_stays() -> None:
    assert merged({}, {D20: Span(D21, "a"), D22: Span(None, "b")})[D20].ends_on == D21


def test_the_last_day_before_the_next_is_no_gap() -> None:
    brought = {D20: Span(date(2020, 12, 31), "a"), D21: Span(None, "b")}
    assert merged({}, brought)[D20].ends_on == D21


def test_what_the_file_does_not_say_ends_as_before() -> None:
    assert merged({D20: Span(D23, "a")}, {D20: Span(KEEP, "b")}) == {D20: Span(D23, "b")}
    assert merged({D20: Span(D23, "a")}, {D21: Span(KEEP, "b")})[D21].ends_on == D23
    assert merged({}, {D20: Span(KEEP, "a")})[D20].ends_on is None


def test_days_that_are_lost() -> None:
    before = {D20: Span(D22, "a"), D22: Span(None, "b")}
    assert lost_days(before, before) == []
    assert lost_days(before, {D20: Span(D21, "a")}) == [(D21, None)]
    assert lost_days(before, {D21: Span(D22, "a"), D23: Span(None, "b")}) == [(D20, D21), (D22, D23)]
    assert lost_days({D20: Span(D21, "a")}, {D20: Span(None, "a")}) == []
    assert lost_days({}, before) == []


def test_days_are_covered_or_not() -> None:
    timeline = {D20: Span(D21, "a"), D21: Span(D22, "b"), D23: Span(None, "c")}
    assert covers(timeline, D20, D22)
    assert not covers(timeline, D20, D23), "there is a gap"
    assert covers(timeline, D23, None)
    assert not covers(timeline, D20, None)
    assert not covers(timeline, date(2019, 1, 1), D20)
    assert start_at(timeline, D22) is None


def test_since_when_there_has_been_something() -> None:
    timeline = {D20: Span(D21, "a"), D21: Span(D22, "b"), D23: Span(None, "c")}
    assert opening_at(timeline, date(2021, 6, 1)) == D20
    assert opening_at(timeline, D23) == D23
    assert opening_at(timeline, D22) is None


def test_an_end_may_not_reach_into_the_next() -> None:
    timeline = merged({}, {D20: Span(D22, "a"), D21: Span(None, "b")})
    assert overlaps({D20: Span(D22, "a")}, timeline, D20)
    assert not overlaps({D20: Span(D21, "a")}, timeline, D20)
    assert not overlaps({D20: Span(KEEP, "a")}, timeline, D20)
