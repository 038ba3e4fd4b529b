"""Every route, asked for by every sort of person, for rows in every place; the table is tests/reach/table.py.

200 or 302: may. 302 to the sign-in: nobody is there. 403: no such permission. 404: not their row. A short run asks as
some people for a share of the addresses, REZONANS_LONG as everybody for everything; REZONANS_SEED chooses.
"""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core import uploads
from config import ROOT
from tests.browser_check import Browser
from tests.cast import Cast
from tests.reach.persons import PEOPLE, Person, in_this_run
from tests.reach.reaching import expected, places_of
from tests.reach.scene import address, ask, enter, methods_of, rules, set_scene, token_of, traces, undone
from tests.reach.table import PERMISSIONS, PUBLIC, ROUTES, Route

MISSING = (
    "{endpoint} ({method} {rule}) has no row in tests/reach/table.py. Add one to ROUTES: who may enter (PUBLIC,"
    " READERS …, or a new group in ENTER and PERMISSIONS), whose row the address names (None, FIGURES, COMPANY …),"
    " and the status that somebody gets who may."
)


IS_WHOLE = bool(os.environ.get("REZONANS_LONG"))
SEED = os.environ.get("REZONANS_SEED", "rezonans")
SHARE = 0.15  # of all addresses that each person of a short run is asked for, by chance


def test_every_route_has_a_row_in_the_table(app: Flask) -> None:
    there = {(rule.endpoint, method): rule for rule, method in rules(app)}
    missing = [
        MISSING.format(endpoint=endpoint, method=method, rule=rule.rule)
        for (endpoint, method), rule in there.items()
        if (endpoint, method) not in ROUTES
    ]
    assert not missing, "\n".join(missing)
    gone = sorted(ROUTES.keys() - there.keys())
    assert not gone, f"These rows of tests/reach/table.py speak of routes that are no more; remove them: {gone}"


def test_a_row_is_named_where_the_address_holds_one(app: Flask) -> None:
    for rule, method in rules(app):
        if (rule.endpoint, method) in ROUTES:
            assert bool(rule.arguments) == (ROUTES[rule.endpoint, method].row is not None), rule.rule


def test_the_table_agrees_with_the_list_of_permissions() -> None:
    """tests/access.txt is what the routes say of themselves; the start page decides for itself where strangers go."""
    said = dict(line.split(" ", 1) for line in (ROOT / "tests/access.txt").read_text().splitlines())
    for (endpoint, _method), route in ROUTES.items():
        if endpoint != "home.show_start":
            assert said[endpoint].endswith(" token") == route.by_token, endpoint
            assert said[endpoint].split(" ")[0] in PERMISSIONS[route.who], endpoint


