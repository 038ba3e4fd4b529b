"""The unit's page: two voices, what may be said about them, and what must not show."""

import re

from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.heard import hear_customers, publish_enps

BEFORE, NOW = (8, 10, 12), (3, 8, 19)


def tell(cast: Cast) -> None:
    """Two quarters of N1 and N2: the team as in methods.md 1.4, customers clearly better."""
    for period, team, customers in (("2026-Q2", BEFORE, (60, 60, 80)), ("2026-Q3", NOW, (70, 80, 238))):
        publish_enps(period, {cast.n1: team, cast.n2: (5, 10, 15)}, headcount={cast.n1: 34, cast.n2: 40})
        hear_customers(period, {cast.n1: customers, cast.n2: (10, 10, 20)})


def address(cast: Cast, **query: str) -> str:
    rest = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/impact/units/{cast.n1.id}" + (f"?{rest}" if rest else "")


def words_of(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_it_sets_both_voices_side_by_side(browser: Browser, cast: Cast) -> None:
    tell(cast)
    page = browser.sign_in(cast.ewa).get(address(cast))
    words = words_of(page.text)
    assert page.status_code == 200
    assert "+53" in words
    assert "30 of 34 people answered (88%)" in words
    assert "from +44 to +59" in words  # methods.md 1.3
    assert "not clearly changed since Q2 2026" in words  # methods.md 1.4: the exact test does not reject
    assert "Customers of Unit N1: NPS +43, up 33 since Q2 2026 (unlikely to be chance)." in words
