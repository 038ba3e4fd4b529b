"""The first visit to the home page, cold: how many requests, how many compressed bytes."""

import gzip
import re
import urllib.request
from dataclasses import dataclass

from bench.servers import Server

ASSETS = re.compile(r'(?:src|href)="(/static/[^"#]+)')


@dataclass(frozen=True)
class Visit:
    requests: int
    sizes: dict[str, int]

    def line(self) -> str:
        kilobytes = sum(self.sizes.values()) / 1024
        return f"first visit of the home page  {self.requests} requests (≤ 10), {kilobytes:.1f} KB compressed (≤ 100)"


def first_visit(server: Server) -> Visit:
    """As a browser loads it: the page, and everything it names. The page itself counts as it is sent."""
    page = server.get("/").decode()
    names = sorted(set(ASSETS.findall(page)))
    sizes = {"/": len(page.encode())} | {name: _compressed(server, name) for name in names}
    return Visit(len(sizes), sizes)


def _compressed(server: Server, name: str) -> int:
    request = urllib.request.Request(server.address + name, headers={"Accept-Encoding": "gzip, br"})
    with server.opener.open(request) as answer:
        body: bytes = answer.read()
        return len(body) if answer.headers.get("Content-Encoding") else len(gzip.compress(body))
