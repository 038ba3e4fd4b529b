"""A test client that looks at every page it fetches, and forgets whatever the view forgot to commit."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from html.parser import HTMLParser
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.core import clock, company_time
from app.extensions import db
from app.people.actions.head_counts import count_everybody
from app.people.actions.sessions import open_session
from app.people.models import Account
from app.people.queries.head_counts import misfits

MOST_QUERIES = 12
# These look at everything there is, seldom and for one person, and grow with what there is to look at.
MOST_QUERIES_OF = {"/admin/health": 30, "/settings/record": 40}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """What a look at the page needs: its elements, ids, labels, and whether every tag is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.faults: list[str] = []
        self._open: list[str] = []
        self._fields: list[dict[str, str | None]] = []
        self._in_label = 0
        self.feed(text)
        if self._open:
            self.faults.append(f"never closed: {self._open}")
        self.faults += [f"no label for {field}" for field in self._fields if field.get("id") not in self.labelled]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        if tag not in VOID:
            self._open.append(tag)
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        if "style" in given or any(name.startswith("on") for name in given):
            self.faults.append(f"inline style or script on <{tag}>")
        if tag == "label":
            self._in_label += 1
            self.labelled.add(str(given.get("for")))
        self._look_at(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _look_at(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "form" and not given.get("action"):
            self.faults.append("a form without an action")
        if tag == "script" and not given.get("src") and given.get("type") != "application/json":
            self.faults.append("a script in the page")
        if tag == "img" and "alt" not in given:
            self.faults.append("a picture without words")
        typed = tag in ("select", "textarea") or (tag == "input" and given.get("type") not in ("hidden", "submit"))
        if typed and not self._in_label and not given.get("aria-label") and not given.get("aria-labelledby"):
            self._fields.append(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label -= 1
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> out of order")


def check_page(text: str) -> None:
    page = Page(text)
    assert not page.faults, page.faults
    assert page.tags["h1"] == 1, f"{page.tags['h1']} h1 on the page"
    assert page.tags["title"] >= 1
    twice = [name for name, count in page.ids.items() if count > 1]
    assert not twice, f"ids that stand twice: {twice}"


class Browser:
    """Requests as a browser makes them, each in a clean context; `sign_in` is a real session."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.queries: list[str] = []
        self.most_queries = MOST_QUERIES

    def sign_in(self, account: Account) -> "Browser":
        secret = open_session(account, "test", clock.now())
        db.session.commit()
        with self.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = secret, True
        return self

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._open("GET", path, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        return self._open("POST", path, **options)

    def _open(self, method: str, path: str, **options: Any) -> TestResponse:
        if misfits():  # a test that wrote assignments by itself
            count_everybody(company_time.today())
        db.session.commit()
        with self._counting():
            response: TestResponse = Context().run(self._fetch, method, path, options)
        db.session.expire_all()
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303):
            if response.text.lstrip().lower().startswith("<!doctype"):
                check_page(response.text)
        if method != "GET":
            assert not misfits(), "whoever writes assignments calls `recount`"
        if method == "GET":
            count = len(self.queries)
            most = MOST_QUERIES_OF.get(path.partition("?")[0], self.most_queries)
            assert count <= most, f"{count} queries for {path}:\n" + "\n".join(self.queries)
        return response

    def _fetch(self, method: str, path: str, options: dict[str, Any]) -> TestResponse:
        """In a context of its own: its own session of the database, which Flask closes, uncommitted work and all."""
        return self.client.open(path, method=method, **options)

    @contextmanager
    def _counting(self) -> Iterator[None]:
        self.queries = []
        connection = db.engines[None]

        def remember(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
                self.queries.append(statement)

        sa.event.listen(connection, "before_cursor_execute", remember)
        try:
            yield
        finally:
            sa.event.remove(connection, "before_cursor_execute", remember)
