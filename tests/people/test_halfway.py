"""Between password and code, when keys are renewed."""

from dataclasses import replace

import pytest

from app.people.models import Account
from tests.browser_check import Browser
from tests.people.test_second_factor import CODE, code, ewa, halfway_in

__all__ = ["ewa"]


def test_the_state_outlives_a_rotation_of_keys_until_the_old_key_is_ended(
    browser: Browser, ewa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = browser.app.config["REZONANS"]
    halfway_in(browser, ewa)
    monkeypatch.setitem(browser.app.config, "REZONANS", replace(config, secret_key="n" * 43))
    assert browser.post(CODE, data={"code": code()}).location == "/sign-in"
    monkeypatch.setitem(browser.app.config, "REZONANS", config)
    halfway_in(browser, ewa)
    monkeypatch.setitem(
        browser.app.config, "REZONANS", replace(config, secret_key="n" * 43, old_keys=(config.secret_key,))
    )
    assert browser.post(CODE, data={"code": code()}).location == "/"