@pytest.fixture(autouse=True)
def _keep_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is undone in the database must not be gone from the disk."""
    monkeypatch.setattr(uploads, "remove", lambda _digest: None)


@pytest.mark.parametrize("person", in_this_run(SEED, whole=IS_WHOLE), ids=str)
def test_each_reaches_what_the_table_says(
    app: Flask, cast: Cast, browser: Browser, tmp_path: Path, person: Person
) -> None:
    scene = set_scene(cast, browser, tmp_path)
    enter(person, scene, browser)
    faults, chance = [], Random(f"{SEED} {person}")
    for rule, method in rules(app):
        route = ROUTES[rule.endpoint, method]
        for place in places_of(person, route.row):
            if not IS_WHOLE and chance.random() > SHARE:
                continue
            path = address(rule, scene, place)
            fault = asked(browser, method, path, expected(person, route, place), route)
            faults += [f"{person}: {method} {path} ({place}): {fault}"] if fault else []
    assert not faults, "\n".join(faults)


def asked(browser: Browser, method: str, path: str, wanted: int, route: Route) -> str:
    """What is wrong with the answer, or nothing. Whoever is refused has changed nothing."""
    if method == "GET":
        return _judged(ask(browser, method, path), path, wanted, route)
    with undone(browser):
        before = traces()
        answer = ask(browser, method, path)
        fault = _judged(answer, path, wanted, route)
        is_refused = route.who != PUBLIC and (wanted in (403, 404) or is_to_sign_in(answer.location))
        return "refused, and yet something changed" if not fault and is_refused and traces() != before else fault


def _judged(answer: TestResponse, path: str, wanted: int, route: Route) -> str:
    got, location = answer.status_code, answer.location or "/"
    if got == 302 and path == "/impact/" and wanted == 200 and location.startswith("/impact/units/"):
        return ""  # who sees one unit only is led to it
    if got == 302 and path == "/sign-in" and location == "/":
        return ""  # who is signed in needs no page for it
    if got != wanted:
        return f"{got} {location}, where {wanted} was due"
    return "" if location.startswith("/") and not location.startswith("//") else f"sent to {location}"


def is_api(rule: str) -> bool:
    return rule.startswith("/api/")


def is_to_sign_in(location: str | None) -> bool:
    return location is not None and location.split("?")[0] == "/sign-in"


@pytest.mark.parametrize("person", in_this_run(SEED, whole=IS_WHOLE), ids=str)
def test_a_program_reaches_what_its_owner_reaches(
    app: Flask, cast: Cast, browser: Browser, tmp_path: Path, person: Person
) -> None:
    """With a token of all scopes, made before the owner left or was shut out."""
    scene = set_scene(cast, browser, tmp_path)
    token = token_of(person, scene, browser)
    faults = []
    for rule, method in rules(app):
        route = ROUTES[rule.endpoint, method]
        for place in places_of(person, route.row) if is_api(rule.rule) else ():
            path, wanted = address(rule, scene, place), expected(person, route, place, token=True)
            call = functools.partial(browser.post, json=BODIES.get(rule.endpoint)) if method == "POST" else browser.get
            fault = called(call, browser, path, token, wanted)
            faults += [f"{person}: {method} {path} ({place}): {fault}"] if fault else []
    assert not faults, "\n".join(faults)


# What fits its shape: else a program is told so before anybody asks for the row.
BODIES = {"imports_api.choose_import_mapping": {"columns": {"none": "none"}}}


def called(call: Callable[..., TestResponse], browser: Browser, path: str, token: str, wanted: int) -> str:
    """What is wrong with the answer, or nothing. Whoever is refused has changed nothing."""
    with undone(browser):
        before = traces()
        answer = call(path, headers={"Authorization": f"Bearer {token}"})
        if answer.status_code != wanted:
            return f"{answer.status_code}, where {wanted} was due"
        return "refused, and yet something changed" if wanted >= 400 and traces() != before else ""


@pytest.mark.parametrize("name", ["nobody", "leaver", "ended account"])
def test_who_is_not_let_in_is_sent_to_sign_in_and_nowhere_else(
    app: Flask, cast: Cast, browser: Browser, tmp_path: Path, name: str
) -> None:
    scene = set_scene(cast, browser, tmp_path)
    person = next(each for each in PEOPLE if each.name == name)
    enter(person, scene, browser)
    for rule, method in rules(app):
        route = ROUTES[rule.endpoint, method]
        if route.who != PUBLIC and not route.by_token:
            answer = ask(browser, method, address(rule, scene, places_of(person, route.row)[0]))
            assert (answer.status_code, is_to_sign_in(answer.location)) == (302, True), rule.rule


def test_no_route_takes_a_method_that_it_does_not_list(
    app: Flask, cast: Cast, browser: Browser, tmp_path: Path
) -> None:
    scene = set_scene(cast, browser, tmp_path)
    browser.sign_in(cast.adam)
    taken: dict[str, set[str]] = {}
    for rule, _method in rules(app):
        taken.setdefault(rule.rule, set()).update(methods_of(rule))
    for rule, _method in rules(app):
        path = address(rule, scene, places_of(PEOPLE[-1], ROUTES[rule.endpoint, _method].row)[0])
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - taken[rule.rule]:
            assert browser.client.open(path, method=method).status_code == 405, f"{method} {path}"
