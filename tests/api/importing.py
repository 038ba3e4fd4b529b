"""The way of a file by the API, as a program walks it."""

from collections.abc import Iterable

import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.core.permissions import Permission
from app.extensions import db
from app.imports.models import DataImport
from app.people.models import Account
from tests.api.caller import Caller, caller_for
from tests.browser_check import Browser

P = Permission
CSV = {"Content-Type": "text/csv"}
GOOD = b"code,name\nA1,Alpha\nB2,Beta\nX3,Bad\n"
MAPPING = {"columns": {"code": "code", "name": ["name"]}}
SCOPES = (P.IMPORT_USE, P.UNIT_IMPORT, P.EMPLOYEE_IMPORT, P.FEEDBACK_IMPORT, P.RESULT_IMPORT)


def importer(browser: Browser, account: Account, scopes: Iterable[Permission] = SCOPES) -> Caller:
    return caller_for(browser, account, scopes)


def send(caller: Caller, content: bytes = GOOD, kind: str = "things", name: str = "things.csv") -> TestResponse:
    return caller.post(f"/imports?kind={kind}&file_name={name}", data=content, headers=CSV)


def sent(caller: Caller, content: bytes = GOOD, kind: str = "things") -> int:
    answer = send(caller, content, kind)
    assert answer.status_code == 201, answer.text
    number: int = answer.get_json()["id"]
    return number


def checked(caller: Caller, content: bytes = GOOD) -> int:
    import_id = sent(caller, content)
    answer = caller.post(f"/imports/{import_id}/mapping", json=MAPPING)
    assert answer.status_code == 200, answer.text
    return import_id


def bring(caller: Caller, kind: str, content: bytes) -> tuple[int, dict[str, int]]:
    """With each column named as ours, to the end; returns the import and its counts."""
    import_id = sent(caller, content, kind)
    header = content.decode().splitlines()[0].split(",")
    caller.post(f"/imports/{import_id}/mapping", json={"columns": {name: name for name in header}})
    answer = caller.post(f"/imports/{import_id}/acceptance")
    assert answer.status_code == 200, answer.text
    rows: dict[str, int] = answer.get_json()["rows"]
    return import_id, rows


def imports_there() -> int:
    return db.session.scalar(sa.select(sa.func.count(DataImport.id))) or 0
