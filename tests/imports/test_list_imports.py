"""The list of imports."""

import pytest

from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import checked, upload

pytestmark = pytest.mark.usefixtures("things")


def test_it_says_who_brought_what_and_what_came_of_it(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    page = browser.get("/imports/").text
    assert f'href="/imports/{import_.id}"' in page
    for words in ("things.csv", "Things", "Celina", "checked, not accepted yet"):
        assert words in page


def test_an_empty_list_teaches(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.celina).get("/imports/").text
    assert "No imports yet" in page
    assert 'href="/imports/new"' in page


def test_it_is_searched_by_the_name_of_the_file(browser: Browser, cast: Cast) -> None:
    upload(browser.sign_in(cast.celina), name="spring 100%.csv")
    upload(browser, name="autumn.csv")
    page = browser.get("/imports/?q=100%25").text
    assert "spring 100%.csv" in page
    assert "autumn.csv" not in page
    assert "No file of that name" in browser.get("/imports/?q=winter").text


def test_others_see_only_what_is_theirs(browser: Browser, cast: Cast) -> None:
    upload(browser.sign_in(cast.celina))
    assert "things.csv" in browser.sign_in(cast.adam).get("/imports/").text
    assert "things.csv" not in browser.sign_in(cast.hanna).get("/imports/").text


def test_a_page_beyond_the_end_is_not_found(browser: Browser, cast: Cast) -> None:
    assert browser.sign_in(cast.celina).get("/imports/?page=9").status_code == 404


def test_it_needs_the_role_and_signing_in(browser: Browser, cast: Cast) -> None:
    assert "/sign-in" in browser.get("/imports/").location
    assert browser.sign_in(cast.ewa).get("/imports/").status_code == 403
