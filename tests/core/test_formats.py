from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core import formats


@pytest.mark.parametrize(
    ("value", "text"), [(32, "+32"), (-8, "−8"), (0, "0"), (0.4, "0"), (-0.4, "0"), (0.6, "+1"), (-100, "−100")]
)
def test_scores_keep_their_sign_and_a_real_minus(app: Flask, value: float, text: str) -> None:
    with app.test_request_context():
        assert formats.signed(value) == text


@pytest.mark.parametrize(("language", "text"), [("en", "32.5"), ("pl", "32,5"), ("ru", "32,5")])
def test_decimals_as_the_language_writes_them(app: Flask, language: str, text: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert formats.number(32.5, 1) == text


@pytest.mark.parametrize(("language", "text"), [("en", "90%"), ("pl", "90%"), ("ru", "90\xa0%")])
def test_a_per_cent_sign_stands_apart_in_russian_only(app: Flask, language: str, text: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert formats.percent(0.9) == text


@pytest.mark.parametrize(("language", "text"), [("en", "1 Mar 2001"), ("pl", "1 mar 2001"), ("ru", "1 мар. 2001")])
def test_days_as_the_language_writes_them(app: Flask, language: str, text: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert formats.day(date(2001, 3, 1)) == text
