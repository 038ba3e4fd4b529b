"""From an empty place to a unit's two numbers, by its pages alone."""

import re
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import sheets
from tests.browser.conftest import Visit
from tests.browser.importing import accept, bring, refused_rows
from tests.browser.site import Site
from tests.browser.visitor import Visitor

PASSWORD = "sklep na rogu jest otwarty"
POINTS = re.compile(r"^[+−]?\d+$")


def test_a_company_begins(visit: Visit, empty_place: Site, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    owner = visit(site=empty_place)
    set_up(owner)
    assert done_steps(owner) == 0

    bring(owner, "units", sheets.units(tmp_path))
    assert refused_rows(owner)[0][0:3] == ["8", "Code of the unit above", sheets.WRONG_CODE]
    assert accept(owner) == "5 rows were added, 1 was changed.", "the company itself was there"
    assert done_steps(owner) == 1

    bring(owner, "employees", sheets.people(tmp_path))
    assert refused_rows(owner)[0][0:3] == ["38", "Unit code", sheets.WRONG_CODE]
    assert "36 rows were added" in accept(owner)
    assert done_steps(owner) == 2

    bring(owner, "feedback", sheets.feedback(tmp_path, today), metric="nps")
    assert [row[2] for row in refused_rows(owner)] == ["11"]
    assert "5,200 rows were added" in accept(owner)
    assert done_steps(owner) == 3

    bring(owner, "results", sheets.results(tmp_path, today))
    assert [row[2] for row in refused_rows(owner)] == ["dużo"]
    accept(owner)
    publish_drafts(owner, len(sheets.past_quarters(today)))
    look_at_a_unit(owner)


def set_up(owner: Visitor) -> None:
    """A password that is too short is refused, and nothing else has to be typed again."""
    owner.open("/")
    assert owner.path == "/first-run"
    assert owner.barriers() == []
    owner.press("Set up your company")
    typed = {
        "company_name": "Sklepy Jaś",
        "name": "Joanna Jaś",
        "email": "joanna@jas.example",
        "reporting_threshold": "6",
    }
    for field, text in typed.items():
        owner.page.locator(f"#{field}").fill(text)
    owner.page.locator("#time_zone").select_option("Europe/Vilnius")
    owner.page.locator("#password").fill("krótkie")
    owner.press("Set up")
    expect(owner.page.get_by_role("alert")).to_contain_text("12 to 256 characters")
    assert owner.barriers() == []
    assert {field: owner.page.locator(f"#{field}").input_value() for field in typed} == typed
    assert owner.page.locator("#time_zone").input_value() == "Europe/Vilnius"
    owner.page.locator("#password").fill(PASSWORD)
    owner.press("Set up")
    owner.page.wait_for_url(owner.address + "/")
    assert "Joanna" in owner.heading()
    assert owner.page.locator(".demo-banner").count() == 0


def done_steps(owner: Visitor) -> int:
    owner.open("/")
    assert owner.barriers() == []
    return owner.page.locator("ol.rows .row-done").count()


def publish_drafts(owner: Visitor, count: int) -> None:
    """A draft says what will be shown; after publishing it is gone from the drafts."""
    for left in range(count, 0, -1):
        owner.open("/pulse/drafts")
        links = owner.page.locator("tbody th a")
        assert links.count() == left
        links.first.click()
        assert owner.barriers() == []
        owner.press("Publish for ever")
        owner.page.get_by_text("is published.").wait_for()


def look_at_a_unit(owner: Visitor) -> None:
    owner.open("/impact/")
    owner.page.locator("main").get_by_role("link", name="Kraków Rynek").first.click()
    expect(owner.page.locator("h1")).to_have_text("Kraków Rynek")
    team, customers = owner.page.locator(".score-card").all()
    for card, voice in ((team, "Team eNPS"), (customers, "Customers' NPS")):
        assert card.locator("h2").inner_text() == voice
        assert POINTS.match(card.locator(".score-number").inner_text())
        assert re.search(r"\d", card.locator(".score-interval").inner_text())
    assert f"{sheets.ANSWERS} of {sheets.STAFF} people" in team.inner_text()
    owner.page.locator("#trend-plot svg").wait_for()
    assert owner.barriers() == []
