"""Whatever is wished in whatever order: on every day one top, no loops, and everybody in a unit that is open."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.people.chart.drawing import draw
from app.people.chart.faults import refuse_faults
from app.people.chart.versions import Version, Versions
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Part, Split, Wish
from app.people.chart.work import Post, transfers
from app.people.days.timeline import Span, at
from app.people.models import UnitKind
from tests.people.chart.test_drawing import CHART, OLD, version

START = date(2026, 1, 1)
KEYS = ["c", "north", "south", "n1", "n2", "s1", "x1", "x2", "x3"]
DAYS = st.integers(0, 8).map(lambda months: START + timedelta(days=30 * months))
UNITS = st.sampled_from(KEYS)
NEW = st.sampled_from(["x1", "x2", "x3", "x4"])
BRANCH = UnitKind.BRANCH
PARTS = st.lists(NEW, min_size=1, max_size=3, unique=True).map(lambda keys: tuple(Part(key, key, key) for key in keys))
WISHES: st.SearchStrategy[Wish] = st.one_of(
    st.builds(Opening, DAYS, UNITS, NEW, st.just("X"), st.just("X"), st.just(BRANCH)),
    st.builds(Alteration, DAYS, UNITS, st.sampled_from(["A", "B"]), st.just(BRANCH)),
    st.builds(Move, DAYS, UNITS, UNITS),
    st.builds(Merger, DAYS, st.lists(UNITS, min_size=1, max_size=2, unique=True).map(tuple), UNITS),
    st.builds(Split, DAYS, UNITS, PARTS, st.booleans(), NEW, st.dictionaries(st.integers(0, 5), NEW, max_size=2)),
    st.builds(Closure, DAYS, UNITS, st.none() | UNITS),
    st.builds(Correction, UNITS, st.just(OLD) | DAYS, st.just("C"), st.just(BRANCH), UNITS),
)


def posts() -> list[Post]:
    units = ["c", "north", "n1", "n2", "s1", "s1"]
    starts = [OLD, OLD, OLD, START + timedelta(days=70), OLD, START + timedelta(days=200)]
    return [Post(n, n, f"P{n}", unit, start, None) for n, (unit, start) in enumerate(zip(units, starts, strict=True))]


def carried_out(versions: Versions, work: list[Post], wish: Wish) -> tuple[Versions, list[Post]]:
    units = {"units": wish.units} if isinstance(wish, Merger) else {"units": (getattr(wish, "unit", "c"),)}
    if not set(units["units"]) <= versions.keys():
        return versions, work
    drawing = draw(wish, versions, {})
    refuse_faults(drawing)
    result = list(work)
    for sent in transfers(drawing, wish, work, wish.day):
        result.remove(sent.post)
        since = max(sent.since, sent.post.starts_on)
        if sent.post.starts_on < since:
            result.append(replace(sent.post, ends_on=since))
        result.append(replace(sent.post, unit=sent.to, starts_on=since))
    return drawing.after, result


def assert_whole(versions: Versions, work: list[Post]) -> None:
    days = {start for timeline in versions.values() for start in timeline}
    days |= {span.ends_on for timeline in versions.values() for span in timeline.values() if span.ends_on}
    days |= {each.starts_on for each in work}
    for day in days:
        tree = {key: found.parent for key, timeline in versions.items() if (found := at(timeline, day))}
        assert [key for key, parent in tree.items() if parent is None] == ["c"]
        for key in tree:
            seen: list[str] = []
            above: str | None = key
            while above is not None:
                assert above in tree, f"{key} hangs under {above}, which is closed on {day}"
                assert above not in seen, f"{key} stands under itself on {day}"
                seen.append(above)
                above = tree[above]
        for post in work:
            if post.starts_on <= day and (post.ends_on is None or day < post.ends_on):
                assert post.unit in tree, f"{post.person} works in a closed unit on {day}"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WISHES, max_size=8))
def test_the_chart_stays_whole(app: object, wishes: list[Wish]) -> None:
    versions: Mapping[str, Mapping[date, Span[Version]]] = CHART
    work = posts()
    for wish in wishes:
        try:
            versions, work = carried_out(versions, work, wish)
        except Refused:
            continue
        assert_whole(versions, work)


def test_the_chart_of_these_tests_is_whole_itself() -> None:
    assert_whole(CHART, posts())
    assert version("X", "c").parent == "c"
