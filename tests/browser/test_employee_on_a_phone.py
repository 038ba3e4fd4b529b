"""Ewa, three minutes between customers."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE


def test_she_sees_how_her_own_unit_is_doing(visit: Visit) -> None:
    ewa = visit(size=PHONE, language="pl", has_touch=True).sign_in("ewa")
    expect(ewa.page.locator("h1")).to_contain_text("Ewa")
    assert "Kraków Rynek" in ewa.words()
    numbers = ewa.page.locator(".score-pair .score-number")
    assert numbers.count() == 2
    ewa.page.locator("nav.bottom-bar a").nth(1).tap()
    expect(ewa.page.locator("h1")).to_have_text("Kraków Rynek")
    assert ewa.path.startswith("/impact/units/")
    assert ewa.page.locator(".score-card").count() == 2


def test_no_other_unit_is_hers(visit: Visit) -> None:
    ewa, leon = visit("ewa", size=PHONE), visit("leon")
    ewa.open("/impact/")
    own = ewa.path.split("?")[0]
    leon.open("/impact/")
    links = leon.page.locator("main a[href^='/impact/units/']").evaluate_all("all => all.map((a) => a.pathname)")
    others = sorted(set(links) - {own})
    assert len(others) > 10
    for path in others[:5]:
        assert ewa.open(path).status == 404
        assert ewa.open(f"{path}/export.csv").status == 404
    assert ewa.open("/imports/").status == 403
    assert ewa.page.locator("main").get_by_role("link").count() >= 1, "the page of refusal leads back"


def test_everything_can_be_touched(visit: Visit) -> None:
    """Targets of 24 px and more (WCAG 2.2, 2.5.8); links within a sentence are as tall as its line."""
    ewa = visit("ewa", size=PHONE, language="pl", has_touch=True)
    for path in ("/", "/impact/", "/people/units", "/people/employees", "/settings/"):
        ewa.open(path)
        assert ewa.page.evaluate(TOO_SMALL) == [], path


TOO_SMALL = """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
  .filter((each) => each.checkVisibility() && !each.closest("label, .skip-link"))
  .filter((each) => getComputedStyle(each).display !== "inline")
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => box.width && (box.width < 23.5 || box.height < 23.5))
  .map(([each, box]) => `${each.outerHTML.slice(0, 120)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
