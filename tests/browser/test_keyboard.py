"""Without a mouse."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor

FOCUS = """() => {
  const each = document.activeElement, style = getComputedStyle(each), box = each.getBoundingClientRect();
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
  const covering = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const free = covering && (each.contains(covering) || covering.contains(each));
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && free;
  return { name: each.outerHTML.slice(0, 140), drawn, seen, isBody: each === document.body };
}"""


def focused_is(visitor: Visitor, selector: str) -> bool:
    return bool(visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector))


def look_at_focus(visitor: Visitor) -> dict[str, Any]:
    """The browser scrolls there a moment after the key."""
    for _look in range(10):
        found: dict[str, Any] = visitor.page.evaluate(FOCUS)
        if found["seen"]:
            break
        visitor.page.wait_for_timeout(100)
    return found


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    ewa = visit("ewa")
    ewa.open("/impact/")
    ewa.page.keyboard.press("Tab")
    expect(ewa.page.locator(".skip-link")).to_be_in_viewport()
    ewa.page.keyboard.press("Enter")
    assert focused_is(ewa, "main")
    ewa.page.keyboard.press("Tab")
    assert ewa.page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_signing_in_needs_no_mouse(visit: Visit) -> None:
    stranger = visit()
    stranger.open("/sign-in?next=/people/units")
    stranger.page.locator("#email").focus()
    stranger.page.keyboard.type("ewa@demo.example")
    stranger.page.keyboard.press("Tab")
    stranger.page.keyboard.type("demo")
    stranger.page.keyboard.press("Tab")  # the button that shows the password
    stranger.page.keyboard.press("Space")
    assert stranger.page.locator("#password").get_attribute("type") == "text"
    stranger.page.keyboard.press("Tab")
    stranger.page.keyboard.press("Enter")
    stranger.page.wait_for_url("**/people/units")


def test_menus_open_and_close_by_keys(visit: Visit) -> None:
    for size, menu in (({"width": 1440, "height": 900}, ".site-tools details"), (PHONE, "nav.bottom-bar details")):
        adam = visit("adam", size=size)
        adam.open("/")
        panel = adam.page.locator(menu)
        panel.locator("summary").focus()
        adam.page.keyboard.press("Enter")
        expect(panel.locator(".menu-panel")).to_be_visible()
        assert adam.barriers() == []
        adam.page.keyboard.press("Tab")
        assert panel.evaluate("each => each.contains(document.activeElement)")
        adam.page.keyboard.press("Escape")
        expect(panel.locator(".menu-panel")).to_be_hidden()
        assert panel.locator("summary").evaluate("each => each === document.activeElement")


def test_the_table_under_a_chart_opens_by_keys(visit: Visit) -> None:
    marek = visit("marek")
    marek.open("/impact/")
    marek.page.locator(".chart-table summary").focus()
    marek.page.keyboard.press("Enter")
    expect(marek.page.locator(".chart-table table")).to_be_visible()


def test_whatever_has_the_focus_is_seen(visit: Visit) -> None:
    """Through whole pages, stop by stop; on the phone the bottom bar covers nothing that has the focus."""
    for name, size, path in (("marek", PHONE, "/impact/"), ("adam", {"width": 1440, "height": 900}, "/imports/new")):
        visitor = visit(name, size=size, language="pl")
        visitor.open(path)
        stops = 0
        for _stop in range(80):
            visitor.page.keyboard.press("Tab")
            found = look_at_focus(visitor)
            if found["isBody"]:
                break
            stops += 1
            assert found["drawn"], f"{path}: no sign of the focus on {found['name']}"
            assert found["seen"], f"{path}: something covers {found['name']}"
        assert stops > 10
