"""Which backups stay: seven days, four weeks, twelve months, by default."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.keeping.rotation import staying

KEPT = (7, 4, 12)
NIGHT = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)


def nights(count: int) -> list[datetime]:
    return [NIGHT - timedelta(days=number) for number in range(count)]


def test_two_years_of_nights_leave_days_weeks_and_months() -> None:
    stay = staying(nights(730), KEPT)
    ages = sorted((NIGHT - moment).days for moment in stay)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(stay) <= 7 + 4 + 12
    assert ages[-1] > 300, "the oldest is of last year"


def test_the_first_nights_all_stay() -> None:
    assert staying(nights(7), KEPT) == set(nights(7))


def test_of_one_day_only_the_newest_stays() -> None:
    morning, noon = NIGHT, NIGHT + timedelta(hours=9)
    assert staying([morning, noon], (7, 0, 0)) == {noon}


def test_a_server_that_slept_for_months_loses_none_for_it() -> None:
    old = [NIGHT - timedelta(days=200 + number) for number in range(5)]
    assert set(old) <= staying([NIGHT, *old], KEPT)


def test_nothing_stays_of_nothing() -> None:
    assert staying([], KEPT) == set()


MOMENTS = st.lists(st.integers(0, 3000 * 24).map(lambda hours: NIGHT - timedelta(hours=hours)), min_size=1)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(MOMENTS, st.tuples(st.integers(0, 10), st.integers(0, 10), st.integers(0, 20)))
def test_the_newest_always_stays_and_no_more_than_asked(moments: list[datetime], kept: tuple[int, int, int]) -> None:
    stay = staying(moments, kept)
    assert max(moments) in stay
    assert len(stay) <= max(1, sum(kept))
    assert staying(stay, kept) == stay, "doing it twice takes no more away"
