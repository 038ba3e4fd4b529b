"""The demo says that it is one, and goes away in one click and one confirmation."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.site import Site


def test_every_page_says_that_it_is_a_demo(visit: Visit) -> None:
    ewa = visit("ewa")
    for path in ("/", "/impact/", "/people/units", "/settings/"):
        ewa.open(path)
        expect(ewa.page.locator(".demo-banner")).to_be_visible()
        assert ewa.page.locator(".demo-banner a").count() == 0, "only who may remove it is offered that"


def test_it_is_removed_in_one_click_and_a_confirmation(visit: Visit, own_demo: Site) -> None:
    adam = visit(site=own_demo).sign_in("adam")
    adam.page.locator(".demo-banner").get_by_role("link", name="Remove the demo").click()
    assert "900" in adam.words().replace(",", "") or "units" in adam.words()
    assert adam.barriers() == []
    adam.press("Remove the demo company")
    adam.page.wait_for_url("**/first-run")
    expect(adam.page.get_by_role("heading", name="Welcome to Rezonans")).to_be_visible()
    expect(adam.page.get_by_role("button", name="Try the demo company")).to_be_visible()
    adam.open("/people/units")
    assert adam.page.locator(".demo-banner").count() == 0


def test_it_is_loaded_from_the_first_page(visit: Visit, empty_place: Site) -> None:
    visitor = visit(site=empty_place)
    visitor.open("/")
    visitor.page.set_default_timeout(180_000)
    visitor.press("Try the demo company")
    visitor.page.wait_for_url("**/sign-in*", timeout=180_000)
    assert "ewa@demo.example" in visitor.words()
    visitor.sign_in("ewa")
    assert "Ewa" in visitor.heading()
