"""Nonsense in addresses: every page that can be asked for, with numbers, texts and bytes that nobody means.

A page may say that there is nothing there, that it does not understand, or ignore the nonsense; it never breaks. The
seed is fixed, so that a failure can be found again.
"""

import io
import os
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app.core import clock
from app.extensions import db
from app.imports.models import DataImport
from app.people.actions.service_accounts import make_service_account
from app.people.models import Account, AccountSession, Grant
from app.pulse.models import DraftSet
from app.results.models import ResultSet
from app.voice.models import Metric
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_deputy, make_factor
from tests.impact.heard import hear_customers, hear_means, publish_enps, publish_means
from tests.pulse.files import HEADER, answers, bring
from tests.rights_meter import measuring

SEED = 20261122
PARAMETERS = (
    "page", "per_page", "q", "period", "quarters", "level", "measure", "metric", "employees", "customers", "unit",
    "kind", "sheet", "header_row", "next", "lang", "code",
)  # fmt: skip
NUMBERS = (
    "-1", "0", "1", "2", "00", "+1", "1e9", "1.5", "0x10", "2147483648", "4294967296", "9223372036854775807",
    "9223372036854775808", "1" + "0" * 40, "9" * 5000, "-" + "9" * 30, "\u0663", "\u00b2", "NaN", "",
)  # fmt: skip
WORDS = (
    "abc", "'", '"', "%", "\\", "%00", "\0", "a\0b", "\r\nX-Evil: 1", "../../etc/passwd", "<script>",
    "\ud800", "\U0001f600" * 50, "\u202e", "ż" * 5000, "x" * 5000, "--", "AND", "{{7*7}}", "%s%n", "enps", "leaf",
    "nps", "0000-Q1", "0001-Q1", "0001-01", "0001", "9999-Q4", "9999-12", "9999", "2026-Q5", "2026-13", "2026-Q1",
    "\u0662\u0660\u0662\u0666-Q1", "//evil.example", "/\\evil.example", "/sign-out", "http://[", "results", "pl", "xx",
)  # fmt: skip
ROWS = ("0", str(2**31), str(2**63 - 1), str(2**63), "1" + "0" * 40, "9" * 5000, "-1", "\u0663", "a\0b")
# Where one who pressed a button of something that is gone is told so.
TOLD = {(f"pulse.{act}_draft", "/pulse/drafts") for act in ("publish", "remove")}
IS_WHOLE = bool(os.environ.get("REZONANS_LONG"))
TRIES, FEW = (6, len(ROWS)) if IS_WHOLE else (1, 3)  # in a short run the administrator alone asks for every row


@pytest.fixture
def company(cast: Cast, browser: Browser, tmp_path: Path) -> Cast:
    """Something of everything, so that pages get as far as their numbers."""
    publish_enps("2026-Q1", {cast.n1: (3, 4, 8), cast.n2: (2, 3, 9), cast.s1: (1, 2, 3)})
    publish_means("advocacy", "2026", {cast.n1: (7.2, 12), cast.n2: (6.1, 20)})
    hear_customers("2026-Q1", {cast.n1: (10, 20, 30), cast.n2: (3, 4, 5), cast.s1: (1, 0, 0)})
    hear_customers("2026-Q1", {cast.n1: (10, 20, 30)}, metric=Metric.CSAT)
    hear_means("2025", {cast.n1: (8.1, 100), cast.n2: (7.9, 80)})
    bring(tmp_path, HEADER + answers("N1", "9 9 8 2 7 10 11", period="2026-Q2"), actor_id=cast.adam.id)
    make_factor(cast.ewa)
    browser.sign_in(cast.adam)
    file = (io.BytesIO(b"unit_code,period,score\nN1,2026-Q2,9\n"), "waits.csv")
    assert browser.post("/imports/new", data={"kind": "results", "file": file}).status_code == 303
    return cast


