"""The org chart is changed from a day within a quarter whose results are published: what may be, and what stays."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.errors import Refused
from app.extensions import db
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Part, Split
from app.people.models import Reorganisation, UnitKind, UnitVersion
from app.people.queries import tree_on
from app.results.actions import withdraw
from app.results.models import ResultFigure, ResultSet
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import LONG_AGO
from tests.people.bringing import bring
from tests.people.chart.acts import act, seen
from tests.people.chart.test_change_page import address, confirm, digest_in
from tests.results.door import answers_of, publish_now

WITHIN, LAST, AFTER = date(2026, 2, 15), date(2026, 3, 31), date(2026, 4, 1)
PARTS = (Part("a", "A", "Part A"), Part("b", "B", "Part B"))
CLOSING = {
    "merger": lambda day: Merger(day, ("n1",), "n2"),
    "split": lambda day: Split(day, "n1", PARTS, stays=False, rest="a"),
    "closure": lambda day: Closure(day, "n1", "n2"),
}
KEEPING = {
    "alteration": lambda day: Alteration(day, "n1", "Renamed", UnitKind.BRANCH),
    "move": lambda day: Move(day, "n1", "south"),
    "split that stays": lambda day: Split(day, "n1", PARTS[:1], stays=True, rest="a"),
    "correction": lambda _day: Correction("n1", LONG_AGO, "Corrected", UnitKind.BRANCH, "south"),
}


@pytest.fixture
def published(cast: Cast) -> ResultSet:
    found = publish_now(answers_of({cast.n1: (3, 8, 19), cast.n2: (4, 10, 16), cast.s1: (5, 9, 16)}))
    db.session.flush()
    return found


def figures() -> list[tuple[Any, ...]]:
    """All that was published, with the unit that each stood under."""
    table = ResultFigure.__table__
    return [tuple(row) for row in db.session.execute(sa.select(*table.columns).order_by(table.c.id))]


def chart() -> list[tuple[Any, ...]]:
    table = UnitVersion.__table__
    return [tuple(row) for row in db.session.execute(sa.select(*table.columns).order_by(table.c.id))]


@pytest.mark.parametrize("day", [WITHIN, LAST, date(2025, 12, 31)])
@pytest.mark.parametrize("wish", CLOSING)
def test_no_unit_closes_on_a_day_that_published_results_say_it_was_open(
    cast: Cast, published: ResultSet, wish: str, day: date
) -> None:
    figures_before, chart_before = figures(), chart()
    with pytest.raises(Refused, match=r"cannot close on a day for which results are published.*eNPS, Q1 2026"):
        seen(CLOSING[wish](day), cast.adam)
    assert (figures(), chart()) == (figures_before, chart_before)


@pytest.mark.parametrize("wish", CLOSING)
def test_from_the_day_after_the_quarter_on_it_closes_and_the_numbers_stay(
    cast: Cast, published: ResultSet, wish: str
) -> None:
    before = figures()
    act(CLOSING[wish](AFTER), cast.adam)
    assert figures() == before
    assert cast.n1.id in tree_on(LAST)
    assert cast.n1.id not in tree_on(AFTER)


@pytest.mark.parametrize("wish", KEEPING)
def test_what_closes_nothing_is_done_and_said_and_the_numbers_stay_where_they_were_published(
    cast: Cast, published: ResultSet, wish: str
) -> None:
    before, wanted = figures(), KEEPING[wish](WITHIN)
    told = [effect.sentence for effect in seen(wanted, cast.adam).effects]
    assert any("stay as they are, on the tree that they were published on: eNPS, Q1 2026" in each for each in told)
    act(wanted, cast.adam)
    assert figures() == before


def test_several_quarters_are_said_in_one_sentence(cast: Cast, published: ResultSet) -> None:
    publish_now(answers_of({cast.n1: (3, 8, 19), cast.n2: (4, 10, 16), cast.s1: (5, 9, 16)}, period="2026-Q2"))
    told = [effect.sentence for effect in seen(KEEPING["move"](WITHIN), cast.adam).effects]
    (said,) = [each for each in told if "stay as they are" in each]
    assert "Q1 2026" in said
    assert "Q2 2026" in said


def test_a_withdrawn_set_says_nothing_any_more(cast: Cast, published: ResultSet) -> None:
    withdraw(published, actor_id=cast.adam.id, now=published.published_at)
    db.session.flush()
    act(CLOSING["merger"](WITHIN), cast.adam)
    assert cast.n1.id not in tree_on(LAST)


def test_an_administrator_reads_why_and_what_to_do(cast: Cast, published: ResultSet, browser: Browser) -> None:
    values = {"day": WITHIN.isoformat(), "into": "N2", "reason": "One house"}
    for step in ("/preview", ""):
        answer = browser.sign_in(cast.adam).post(address(cast.n1, "merger", step), data=values)
        assert answer.status_code == 409
        assert "choose a day after that period" in answer.text
        assert 'value="One house"' in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Reorganisation.id))) == 0
    assert confirm(browser, cast.n1, "merger", **values | {"day": AFTER.isoformat()}).status_code == 302


def test_results_published_between_the_look_and_the_yes_bar_it_too(cast: Cast, browser: Browser) -> None:
    values = {"day": WITHIN.isoformat(), "into": "N2"}
    page = browser.sign_in(cast.adam).post(address(cast.n1, "merger", "/preview"), data=values).text
    publish_now(answers_of({cast.n1: (3, 8, 19), cast.n2: (4, 10, 16)}))
    answer = browser.post(address(cast.n1, "merger"), data=values | {"digest": digest_in(page)})
    assert answer.status_code == 409
    assert "cannot close on a day" in answer.text
    assert cast.n1.id in tree_on(WITHIN + timedelta(days=1))


def test_a_file_closes_no_unit_over_published_results_either(cast: Cast, published: ResultSet) -> None:
    before, told = chart(), "code;name;parent_code;valid_from;valid_to"
    brought = bring("units", f"{told}\nN1;Unit N1;NORTH;{LONG_AGO};{WITHIN}", actor=cast.adam)
    assert [column for _, column, _ in brought.refusals] == ["valid_to"]
    assert "Published results say that this unit was open" in brought.refusals[0][2]
    assert chart() == before
    assert bring("units", f"{told}\nN1;Unit N1;NORTH;{LONG_AGO};{AFTER}", actor=cast.adam).refusals == []
