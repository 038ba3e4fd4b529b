"""What a wish makes of the chart: pure functions, no database."""

from collections.abc import Mapping
from datetime import date

import pytest
from flask import Flask

from app.core.errors import Refused
from app.people.chart.drawing import draw
from app.people.chart.drawing.sheet import Drawing, Follows
from app.people.chart.faults import refuse_faults
from app.people.chart.versions import Version, Versions, loop_through
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Part, Split, Wish
from app.people.days.timeline import Span, at
from app.people.models import SuccessionKind, UnitKind

OLD, D1, D2, D3 = date(2000, 1, 1), date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1)
BRANCH = UnitKind.BRANCH


def version(name: str, parent: str | None) -> Version:
    return Version(name, BRANCH if parent else UnitKind.COMPANY, parent, None, None)


def chart(**parents: str | None) -> dict[str, Mapping[date, Span[Version]]]:
    return {key: {OLD: Span(None, version(key.upper(), parent))} for key, parent in parents.items()}


CHART = chart(c=None, north="c", south="c", n1="north", n2="north", s1="south")


def drawn(wish: Wish, before: Versions = CHART) -> Drawing:
    drawing = draw(wish, before, {key: key.upper() for key in before})
    refuse_faults(drawing)
    return drawing


def parent(drawing: Drawing, key: str, day: date) -> str | None:
    found = at(drawing.after[key], day)
    return found.parent if found else None


def renamed(unit: str, name: str, day: date = D2) -> Alteration:
    return Alteration(day, unit, name, BRANCH)


def test_a_unit_opens_on_its_day() -> None:
    drawing = drawn(Opening(D2, "north", "n3", "N3", "Third", BRANCH))
    assert drawing.changed == {"n3": {D2: Span(None, Version("Third", BRANCH, "north", None, None))}}
    assert drawing.opened == {"n3": "N3"}


def test_a_new_name_holds_from_its_day_on() -> None:
    timeline = drawn(renamed("n1", "New")).after["n1"]
    assert [(start, span.ends_on, span.value.name) for start, span in timeline.items()] == [
        (OLD, D2, "N1"),
        (D2, None, "New"),
    ]


def test_what_is_planned_for_later_keeps_what_it_does_not_speak_of() -> None:
    planned = drawn(Move(D3, "n1", "south"))
    timeline = drawn(renamed("n1", "New"), planned.after).after["n1"]
    assert (timeline[D3].value.name, timeline[D3].value.parent) == ("New", "south")
    again = drawn(renamed("n1", "Later", D3), planned.after).after
    assert drawn(renamed("n1", "New"), again).after["n1"][D3].value.name == "Later"


def test_a_merger_takes_everything_along() -> None:
    before = CHART | chart(t1="n1")
    drawing = drawn(Merger(D2, ("n1",), "s1"), before)
    assert at(drawing.after["n1"], D2) is None
    assert parent(drawing, "t1", D2) == "s1"
    assert parent(drawing, "t1", D1) == "n1"
    assert drawing.successions == [Follows("n1", "s1", SuccessionKind.MERGED)]
    assert drawing.destinations == {"n1": "s1"}


def test_a_unit_may_be_merged_into_one_below_it() -> None:
    drawing = drawn(Merger(D2, ("north",), "n1"))
    assert parent(drawing, "n1", D2) == "c"
    assert parent(drawing, "n2", D2) == "n1"


def test_a_split_opens_its_parts_where_the_unit_stood() -> None:
    before = CHART | chart(t1="n1", t2="n1")
    parts = (Part("a", "A", "Part A"), Part("b", "B", "Part B"))
    drawing = drawn(Split(D2, "n1", parts, stays=False, rest="a", below={"t2": "b"}), before)
    assert parent(drawing, "a", D2) == parent(drawing, "b", D2) == "north"
    assert (parent(drawing, "t1", D2), parent(drawing, "t2", D2)) == ("a", "b")
    assert at(drawing.after["n1"], D2) is None
    assert {follows.kind for follows in drawing.successions} == {SuccessionKind.SPLIT}


