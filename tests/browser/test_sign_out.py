"""What the next person at a shared till sees."""

from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE


def test_back_shows_nothing_of_who_signed_out(visit: Visit) -> None:
    ewa = visit(size=PHONE).sign_in("ewa")
    ewa.open("/")
    assert "Ewa" in ewa.heading()
    ewa.open("/settings/")
    ewa.page.locator(".site-tools summary").click()
    ewa.page.get_by_role("button", name="Sign out").click()
    ewa.page.wait_for_url("**/sign-in*")
    for _step in range(2):
        ewa.page.go_back()
        assert "/sign-in" in ewa.path
        assert "Ewa" not in ewa.page.locator("h1, header").all_inner_texts()
        assert "Kraków Rynek" not in ewa.page.locator("h1, header, .page-head").all_inner_texts()
        assert ewa.page.locator("#password").is_visible()


def test_a_session_that_ended_elsewhere_is_over_here(visit: Visit) -> None:
    phone, till = visit(size=PHONE).sign_in("trina"), visit().sign_in("trina")
    phone.open("/settings/sessions")
    phone.press("End all others")
    phone.page.get_by_text("ended").first.wait_for()
    till.open("/people/units")
    assert till.path.startswith("/sign-in?next=")
