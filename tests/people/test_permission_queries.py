"""What a page pays for knowing who may see it: two questions at most, with deputies or without."""

from collections.abc import Callable

import pytest

from app.core.permissions import Role
from app.people.models import Account
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_grant
from tests.impact.heard import hear_customers, publish_enps
from tests.people.test_deputies import grant_of, lend

# Pages that show roles (a unit's, a person's, who may see what) ask for them besides: they are not here.
PAGES = ["/", "/impact/", "/impact/units/{unit}", "/voice/units/{unit}", "/people/units", "/people/employees"]
# Pages of an administrator. Some hold questions of their own whose rows are cut to what somebody may do, such as the
# units to choose from: asked in any case, they are no check, and are told here beside each page.
ADMINISTRATORS = {
    "/people/units?q=unit": 0,
    "/people/employees?q=ewa": 0,
    "/people/units/{unit}/calendar": 0,
    "/people/units/{unit}/changes/move": 1,
    "/people/units/{unit}/changes/split": 1,
    "/people/units/{unit}/changes/closure": 1,
    "/people/employees/new": 0,
    "/settings/": 0,
    "/settings/sessions": 0,
    "/settings/tokens": 0,
    "/imports/new": 0,
    "/admin/audit": 0,
    "/admin/health": 0,
    "/admin/mail": 0,
    "/admin/privacy": 0,
    "/admin/retention": 0,
    "/admin/settings": 0,
    "/admin/entrance": 2,
}
Asked = list[str]


def of_rights(browser: Browser) -> Asked:
    """Questions in which a role or a deputy is looked up."""
    return [each for each in browser.queries if "role_grant" in each or "deputyship" in each]


def lent(cast: Cast) -> Account:
    for absent in (cast.marek, cast.leon, cast.celina):
        lend(absent, cast.ewa)
    return cast.ewa


def held(cast: Cast) -> Account:
    for unit in (cast.n1, cast.n2, cast.s1):
        make_grant(cast.ewa, Role.MANAGER, unit)
    return cast.ewa


@pytest.mark.parametrize("person", [lent, held, lambda cast: cast.adam, lambda cast: cast.marek])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_two_questions_at_most(
    browser: Browser, cast: Cast, page: str, person: Callable[[Cast], Account]
) -> None:
    publish_enps("2026-Q3", {cast.n1: (10, 0, 21), cast.n2: (11, 2, 25), cast.s1: (6, 5, 41)})
    hear_customers("2026-Q3", {cast.n1: (10, 20, 40)})
    asked = Browser(browser.app).sign_in(person(cast))
    assert asked.get(page.format(unit=cast.n1.id)).status_code in (200, 302)
    assert 1 <= len(of_rights(asked)) <= 2 + (page == "/"), of_rights(asked)


@pytest.mark.parametrize("page", ADMINISTRATORS)
def test_so_do_pages_of_an_administrator(browser: Browser, cast: Cast, page: str) -> None:
    asked = Browser(browser.app).sign_in(cast.adam)
    assert asked.get(page.format(unit=cast.n1.id)).status_code == 200
    assert 1 <= len(of_rights(asked)) <= 2 + ADMINISTRATORS[page], of_rights(asked)


def test_deputies_cost_no_question_more(browser: Browser, cast: Cast) -> None:
    counts = {}
    for name, absent in [("without", None), ("with", cast.hanna)]:
        if absent:
            lend(absent, cast.marek, grant=grant_of(absent))
        asked = Browser(browser.app).sign_in(cast.marek)
        counts[name] = []
        for page in PAGES:
            asked.get(page.format(unit=cast.n1.id))
            counts[name].append(len(of_rights(asked)))
    assert counts["with"] <= [count + 1 for count in counts["without"]]