def test_a_unit_may_give_away_a_part_and_stay() -> None:
    drawing = drawn(Split(D2, "n1", (Part("a", "A", "Part A"),), stays=True, rest="n1"))
    assert at(drawing.after["n1"], D2)
    assert not drawing.closed


def test_a_correction_changes_what_was_written_and_nothing_else() -> None:
    drawing = drawn(Correction("n1", OLD, "Right", BRANCH, "south"))
    assert drawing.after["n1"] == {OLD: Span(None, Version("Right", BRANCH, "south", None, None))}
    assert not drawing.successions


REFUSED: list[tuple[Wish, str]] = [
    (Move(D2, "north", "n1"), "stand under itself"),
    (Move(D2, "north", "north"), "stand under itself"),
    (Move(D2, "c", "north"), "company itself"),
    (Closure(D2, "c"), "company itself"),
    (Merger(D2, ("c",), "n1"), "company itself"),
    (Merger(D2, ("n1",), "n1"), "into itself"),
    (Closure(D2, "north"), "left without a unit above"),
    (Closure(date(1999, 1, 1), "n1"), "not open on that day"),
    (renamed("n1", "N1"), "how it is already"),
    (renamed("n1", "New", OLD), "opens on that very day"),
    (Opening(D2, "north", "n1", "N1", "Twice", BRANCH), "a unit with the code"),
    (Opening(date(1999, 1, 1), "north", "n9", "N9", "Early", BRANCH), "not open on every day"),
    (Split(D2, "n1", (Part("a", "A", "A"),), stays=False, rest="a"), "two parts at least"),
    (Split(D2, "n1", (Part("a", "A", "A"), Part("b", "B", "B")), stays=False, rest="n1"), "two parts at least"),
    (Correction("c", OLD, "C", UnitKind.COMPANY, "north"), "company itself"),
    (Correction("n1", OLD, "N1", BRANCH, None), "company itself"),
    (Correction("north", OLD, "North", BRANCH, "n1"), "stand under itself"),
    (Correction("n1", D1, "N1", BRANCH, "north"), "is gone"),
]


@pytest.mark.parametrize(("wish", "words"), REFUSED)
def test_what_cannot_be_is_refused(app: Flask, wish: Wish, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        drawn(wish)
    assert words in str(refusal.value.sentence)


def test_a_loop_on_a_later_day_is_seen(app: Flask) -> None:
    """Nothing is wrong on the day itself; but on a day to come the two would hang under each other."""
    planned = drawn(Move(D3, "north", "south")).after
    assert drawn(Move(D2, "s1", "north"), planned)
    with pytest.raises(Refused, match="stand under itself"):
        drawn(Move(D2, "south", "north"), planned)


@pytest.mark.parametrize("wish", [Closure(D2, "n1"), Merger(D2, ("n1",), "n2")])
def test_what_changes_later_stands_in_the_way_of_closing(app: Flask, wish: Wish) -> None:
    planned = drawn(renamed("n1", "New", D3)).after
    with app.app_context(), pytest.raises(Refused, match="changes on 1 Jan 2027"):
        drawn(wish, planned)


def test_nothing_is_merged_into_a_unit_that_closes(app: Flask) -> None:
    closing = drawn(Closure(D3, "n2")).after
    with pytest.raises(Refused, match="not open from that day on"):
        drawn(Merger(D2, ("n1",), "n2"), closing)


def test_a_loop_is_named_with_its_first_day() -> None:
    before = dict(CHART)
    before["north"] = {OLD: Span(D2, version("North", "c")), D2: Span(None, version("North", "n1"))}
    loop = loop_through(before, "n1", OLD, None)
    assert loop is not None
    assert (loop.path, loop.day) == (("n1", "north", "n1"), D2)
