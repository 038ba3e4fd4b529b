"""What the first look at the home page costs an employee on a phone: cold, signed in (design.md, Kit)."""

from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE

MOST_BYTES, MOST_REQUESTS = 100_000, 10


def test_the_home_page_is_light(visit: Visit) -> None:
    ewa = visit("ewa", size=PHONE, language="pl")
    asked, bytes_ = watch(ewa.page)
    ewa.open("/")
    ewa.page.wait_for_load_state("networkidle")
    assert len(asked) >= 3, "a page, a style sheet and a script at least, or nothing was watched"
    assert len(asked) <= MOST_REQUESTS, asked
    assert sum(bytes_) <= MOST_BYTES, f"{sum(bytes_)} bytes"
    assert not [url for url in asked if "charts" in url]


def test_the_chart_library_comes_only_with_a_chart(visit: Visit) -> None:
    ewa = visit("ewa", size=PHONE)
    for path, wanted in (("/people/units", False), ("/settings/", False), ("/impact/", True)):
        asked, _bytes = watch(ewa.page)
        ewa.open(path)
        ewa.page.wait_for_load_state("networkidle")
        assert any("charts" in url for url in asked) is wanted, path


def watch(page: Page) -> tuple[list[str], list[int]]:
    """Addresses asked for, and bytes that came over the line, headers and compression included."""
    asked: list[str] = []
    bytes_: list[int] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: bytes_.append(int(event["encodedDataLength"])))
    return asked, bytes_
