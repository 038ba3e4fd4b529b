"""Nonsense in forms: every field of every form that a page shows gets what nobody types, the others what they hold.

A form may refuse it, with what was typed, or take it as mere words; it never breaks. Numbers of 500 digits, NUL (which
PostgreSQL stores nowhere), half of a letter, days and lists that cannot be. The seed is fixed.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import TypeVar

import pytest
from flask import Flask

from tests.browser_check import Browser
from tests.cast import Cast
from tests.test_fuzz_addresses import SEED, company, path_of, readable, there

__all__ = ["company"]
DIGITS = "9" * 500
NONSENSE = (
    DIGITS, f"-{DIGITS}", f"{DIGITS}.5e{DIGITS}", "a\0b", "\0", "\udcff", "x" * 5000, "0000-00-00", "99999-01-01",
    "\u0662", "\u202e", "-1", "1e400", "NaN", "<script>", "'", "[]", "\r\n", "9999-12-31", "0001-01-01",
)  # fmt: skip
ALWAYS = (DIGITS, "a\0b")
IS_WHOLE = bool(os.environ.get("REZONANS_LONG"))
VARIANTS = {
    "act": ("opening", "alteration", "move", "merger", "split", "closure", "correction"),
    "deed": ("move", "leave", "last-day", "return", "details", "entry"),
}
UNASKED = ("csrf_token",)


@dataclass
class Found:
    """A form of a page: where it sends what."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Found] = []
        self._open: Found | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._open = Found(given.get("action") or "") if (given.get("method") or "").lower() == "post" else None
            self.found += [self._open] if self._open else []
        elif self._open and tag in ("input", "select", "textarea") and given.get("name") not in (None, *UNASKED):
            if given.get("type") != "file":
                self._open.values.setdefault(str(given["name"]), given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._open = None if tag == "form" else self._open


Any_ = TypeVar("Any_")


def sampled(things: Iterable[Any_], most: int) -> list[Any_]:
    """With REZONANS_LONG all of them."""
    found = list(things)
    return found if IS_WHOLE or len(found) <= most else Random(SEED).sample(found, most)


def forms_of(app: Flask, real: dict[str, str], browser: Browser) -> dict[str, Found]:
    """By address and fields, of every page that can be opened."""
    found: dict[str, Found] = {}
    for address in sampled(addresses(app, real), 40):
        page = browser.get(address)
        if page.status_code == 200 and page.mimetype == "text/html":
            for form in Forms(page.text).found:
                if form.values:
                    found.setdefault(f"{form.action.partition('?')[0]} {sorted(form.values)}", form)
    return found


def addresses(app: Flask, real: dict[str, str]) -> Iterator[str]:
    chosen = f"?account={real['account_id']}&unit={real['unit_id']}"
    for rule in readable(app):
        if "_api." not in rule.endpoint and rule.endpoint != "static":
            for name, values in VARIANTS.items():
                ways = values if name in rule.arguments else ()
                yield from (path_of(rule, real | {name: value}) for value in ways)
            if not rule.arguments & VARIANTS.keys():
                yield from (path_of(rule, real), path_of(rule, real) + chosen)


def tried(form: Found, chance: Random) -> Iterator[dict[str, str]]:
    """Short: what is always tried in every field, and one other nonsense in one. Whole: everything everywhere."""
    for name in form.values:
        for text in NONSENSE if IS_WHOLE else ALWAYS:
            yield form.values | {name: text}
    yield form.values | {chance.choice(list(form.values)): chance.choice(NONSENSE)}
    yield dict.fromkeys(form.values, chance.choice(NONSENSE))


@pytest.mark.parametrize("who", ["adam", "ewa", None])
def test_no_field_breaks_a_form(app: Flask, company: Cast, browser: Browser, who: str | None) -> None:
    chance, real, broken = Random(SEED), there(company), []
    browser.most_queries = 80
    person = getattr(company, who) if who else None

    def come_in() -> None:
        browser.client = app.test_client()
        if person:
            browser.sign_in(person)

    come_in()
    forms = forms_of(app, real, browser)
    assert len(forms) > (35 if IS_WHOLE and who == "adam" else 0)
    for form in sampled(forms.values(), 8):
        for values in tried(form, chance):
            data = {name: text.encode("utf-8", "surrogateescape") for name, text in values.items()}
            answer = browser.post(form.action, data=data)
            if answer.status_code >= 500:
                broken.append(f"{form.action} { ({name: text[:20] for name, text in values.items()}) }")
            if answer.status_code == 302 and "sign-in" in (answer.location or ""):
                come_in()
    assert not broken, "\n".join(broken)
