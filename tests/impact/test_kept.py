"""Bodies of pages are kept, and never longer than they are true."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.extensions import db
from app.impact.queries import kept
from app.people.actions.tree import refresh_tree
from app.people.models import UnitVersion
from app.results.actions import withdraw
from app.results.models import ResultSet
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_unit
from tests.impact.heard import hear_customers, publish_enps
from tests.impact.pages import words_of


def test_a_second_look_costs_rights_and_a_stamp(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (3, 8, 19)})
    address = f"/impact/units/{cast.n1.id}"
    first = browser.sign_in(cast.ewa).get(address)
    asked = len(browser.queries)
    assert browser.get(address).text.split("<main")[1] == first.text.split("<main")[1]
    assert len(browser.queries) < asked
    assert not [query for query in browser.queries if "result_figure" in query or "feedback_quarter" in query]


def test_what_comes_in_shows_at_once(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.hanna)
    addresses = (f"/impact/units/{cast.n1.id}", "/impact/", "/")
    before = [words_of(browser.get(address)) for address in addresses]
    publish_enps("2026-Q3", {cast.n1: (3, 8, 19), cast.n2: (9, 9, 9)})
    published = [words_of(browser.get(address)) for address in addresses]
    hear_customers("2026-Q3", {cast.n1: (70, 80, 238)})
    heard = [words_of(browser.get(address)) for address in addresses]
    for earlier, later in (*zip(before, published, strict=True), *zip(published, heard, strict=True)):
        assert earlier != later


def test_what_is_withdrawn_is_gone_at_once(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (3, 8, 19)})
    browser.sign_in(cast.ewa)
    assert "+53" in words_of(browser.get(f"/impact/units/{cast.n1.id}"))
    now = db.session.query(ResultSet).one()
    withdraw(now, actor_id=None, now=now.published_at)
    assert "+53" not in words_of(browser.get(f"/impact/units/{cast.n1.id}"))


def test_a_new_name_shows_at_once(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (3, 8, 19)})
    browser.sign_in(cast.hanna)
    assert "Unit N1" in words_of(browser.get("/impact/"))
    cast.n1.name = "Another name"
    assert "Another name" in words_of(browser.get("/impact/"))
    assert "Another name" in words_of(browser.get(f"/impact/units/{cast.north.id}"))


def test_two_readers_with_different_rights_share_nothing(browser: Browser, cast: Cast) -> None:
    make_unit("N1T", cast.n1, name="Inner unit")
    publish_enps("2026-Q3", {cast.n1: (3, 8, 19)})
    address = f"/impact/units/{cast.n1.id}"
    assert "Inner unit" in words_of(browser.sign_in(cast.hanna).get(address))
    assert "Inner unit" not in words_of(browser.sign_in(cast.ewa).get(address))
    assert f'href="/impact/units/{cast.north.id}' not in browser.get(address).text


def test_languages_are_kept_apart(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (3, 8, 19)})
    browser.sign_in(cast.ewa)
    address = f"/impact/units/{cast.n1.id}"
    assert "Q3 2026" in words_of(browser.get(address))
    assert "III kw. 2026" in words_of(browser.get(f"{address}?lang=pl"))
    assert "III кв. 2026" in words_of(browser.get(f"{address}?lang=ru"))


def test_a_move_that_was_written_long_ago_shows_when_its_day_comes(browser: Browser, cast: Cast) -> None:
    """The customers' answers follow the unit, though nothing came in and no unit on the page is called otherwise."""
    inner = make_unit("N1T", cast.n1)
    hear_customers("2026-Q3", {inner: (70, 80, 238), cast.s1: (9, 9, 9)})
    today = clock.now().date()
    tomorrow = today + timedelta(days=1)
    db.session.execute(sa.update(UnitVersion).where(UnitVersion.unit_id == inner.id).values(ends_on=tomorrow))
    move = {"unit_id": inner.id, "name": inner.name, "kind": inner.kind, "parent_id": cast.s1.id, "starts_on": tomorrow}
    db.session.execute(sa.insert(UnitVersion).values(**move))
    refresh_tree(today)
    browser.sign_in(cast.hanna)
    before = words_of(browser.get(f"/impact/units/{cast.company.id}?period=2026-Q3"))
    refresh_tree(tomorrow)
    assert words_of(browser.get(f"/impact/units/{cast.company.id}?period=2026-Q3")) != before


def test_mended_counts_show_at_once(app: Flask, browser: Browser, cast: Cast) -> None:
    hear_customers("2026-Q3", {cast.n1: (70, 80, 238)})
    browser.sign_in(cast.ewa)
    assert "388" in words_of(browser.get(f"/impact/units/{cast.n1.id}"))
    assert app.test_cli_runner().invoke(args=["voice", "rebuild-rollups"]).exit_code == 1  # there are no rows behind
    assert "388" not in words_of(browser.get(f"/impact/units/{cast.n1.id}"))


def test_only_so_much_is_kept() -> None:
    for number in range(20):
        assert kept.kept(("test", number), lambda number=number: f"{number}" + "x" * (kept.MOST // 10))
    assert sum(length for _, length in kept._bodies.values()) <= kept.MOST
    made = []
    kept.kept(("test", 19), lambda: made.append(1))
    assert not made
    kept.kept(("test", 3), lambda: made.append(1))
    assert made  # it had been let go


@pytest.mark.parametrize("time", ["first", "second"])
def test_no_test_is_answered_with_what_another_kept(database: None, time: str) -> None:
    assert kept.kept("a key of both", lambda: time) == time


def test_what_is_forgotten_is_made_anew() -> None:
    made = iter("abc")
    assert [kept.kept("key", lambda: next(made)) for _ in range(2)] == ["a", "a"]
    kept.forget()
    assert kept.kept("key", lambda: next(made)) == "b"