def there(cast: Cast) -> dict[str, str]:
    """For each part of an address a value that leads somewhere."""
    newest = {
        "import_id": sa.select(sa.func.max(DataImport.id)),
        "draft_id": sa.select(sa.func.max(DraftSet.id)),
        "set_id": sa.select(sa.func.max(ResultSet.id)),
        "session_id": sa.select(sa.func.max(AccountSession.id)),
        "grant_id": sa.select(sa.func.max(Grant.id)),
    }
    found = {name: str(db.session.scalar(wanted)) for name, wanted in newest.items()}
    return found | {
        "name_id": "1",  # none waits
        "alias_id": "1",
        "program_id": str(make_service_account("Payroll", now=clock.now(), actor_id=None).id),
        "code": "N1",
        "unit_id": str(cast.n1.id),
        "employee_id": str(cast.ewa.employee_id),
        "account_id": str(cast.ewa.id),
        "kind": "results",
        "act": "move",
        "deed": "move",
        "text": "imprint",
        "secret": "opens-nothing",
        "filename": "nothing.css",
    }


def test_no_address_breaks_a_page(app: Flask, company: Cast, browser: Browser) -> None:
    chance, real = random.Random(SEED), there(company)
    browser.most_queries = 40
    broken = []
    for person in (company.adam, company.ewa, None):
        visitor = _signed_in(browser, person)
        for rule in readable(app):
            rows = ROWS if person is company.adam else chance.sample(ROWS, FEW)
            for address in _addresses(rule, real, rows, chance):
                response = visitor.get(address)
                if response.status_code >= 500 or "X-Evil" in response.headers:
                    broken.append(f"{rule.endpoint}: {address[:300]}")
    assert not broken, "\n".join(broken)


def test_what_is_asked_for_is_there(app: Flask, company: Cast, browser: Browser) -> None:
    """Else the test above would look at nothing but refusals. None asks more than two questions for rights' sake."""
    for absent in (company.marek, company.leon):
        make_deputy(db.session.scalars(sa.select(Grant).where(Grant.account_id == absent.id)).one(), company.adam)
    real, missing, dear = there(company), set(), {}
    with measuring() as meter:
        for rule in readable(app):
            if "_api." not in rule.endpoint:  # a cookie opens nothing there
                meter.begin()
                missing |= {rule.endpoint} if browser.get(path_of(rule, real)).status_code >= 400 else set()
                dear |= {rule.endpoint: meter.of_rights} if meter.is_dear() else {}
    # The company is set up; nobody wrote a legal text or was given a way in; who works here is not erased.
    empty = {"home.show_first_run", "home.set_up_company", "privacy.show_legal", "people.go_in"}
    # The newest import is not let in, so there is nothing to undo.
    assert missing <= {
        *empty, "privacy.confirm_erasure", "imports.confirm_undo", "people.show_unmatched", "static",
    }  # fmt: skip
    assert not dear


def test_no_row_of_any_number_breaks_a_form(app: Flask, company: Cast, browser: Browser) -> None:
    chance, broken = random.Random(SEED), []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and rule.arguments:
            for row in ("0", *chance.sample(ROWS[1:], FEW - 1)):
                response = browser.post(path_of(rule, dict.fromkeys(rule.arguments, row)))
                # Gone: a way in that opens nothing. Without a token the API does not look further.
                fine = (404, 405, 410, *((401,) if "_api." in rule.endpoint else ()))
                if response.status_code not in fine and (rule.endpoint, response.location) not in TOLD:
                    broken.append(f"{response.status_code} {rule.endpoint} {row[:50]}")
    assert not broken, "\n".join(broken)


def _signed_in(browser: Browser, person: Account | None) -> Browser:
    browser.client = browser.app.test_client()
    return browser.sign_in(person) if person else browser


def readable(app: Flask) -> Iterator[Rule]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" in (rule.methods or set()):
            yield rule


def _addresses(rule: Rule, real: dict[str, str], rows: Sequence[str], chance: random.Random) -> Iterator[str]:
    """The page of rows that cannot be, and the real one with nonsense behind it."""
    if rule.arguments:
        yield from (path_of(rule, dict.fromkeys(rule.arguments, row)) for row in rows)
    for _ in range(TRIES):
        chosen = chance.sample(PARAMETERS, chance.randint(1, len(PARAMETERS)))
        pairs = (f"{name}={_quoted(chance.choice(NUMBERS + WORDS))}" for name in chosen)
        yield f"{path_of(rule, real)}?{'&'.join(pairs)}"


def path_of(rule: Rule, values: dict[str, str]) -> str:
    path = rule.rule
    for name in rule.arguments:
        path = re.sub(rf"<([^<>]+:)?{name}>", _quoted(values[name]), path)
    return path


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")
