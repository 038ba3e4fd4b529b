"""Following every link from the start page, as one person, to every kind of page once."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import parse_qs, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.browser.visitor import Visitor

DEEPEST = 4
IS_WHOLE = bool(os.environ.get("REZONANS_LONG"))
OF_A_KIND = 2 if IS_WHOLE else 1  # different units look different: one is hidden, one is empty
LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.href)"
FILES = ("export_", "download_")
DOCUMENTS = {"api.show_document"}  # read by programs, and by people as it stands


@dataclass
class Crawl:
    """Pages are of one kind when they have the same endpoint and the same names in their query."""

    visitor: Visitor
    routes: MapAdapter
    chance: Random
    seen: dict[tuple[str, frozenset[str]], set[str]] = field(default_factory=dict)

    @property
    def endpoints(self) -> set[str]:
        return {endpoint for endpoint, _names in self.seen}

    def pages(self, start: str = "/") -> Iterator[str]:
        """Opens one after the other, and lets the caller look at it."""
        waiting = [(start, 0)]
        while waiting:
            path, depth = waiting.pop(0)
            kind = self._kind_of(path)
            known = self.seen.setdefault(kind, set())
            address = urlsplit(path).path
            if address in known or len(known) >= (OF_A_KIND if not kind[1] else 1):
                continue
            known.add(address)
            if kind[0].split(".")[-1].startswith(FILES):
                self._fetch(path)
                continue
            if kind[0] in DOCUMENTS:
                assert self.visitor.context.request.get(self.visitor.address + path).ok, path
                continue
            response = self.visitor.open(path)
            assert response.status == 200, f"{response.status} for {path}"
            self.seen.setdefault(self._kind_of(self.visitor.path), set()).add(urlsplit(self.visitor.path).path)
            yield path
            if depth < DEEPEST:
                waiting += [(link, depth + 1) for link in self._links()]

    def _fetch(self, path: str) -> None:
        response = self.visitor.context.request.get(self.visitor.address + path)
        assert response.ok, f"{response.status} for {path}"
        assert "attachment" in response.headers["content-disposition"], path
        assert response.body(), f"{path} is empty"

    def _links(self) -> list[str]:
        """In an order of chance: which units are looked at differs with the seed."""
        own = [link for link in self.visitor.page.evaluate(LINKS) if link.startswith(self.visitor.address + "/")]
        paths = sorted({link.removeprefix(self.visitor.address).split("#")[0] for link in own})
        self.chance.shuffle(paths)
        return [path for path in paths if not path.startswith("/static/")]

    def _kind_of(self, path: str) -> tuple[str, frozenset[str]]:
        parts = urlsplit(path)
        try:
            endpoint = self.routes.match(parts.path)[0]
        except HTTPException as fault:
            raise AssertionError(f"a link leads to {path}, which is no address of ours") from fault
        return str(endpoint), frozenset(parse_qs(parts.query))
