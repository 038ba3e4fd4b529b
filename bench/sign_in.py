"""What signing in costs beside the bare hash: CPU time of the whole POST, and of argon2 alone with the same parameters.

The hash is meant to be dear; all the rest of the request shall not be. Each POST comes from the same browser, with the
form that it was shown once, so that nothing but the POST is counted.
"""

import re
import tempfile
import urllib.parse
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from time import process_time

from argon2 import PasswordHasher

from bench.company import installation_in
from bench.databases import database_for
from bench.large import ADMINISTRATOR, PASSWORD, administrator_in, stored_hash
from bench.pages import REQUESTS, alternate
from bench.servers import Server, serving

LIMIT = 1.3


def measure() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name, database_for("sign_in") as url:
        environment = installation_in(Path(name), url)
        administrator_in(environment)
        stored = stored_hash(environment)
        with serving("wsgi:app", environment, "/healthz") as server:
            browser = _Browser(server)
            posted, bare = alternate(lambda: _posted(browser), lambda: _bare(stored))
    yield (
        f"POST /sign-in               {posted:7.2f} ms  bare hash {bare:6.2f} ms  ratio {posted / bare:.2f} (≤ {LIMIT})"
        f"   {stored.split('$')[3]}"
    )


def _posted(browser: "_Browser") -> float:
    before = browser.server.cpu_seconds()
    for _ in range(REQUESTS):
        browser.sign_in()
    return (browser.server.cpu_seconds() - before) / REQUESTS * 1000


def _bare(stored: str) -> float:
    """The parameters are read from the hash itself."""
    hasher, before = PasswordHasher(), process_time()
    for _ in range(REQUESTS):
        hasher.verify(stored, PASSWORD)
    return (process_time() - before) / REQUESTS * 1000


class _Browser:
    """The least of one: it shows again the cookie that came with the form, and follows nothing."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connection = HTTPConnection(server.address.removeprefix("http://"), timeout=60)
        self.connection.request("GET", "/sign-in")
        answer = self.connection.getresponse()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
        assert token
        form = {"csrf_token": token[1], "email": ADMINISTRATOR, "password": PASSWORD}
        self.body = urllib.parse.urlencode(form)
        cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        self.headers = {"Cookie": "; ".join(cookies), "Content-Type": "application/x-www-form-urlencoded"}

    def sign_in(self) -> None:
        self.connection.request("POST", "/sign-in", self.body, self.headers)
        answer = self.connection.getresponse()
        answer.read()
        self.connection.close()  # the server would, while the bare hash has its turn
        if answer.status != 302:
            raise SystemExit(f"signing in was answered with {answer.status}")
