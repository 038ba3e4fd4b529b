"""Logs carry ids and endpoint names; never names, addresses, paths, or what was asked for (security.md I2)."""

import json

import pytest

from tests.browser_check import Browser
from tests.cast import Cast


def test_a_request_is_logged_without_saying_whose(
    cast: Cast, browser: Browser, capfd: pytest.CaptureFixture[str]
) -> None:
    browser.sign_in(cast.ewa)
    browser.get("/people/employees?q=Kowalska", environ_base={"REMOTE_ADDR": "10.9.8.7"})
    browser.post("/sign-in", data={"email": "somebody@example.org", "password": "a secret of many words"})
    browser.get("/no-such/secret-path")
    written = capfd.readouterr().err
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert {"people.list_employees", "people.sign_in"} <= {line.get("endpoint") for line in lines}
    for secret in ("Kowalska", "10.9.8.7", "somebody", "a secret of", "Ewa", "example.org", "secret-path", "q="):
        assert secret not in written
