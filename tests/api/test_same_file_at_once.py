"""A program that is impatient sends its file again while the first is still coming in."""

from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask

from tests.api.caller import token_for
from tests.api.importing import CSV, SCOPES, imports_there
from tests.at_once import committed, together
from tests.cast import make_cast


@pytest.fixture
def token(app: Flask) -> Iterator[str]:
    with committed(app):
        yield token_for(make_cast().adam, SCOPES)[1]


def send(app: Flask, token: str) -> tuple[int, int]:
    headers = {**CSV, "Authorization": f"Bearer {token}"}
    address = "/api/v1/imports?kind=units&file_name=units.csv"
    answer = app.test_client().post(address, data=b"code,name\nN9,Nine\n", headers=headers)
    return answer.status_code, answer.get_json()["id"]


def test_it_is_one_import(app: Flask, token: str) -> None:
    answers = together(*[partial(send, app, token)] * 4)
    assert sorted(status for status, _number in answers) == [200, 200, 200, 201]
    assert len({number for _status, number in answers}) == imports_there() == 1
