"""The audit log."""

import re

from app.core import audit
from app.core.permissions import Role
from app.extensions import db
from app.home.words import ACTS
from config import ROOT
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_grant


def test_it_says_who_did_what_and_what_was_there_before(cast: Cast, browser: Browser) -> None:
    before, after = {"name": "Old", "kind": "branch"}, {"name": "New", "kind": "branch"}
    audit.record("unit.renamed", "unit", cast.n1.id, actor_id=cast.adam.id, before=before, after=after)
    page = browser.sign_in(cast.adam).get("/admin/audit").text
    assert "unit.renamed" in page
    assert "Adam" in page
    assert "name: Old → New" in page
    assert "branch" not in page  # what did not change is not written down


def test_it_is_searched(cast: Cast, browser: Browser) -> None:
    audit.record("unit.renamed", "unit", 1, actor_id=None, after={"name": "x"})
    audit.record("role.granted", "account", 1, actor_id=None, after={"role": "hr"})
    page = browser.sign_in(cast.adam).get("/admin/audit?q=role").text
    assert "role.granted" in page
    assert "unit.renamed" not in page
    assert "Nothing found" in browser.get("/admin/audit?q=100%25_of").text


def test_strange_words_do_no_harm(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    for words in ("%", "_", "'; DROP TABLE unit; --", "\\", "a" * 5000, "%00", "“ł"):
        assert browser.get("/admin/audit", query_string={"q": words}).status_code == 200


def test_it_needs_the_role(cast: Cast, browser: Browser) -> None:
    assert browser.get("/admin/audit").status_code == 302
    assert browser.sign_in(cast.hanna).get("/admin/audit").status_code == 403


def test_a_part_of_the_company_does_not_open_the_log_of_all(cast: Cast, browser: Browser) -> None:
    make_grant(cast.marek, Role.ADMINISTRATOR, cast.north)
    audit.record("role.granted", "account", cast.stranger.id, actor_id=None, after={"role": "hr"})
    page = browser.sign_in(cast.marek).get("/admin/audit")
    assert page.status_code == 200
    assert "role.granted" not in page.text


def test_a_log_is_long(cast: Cast, browser: Browser) -> None:
    for number in range(120):
        audit.record("unit.renamed", "unit", number, actor_id=cast.adam.id, after={"name": str(number)})
    db.session.flush()
    page = browser.sign_in(cast.adam).get("/admin/audit?page=2").text
    assert "unit.renamed" in page
    assert "page=3" in page


def test_every_act_has_its_words() -> None:
    calls = re.compile(r'audit\.(?:record|Deed)\(\s*"([a-z_]+\.[a-z_]+)"')
    acts = {act for file in (ROOT / "app").rglob("*.py") for act in calls.findall(file.read_text())}
    assert len(acts) > 8
    assert acts <= ACTS.keys()


def test_an_act_is_said_in_words(cast: Cast, browser: Browser) -> None:
    audit.record("role.granted", "account", 1, actor_id=None, after={"role": "hr"})
    assert "Role given" in browser.sign_in(cast.adam).get("/admin/audit").text
