"""What somebody chose stays chosen: on the next page, and at the next sign-in."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.site import Site

GROUND = "() => getComputedStyle(document.body).backgroundColor"
TOKENS = """() => ["--ink", "--ground", "--line", "--muted"]
  .map((name) => getComputedStyle(document.documentElement).getPropertyValue(name))"""


def test_the_look_changes_at_once_and_stays(visit: Visit) -> None:
    ewa = visit("ewa")
    ewa.open("/")
    light = ewa.page.evaluate(GROUND)
    ewa.page.locator(".site-tools summary").click()
    with ewa.page.expect_response("**/settings/theme"):
        ewa.page.get_by_role("button", name="dark", exact=True).click()
    assert ewa.page.evaluate(GROUND) != light
    expect(ewa.page.get_by_role("button", name="dark", exact=True)).to_have_attribute("aria-pressed", "true")
    ewa.open("/impact/")
    assert ewa.page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert ewa.page.evaluate(GROUND) != light


def test_a_chart_follows_the_look(visit: Visit) -> None:
    ewa = visit("ewa")
    ewa.open("/impact/")
    drawing = ewa.page.locator("#trend-plot svg")
    drawing.wait_for()
    before = drawing.inner_html()
    ewa.page.locator(".site-tools summary").click()
    ewa.page.get_by_role("button", name="dark", exact=True).click()
    ewa.page.wait_for_function("before => document.querySelector('#trend-plot svg').innerHTML !== before", arg=before)


@pytest.mark.parametrize("wish", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}])
def test_what_the_system_wishes_is_followed(visit: Visit, wish: dict[str, str]) -> None:
    plain, wished = visit("ewa"), visit("ewa", **wish)
    plain.open("/")
    wished.open("/")
    assert wished.barriers() == []
    if "forced_colors" not in wish:
        assert wished.page.evaluate(TOKENS) != plain.page.evaluate(TOKENS)


def test_a_language_is_the_persons_in_every_browser(visit: Visit, own_demo: Site) -> None:
    ewa = visit(site=own_demo, language="en").sign_in("ewa")
    ewa.page.locator(".site-tools summary").click()
    ewa.page.get_by_role("button", name="Polski").click()
    expect(ewa.page.locator("html")).to_have_attribute("lang", "pl")
    ewa.open("/people/units")
    assert ewa.heading() == "Organizacja"
    elsewhere = visit(site=own_demo, language="ru").sign_in("ewa")
    assert elsewhere.page.locator("html").get_attribute("lang") == "pl"


def test_a_stranger_chooses_before_signing_in(visit: Visit) -> None:
    stranger = visit(language="")
    stranger.open("/sign-in")
    stranger.page.get_by_role("button", name="Русский").click()
    expect(stranger.page.locator("html")).to_have_attribute("lang", "ru")
    stranger.sign_in("leon")
    assert stranger.page.locator("html").get_attribute("lang") == "ru"


MIDDLES = """() => [document.documentElement, ...document.querySelectorAll("main .site-brand, main .card")]
  .map((each) => {
  const box = each.getBoundingClientRect();
  return Math.round(box.left + box.width / 2);
})"""


def test_what_a_stranger_sees_stands_in_the_middle(visit: Visit) -> None:
    stranger = visit(language="pl")
    stranger.open("/sign-in")
    found = stranger.page.evaluate(MIDDLES)
    assert len(found) >= 4
    assert max(found) - min(found) <= 1, found
