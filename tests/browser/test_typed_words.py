"""Typed words survive: a wrong answer, a sign-in that ended, and no longer than they are needed."""

import sqlite3
from contextlib import closing

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.site import Site

NOTE = "We kept what you typed earlier."


def test_a_wrong_password_leaves_the_address(visit: Visit) -> None:
    stranger = visit()
    stranger.open("/sign-in")
    stranger.page.locator("#email").fill("ewa@demo.example")
    stranger.page.locator("#password").fill("not hers")
    stranger.page.locator("#password").press("Enter")
    expect(stranger.page.get_by_role("alert")).to_be_focused()
    assert stranger.page.locator("#email").input_value() == "ewa@demo.example"
    assert stranger.page.locator("#password").input_value() == ""
    assert stranger.barriers() == []


def test_a_sign_in_that_ends_while_typing_eats_nothing(visit: Visit, own_demo: Site) -> None:
    adam = visit(site=own_demo).sign_in("adam")
    adam.open("/admin/settings")
    adam.page.locator("#company_name").fill("Bank Wisła i Odra")
    end_his_other_sign_ins(visit, own_demo)
    adam.press("Save")
    adam.page.wait_for_url(lambda url: "/sign-in?next=" in url)
    adam.page.locator("#email").fill("adam@demo.example")
    adam.page.locator("#password").fill("demo")
    adam.page.locator("#password").press("Enter")
    adam.page.wait_for_url("**/admin/settings")
    assert adam.page.locator("#company_name").input_value() == "Bank Wisła i Odra"
    expect(adam.page.get_by_text(NOTE)).to_be_visible()
    assert adam.barriers() == []
    adam.press("Save")
    adam.page.get_by_text("The settings are saved.").wait_for()
    expect(adam.page.get_by_text(NOTE)).to_be_hidden()
    assert adam.page.evaluate("() => Object.keys(sessionStorage)") == []


def end_his_other_sign_ins(visit: Visit, site: Site) -> None:
    elsewhere = visit(site=site).sign_in("adam")
    elsewhere.open("/settings/sessions")
    elsewhere.press("End all others")
    elsewhere.page.get_by_text("was ended").first.wait_for()


def test_nobody_else_finds_what_was_typed(visit: Visit, own_demo: Site) -> None:
    adam = visit(site=own_demo).sign_in("adam")
    adam.open("/admin/settings")
    adam.page.locator("#company_name").fill("A secret name")
    adam.page.locator(".site-tools summary").click()
    adam.page.get_by_role("button", name="Sign out").click()
    adam.page.wait_for_url("**/sign-in*")
    assert "secret" not in str(adam.page.evaluate("() => Object.values(sessionStorage)"))


def test_a_password_asked_in_between_eats_nothing(visit: Visit, own_demo: Site) -> None:
    """A role is given: the sign-in grows old while the form is open, and the way leads back to it as it was typed."""
    adam = visit(site=own_demo).sign_in("adam")
    adam.open("/people/units?q=Kraków Rynek")
    adam.page.locator("main .rows a").first.click()
    adam.press("Who may see what")
    adam.press("Give a role here")
    adam.page.get_by_role("searchbox").fill("Ewa")
    adam.page.keyboard.press("Enter")
    adam.page.locator("main .rows a").first.focus()
    adam.page.keyboard.press("Enter")
    adam.page.locator("#role").select_option("manager")
    adam.page.locator("#reason").fill("Runs the branch in spring")
    grow_old(own_demo)
    adam.press("Give the role")
    adam.page.wait_for_url(lambda url: "/sign-in/confirmation?next=" in url)
    assert adam.barriers() == []
    adam.page.locator("#password").fill("demo")
    adam.page.locator("#password").press("Enter")
    adam.page.wait_for_url(lambda url: "/sign-in/" not in url)
    assert adam.page.locator("#reason").input_value() == "Runs the branch in spring"
    assert adam.page.locator("#role").input_value() == "manager"
    expect(adam.page.get_by_text(NOTE)).to_be_visible()
    adam.press("Give the role")
    adam.page.get_by_text("The role is given").wait_for()
    assert "Runs the branch in spring" in adam.words()
    assert adam.barriers() == []
    assert adam.page.evaluate("() => Object.keys(sessionStorage)") == []


def grow_old(site: Site) -> None:
    """Every sign-in is an hour old at once."""
    with closing(sqlite3.connect(site.folder / "data" / "rezonans.sqlite", timeout=20)) as database, database:
        database.execute("UPDATE account_session SET signed_in_at = datetime(signed_in_at, '-1 hour')")
