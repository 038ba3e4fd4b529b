"""How well the suggested mapping carries over to files that nobody looked at while it was written."""

import pytest
from flask import Flask

from tests.imports.header_lists import read_sheets, scores

ENOUGH_RIGHT, MOST_WRONG = 0.9, 0.03


@pytest.mark.parametrize("with_cells", [True, False])
@pytest.mark.parametrize("listed", ["unseen_headers.txt", "fresh_headers.txt", "tuning_headers.txt"])
def test_nine_of_ten_headers_are_suggested_rightly_and_hardly_any_wrongly(
    app: Flask, listed: str, with_cells: bool
) -> None:
    with app.app_context():
        found = scores(read_sheets(listed), with_cells=with_cells)
    for language in ("en", "pl", "ru"):
        assert found[language].meant >= 100
        assert found[language].right_share >= ENOUGH_RIGHT, f"{language}: {found[language]}"
        assert found[language].wrong_share <= MOST_WRONG, f"{language}: {found[language]}"
