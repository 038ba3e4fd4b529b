"""At 200 % on a small laptop (720 × 450 CSS pixels), and at the 320 px of WCAG 1.4.10, nothing is lost."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

PAGES = (
    "/",
    "/impact/",
    "/impact/how-it-is-counted",
    "/people/units",
    "/people/employees",
    "/imports/",
    "/imports/new",
    "/admin/settings",
    "/admin/audit",
    "/settings/",
)
ZOOMED, NARROWEST = {"width": 720, "height": 450}, {"width": 320, "height": 568}

CUT_OFF = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.checkVisibility() && !each.closest(".visually-hidden, svg, select, .skip-link"))
  .filter((each) => each.children.length === 0 && each.textContent.trim())
  .filter((each) => {
    const style = getComputedStyle(each);
    return ["hidden", "clip"].includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1
      || ["hidden", "clip"].includes(style.overflowY) && each.scrollHeight > each.clientHeight + 2;
  }).map((each) => each.outerHTML.slice(0, 140))"""

# What stays in place while one scrolls must leave most of the window to the page.
FIXED_HEIGHT = """() => [...document.querySelectorAll("body *")]
  .filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position) && each.checkVisibility())
  .reduce((sum, each) => sum + each.getBoundingClientRect().height, 0)"""
PLACES = "() => [...document.querySelectorAll('.site-nav a, .bottom-bar a')].map((link) => link.pathname)"


@pytest.mark.parametrize("size", [ZOOMED, NARROWEST], ids=["200 %", "320 px"])
def test_nothing_is_lost(visit: Visit, size: dict[str, int]) -> None:
    adam = visit("adam", size=size, device_scale_factor=2, language="pl")
    for path in PAGES:
        adam.open(path)
        assert adam.too_wide() == [], path
        assert adam.page.evaluate(CUT_OFF) == [], path
        assert adam.page.evaluate(FIXED_HEIGHT) < size["height"] / 4, path
    every_place_can_be_reached(adam)


def every_place_can_be_reached(adam: Visitor) -> None:
    """In the bar or behind “More”, each can be clicked."""
    adam.open("/")
    for place in sorted(set(adam.page.evaluate(PLACES))):
        adam.open("/")
        more = adam.page.locator(".bottom-bar summary")
        link = adam.page.locator(f".bottom-bar a[href='{place}']")
        if not link.is_visible():
            more.click()
        link.click()
        assert adam.path.startswith(place)
