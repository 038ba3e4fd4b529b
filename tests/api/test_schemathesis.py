"""The API against its own description, by schemathesis: what it promises it keeps, whatever it is asked.

The seed is fixed, so that a failure can be found again; short here, long with REZONANS_LONG.
"""

import os
from contextvars import Context
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
)

from app.core import clock
from app.core.permissions import Permission
from app.extensions import db
from app.people.actions.tokens import Wish, make_token
from app.voice.models import Metric
from config import BOUNDS
from tests.api.caller import Caller
from tests.api.importing import send
from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.heard import hear_customers, hear_means, publish_enps, publish_means

LARGEST = 2**31 - 1
EXAMPLES = 400 if os.environ.get("REZONANS_LONG") else 25
PATHS = (
    "/api/v1/units", "/api/v1/units/{code}", "/api/v1/employees", "/api/v1/employees/{employee_id}",
    "/api/v1/impact/units/{code}", "/api/v1/imports", "/api/v1/imports/{import_id}",
    "/api/v1/imports/{import_id}/mapping", "/api/v1/imports/{import_id}/refusals",
)  # fmt: skip
ACTS = (
    "/api/v1/imports", "/api/v1/imports/{import_id}/mapping", "/api/v1/imports/{import_id}/acceptance",
    "/api/v1/imports/{import_id}/removal",
)  # fmt: skip
# What fits its shape may still not fit the file; the file may be none, or gone.
OF_FILES = ("/api/v1/imports", "/api/v1/imports/{import_id}/mapping")
BROUGHT = {201, 202, 204, 400, 409, 415}
CALLS = [*((path, "GET") for path in PATHS), *((path, "POST") for path in ACTS)]


@pytest.fixture
def company(cast: Cast) -> Cast:
    publish_enps("2026-Q1", {cast.n1: (3, 4, 8), cast.n2: (2, 3, 9), cast.s1: (1, 2, 3)})
    publish_enps("2026-Q2", {cast.n1: (13, 14, 38), cast.n2: (2, 3, 9), cast.s1: (5, 2, 33)})
    publish_means("advocacy", "2026", {cast.n1: (7.2, 12), cast.n2: (6.1, 20)})
    hear_customers("2026-Q2", {cast.n1: (10, 20, 30), cast.n2: (3, 4, 5)})
    hear_customers("2026-Q2", {cast.n1: (10, 20, 30)}, metric=Metric.CSAT)
    hear_means("2025", {cast.n1: (8.1, 100), cast.n2: (7.9, 80)})
    return cast


@pytest.fixture
def schema(app: Flask, browser: Browser) -> Any:
    told = browser.get("/api/v1/openapi.json").get_json()
    return schemathesis.openapi.from_dict(told)


def test_the_description_is_openapi_and_complete(browser: Browser, schema: Any) -> None:
    answer = browser.get("/api/v1/openapi.json")
    told = answer.get_json()
    assert told["openapi"].startswith("3.1.")
    calls = {(path, method.upper()) for path, operations in told["paths"].items() for method in operations}
    assert calls == set(CALLS)
    schema.validate()
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for operations in told["paths"].values():
        for method, operation in operations.items():
            assert operation["summary"]
            assert operation["security"]
            assert {"401", "403", "404", "422", "429", "500"} <= operation["responses"].keys()
            assert ({"409", "413", "415"} <= operation["responses"].keys()) == (method == "post")
            assert ("requestBody" in operation) == (method == "post")
            problem = operation["responses"]["422"]["content"]
            assert problem == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert "http" not in answer.text.replace('"type": "http"', "").replace("https://", ""), "no address of this house"


# Hardly any file or mapping that is made up fits: these do.
UNITS, COLUMNS = b"code,name,parent_code\nN1,Norden,NORTH\n", {"code": "code", "name": "name"}
# By these a browser says which site asks, and another site is refused: `core/headers.py` is tested apart.
OF_BROWSERS = {"origin", "sec-fetch-site"}
MAPPING = ("/api/v1/imports/{import_id}/mapping", "POST")


@pytest.mark.parametrize(("path", "method"), CALLS)
def test_answers_are_as_described(
    app: Flask, browser: Browser, company: Cast, schema: Any, path: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BOUNDS, "api_calls", 100_000)
    wish = Wish("a tester", list(Permission), 30)
    _row, token = make_token(company.adam, wish, now=clock.now() - timedelta(seconds=1), actor_id=None)
    db.session.commit()
    caller, statuses = Caller(browser, token), set[int]()
    excluded, is_met = [ignored_auth, *([positive_data_acceptance] if path in OF_FILES else [])], cycle([True, False])

    def call(case: Any) -> None:
        told = {name: text for name, text in (case.headers or {}).items() if name.lower() not in OF_BROWSERS}
        case.headers = {**told, "Authorization": f"Bearer {token}"}
        if isinstance((case.path_parameters or {}).get("import_id"), int) and next(is_met):
            case.path_parameters["import_id"] = import_to_meet(caller)
        is_good = mode is schemathesis.GenerationMode.POSITIVE and next(is_met)
        if (path, method) == ("/api/v1/imports", "POST") and is_good:
            case.query, case.body = {"kind": "units", "file_name": "units.csv"}, UNITS
        if (path, method) == MAPPING and is_good:
            case.path_parameters["import_id"], case.body = import_to_meet(caller), {"columns": COLUMNS}
        answer = Context().run(case.call, app=app)
        if answer.status_code == 405 and case.path_parameters["import_id"] > LARGEST:
            return  # there is no such row; the router then names the other method of the same address
        statuses.add(answer.status_code)
        if answer.status_code == 422 and [each["where"] for each in answer.json().get("errors", ())] == ["cursor"]:
            return  # no description can say which cursors were really given
        case.validate_response(answer, excluded_checks=[*excluded, *([negative_data_rejection] if is_good else [])])

    everything = settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    for mode in schemathesis.GenerationMode:
        cases = schema[path][method].as_strategy(generation_mode=mode)
        seed(20261122)(everything(given(case=cases)(call)))()
    assert statuses & {200, 201, 204, 404}, statuses
    assert not statuses - {200, 404, 422, *(BROUGHT if method == "POST" else ())}, statuses


def import_to_meet(caller: Caller) -> int:
    """The same as long as nobody sets it aside or accepts it, as some of the cases do."""
    number: int = send(caller, UNITS, "units").get_json()["id"]
    return number
