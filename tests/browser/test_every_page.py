"""Every page that somebody can reach by links, as that person, on a phone and at a desk, in each look."""

import os
from itertools import product
from random import Random

import pytest
from flask import Flask

from tests.browser.conftest import Visit
from tests.browser.crawling import IS_WHOLE, Crawl
from tests.browser.visitor import DESK, PHONE

PEOPLE = ("ewa", "marek", "hanna", "leon", "celina", "adam", "obcy")
LOOKS = [
    *product(("phone", "desk"), ("light", "dark"), ("pl",)),
    ("phone", "contrast", "pl"),
    ("desk", "light", "en"),
    ("phone", "dark", "ru"),
]
SIZES = {"phone": PHONE, "desk": DESK}
OWN_LANGUAGE = {"obcy": "ru"}  # his account says so, whatever the browser would like
SEED = os.environ.get("REZONANS_SEED", "rezonans")
HALF = 0.5
OPEN_TABLES = "() => document.querySelectorAll('details:not([data-menu])').forEach((each) => { each.open = true; })"

# Every page of these is for everybody; the rest of the house is walked by the administrator.
EVERYBODYS = {
    "home.show_start",
    "impact.show_unit",
    "impact.show_counting",
    "people.show_settings",
    "people.list_sessions",
}
# Not pages, or pages of a moment that a journey goes through: the first run, a waiting import, a draft.
NO_PAGES = {"static", "home.healthz", "home.readyz", "imports.show_progress"}
OF_JOURNEYS = {
    # Of a row whose unit nobody knows: the demo has none.
    "people.show_unmatched",
    # Of an import that was let in and can be undone; those of the demo go with the demo.
    "imports.confirm_undo",
    # Of strangers, of whoever was given a way in, and of a company that wrote a legal text.
    "people.ask_for_password_link", "people.show_sign_in_help", "people.type_code", "people.go_in",
    "privacy.show_legal",
    # Of somebody who has left.
    "privacy.confirm_erasure",
    # Of a person who holds a role that can be lent.
    "people.name_deputy_for",
    # The demo has no programs.
    "people.show_service_account", "people.make_program_token",
    "home.show_first_run", "home.set_up_company", "imports.edit_mapping", "pulse.show_draft",
    "imports.download_mapping", "imports.download_refusals", "people.sign_in", "people.confirm_password",
    # Nobody in the demo has a second factor.
    "people.give_code", "people.give_recovery_code", "people.show_no_code", "people.set_up_factor",
    "people.renew_recovery_codes", "people.remove_own_factor", "people.remove_factor",
}  # fmt: skip


def walks() -> list[tuple[str, str, str, str]]:
    """Who finds every page, and one more, each in a look dealt by chance; with REZONANS_LONG all in all of them."""
    if IS_WHOLE:
        return [(name, *look) for name, look in product(PEOPLE, LOOKS)]
    chance = Random(SEED)
    people = ["adam", chance.choice([name for name in PEOPLE if name != "adam"])]
    return [(name, *look) for name, look in zip(people, chance.sample(LOOKS, len(people)), strict=True)]


@pytest.mark.parametrize(("name", "size", "theme", "language"), walks())
def test_every_page_is_sound(visit: Visit, app: Flask, name: str, size: str, theme: str, language: str) -> None:
    visitor = visit(name, size=SIZES[size], theme=theme, language=language)
    crawl = Crawl(visitor, app.url_map.bind("127.0.0.1"), Random(f"{SEED} {name} {size} {theme}"))
    other, chance = PHONE if size == "desk" else DESK, Random(f"{SEED} {name} barriers")
    faults: list[str] = []
    for path in crawl.pages():
        found = visitor.too_wide()
        with visitor.at_width(other):
            found += visitor.too_wide()
        spoken = visitor.page.locator("html").get_attribute("lang")
        if spoken != OWN_LANGUAGE.get(name, language):
            found.append(f"speaks {spoken}")
        visitor.page.evaluate(OPEN_TABLES)
        found += visitor.too_wide()
        # The same page of other rows has the same elements; and in a short run half of the pages are examined, others
        # with another seed: it is half of the time.
        if IS_WHOLE or ("?" not in path and chance.random() < HALF):
            found += visitor.barriers()
        faults += [f"{path}: {each}" for each in found]
    assert not faults, "\n".join(faults)
    assert crawl.endpoints >= EVERYBODYS, f"{name} finds no way to {EVERYBODYS - crawl.endpoints}"
    if name == "adam":
        hidden = pages_of(app) - crawl.endpoints - OF_JOURNEYS
        assert not hidden, f"no link leads the administrator to {sorted(hidden)}"


def pages_of(app: Flask) -> set[str]:
    """What programs ask for is no page; only people follow links."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {each for each in endpoints - NO_PAGES if not each.split(".")[0].endswith("api")}
