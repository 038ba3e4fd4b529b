"""Every page that shows words of files and forms, as whoever may open it: words are shown as words."""

import os
import re
from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app.extensions import Base, db
from app.imports.models import DataImport
from app.people.models import Account, AccountSession, Employee, Unit
from app.pulse.models import DraftSet
from app.results.models import ResultSet
from tests.browser_check import Browser
from tests.hostile.conftest import Company
from tests.hostile.corpus import IS_WHOLE
from tests.hostile.examiner import Examiner, faults_of_headers

ROWS: dict[str, type[Base]] = {
    "unit_id": Unit,
    "employee_id": Employee,
    "import_id": DataImport,
    "draft_id": DraftSet,
    "set_id": ResultSet,
    "session_id": AccountSession,
    "account_id": Account,
}
LISTS = ("people.list_employees", "people.list_units", "imports.list_imports", "pulse.list_sets", "impact.show_company")
PAGES = ("", "?page=2", "?page=3")
SEED = os.environ.get("REZONANS_SEED", "rezonans")
# The pages that show all of a row: a short run looks at every row there, and at a few elsewhere.
SHOWS = (
    "people.show_unit",
    "voice.show_unit",
    "people.show_employee",
    "imports.show_import",
    "imports.edit_mapping",
    "pulse.show_draft",
)
FEW = 3  # of each kind of row, for whoever is not the administrator


def test_words_stay_words_on_every_page(app: Flask, company: Company, browser: Browser) -> None:
    faults: list[str] = []
    seen: list[str] = []
    people = company.cast.everybody()
    another = Random(SEED).choice(sorted(people.keys() - {"adam"}))
    for name in people if IS_WHOLE else ("adam", another):
        person = people[name]
        browser.client = app.test_client()
        browser.sign_in(person)
        for path in _paths(app, every=name == "adam" or IS_WHOLE):
            response = browser.get(path)
            assert response.status_code < 500, path
            found = faults_of_headers(response.headers)
            if response.mimetype == "text/html" and response.status_code == 200:
                page = Examiner(response.text)
                found += page.faults
                seen.append(page.text)
            faults += [f"{name} {path}: {each}" for each in found]
    assert not faults, "\n".join(faults[:40])
    _nothing_was_missed(company, "\n".join(seen))


def _nothing_was_missed(company: Company, seen: str) -> None:
    """Whatever came in was shown somewhere, letter by letter: else the pages above proved nothing."""
    folded = " ".join(seen.split())
    missed = {item for item in company.expected if item not in folded}
    assert not missed, "\n".join(sorted(missed))


def _paths(app: Flask, *, every: bool) -> Iterator[str]:
    rows = {name: list(db.session.scalars(sa.select(model.id).order_by(model.id))) for name, model in ROWS.items()}  # type: ignore[attr-defined]
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint == "static" or "_api." in rule.endpoint:
            continue
        known: dict[str, list[object]] = {"kind": ["units"], "act": ["move"], "deed": ["move"], **rows}
        names = sorted(rule.arguments)
        is_whole = every and len(names) == 1 and (IS_WHOLE or rule.endpoint in SHOWS)
        # Of what nothing hostile was brought there is no row, and nothing to look at.
        there = [known.get(name, []) for name in names]
        chosen = [ids if is_whole else list(dict.fromkeys(ids[:FEW] + ids[-FEW:])) for ids in there]
        for values in product(*chosen):
            path = _path(rule, dict(zip(sorted(rule.arguments), values, strict=True)))
            yield from (path + page for page in (PAGES if rule.endpoint in LISTS else ("",)))


def _path(rule: Rule, values: Mapping[str, object]) -> str:
    return re.sub(r"<(?:[^>]+:)?(\w+)>", lambda part: str(values[part[1]]), rule.rule)
