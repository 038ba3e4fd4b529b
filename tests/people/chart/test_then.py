"""Who counted where: the short way (only what moved) finds what counting everything anew finds."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.people.chart.then import Held, parents_on, shifts, way_up

DAYS = [date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)]
UNITS = range(1, 8)


@st.composite
def trees(draw: st.DrawFn) -> dict[int, int | None]:
    """Each unit under one with a smaller number: no loops."""
    return {unit: None if unit == 1 else draw(st.integers(1, unit - 1)) for unit in UNITS}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees(), trees(), st.sets(st.sampled_from(UNITS)), st.dictionaries(st.sampled_from(UNITS), st.integers(1, 50)))
def test_todays_sums_and_the_shifts_are_the_sums_of_then(
    now: dict[int, int | None], then: dict[int, int | None], roots: set[int], answers: dict[int, int]
) -> None:
    elsewhere = {unit: parent for unit, parent in then.items() if now[unit] != parent}
    sums = {root: sum(n for unit, n in answers.items() if root in way_up(unit, {}, now)) for root in roots}
    for unit, shift in shifts(roots, answers, now, elsewhere).items():
        for root in shift.gained:
            sums[root] += answers[unit]
        for root in shift.lost:
            sums[root] -= answers[unit]
    assert sums == {root: sum(n for unit, n in answers.items() if root in way_up(unit, {}, then)) for root in roots}


def test_a_closed_unit_hangs_where_it_last_hung_or_under_its_successor() -> None:
    versions = {
        2: [Held(DAYS[0], DAYS[1], 1, None)],
        3: [Held(DAYS[0], DAYS[1], 1, 5)],
        4: [Held(DAYS[1], None, 6, None)],
    }
    assert parents_on(DAYS[0], versions) == {2: 1, 3: 1, 4: 6}
    assert parents_on(DAYS[2], versions) == {2: 1, 3: 5, 4: 6}
