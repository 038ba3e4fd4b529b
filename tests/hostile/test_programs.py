"""Words that a program sends are data in every answer, and text on every page that shows them later."""

import json
from typing import Any

from werkzeug.test import TestResponse

from app.extensions import db
from app.imports.models import DataImport
from tests.api.caller import Caller
from tests.api.importing import CSV, importer
from tests.browser_check import Browser
from tests.cast import Cast
from tests.hostile.corpus import some, words
from tests.hostile.examiner import faults_of_headers
from tests.hostile.test_forms import asked, is_sound


def data_of(answer: TestResponse) -> Any:
    """What no browser takes for a page: said to be JSON, and not to be guessed otherwise."""
    assert answer.mimetype in ("application/json", "application/problem+json"), answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.status_code in (200, 201, 404, 409, 422), answer.text
    assert faults_of_headers(answer.headers) == []
    return json.loads(answer.text)


def brought(caller: Caller, name: str, content: bytes = b"code,name\nN9,Nine\n") -> Any:
    return data_of(caller.post(asked("/imports", kind="units", file_name=name), data=content, headers=CSV))


def test_names_of_files_are_kept_as_they_are_and_shown_as_text(cast: Cast, browser: Browser) -> None:
    caller = importer(browser, cast.adam)
    for item in some("program")[:6]:
        told = brought(caller, item[:255])
        if "id" not in told:  # a name of two lines, say
            assert [fault["where"] for fault in told["errors"]] == ["file_name"]
            continue
        assert told["file_name"] == item[:255]
        browser.sign_in(cast.adam)
        is_sound(browser.get("/imports/"), item[:255])
        is_sound(browser.get(f"/imports/{told['id']}/mapping"), item[:255])


def test_mappings_cells_and_questions_are_data(cast: Cast, browser: Browser) -> None:
    caller = importer(browser, cast.adam)
    for item in some("mapped")[:4]:
        import_id = brought(caller, "units.csv")["id"]
        sent: tuple[Any, ...] = (item, [item], {item: item}, {"columns": {"code": item, item: [item]}},
                {"columns": {"code": "code", "name": "name"}, "skip": {item: [item]}},
                {"columns": {"code": "code", "name": "name"}, "constants": {"country": item}})  # fmt: skip
        for body in sent:
            data_of(caller.post(f"/imports/{import_id}/mapping", json=body))
        data_of(caller.get(f"/imports/{import_id}/refusals", query_string={item: item, "cursor": item}))
        data_of(caller.get("/imports", query_string={"kind": item, "state": item}))
        db.session.delete(db.session.get_one(DataImport, import_id))


def test_refused_cells_come_back_as_they_were(cast: Cast, browser: Browser) -> None:
    caller, items = (
        importer(browser, cast.adam),
        [item for item in words("cell") if item.isprintable() and '"' not in item],
    )
    rows = "".join(f'"{item}",Nine,NOWHERE\n' for item in items)
    import_id = brought(caller, "units.csv", f"code,name,parent_code\n{rows}".encode())["id"]
    mapping = {"columns": {name: name for name in ("code", "name", "parent_code")}}
    data_of(caller.post(f"/imports/{import_id}/mapping", json=mapping))
    told = data_of(caller.get(f"/imports/{import_id}/refusals?limit=100"))["items"]
    assert len(told) == len(items) > 3
    assert {each["value"] for each in told} <= {*items, *(item.strip() for item in items), "NOWHERE"}
    is_sound(browser.sign_in(cast.adam).get(f"/imports/{import_id}"))
