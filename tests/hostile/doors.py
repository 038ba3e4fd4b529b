"""The ways by which words come in: the files and forms of the product itself."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.core.kinds import kind_named
from app.extensions import db
from app.imports.models import DataImport
from app.pulse.models import DraftSet
from tests.browser_check import Browser
from tests.pulse.files import as_shown

Table = Sequence[Sequence[str]]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def upload(browser: Browser, kind: str, content: bytes, name: str = "file.csv") -> TestResponse:
    """The form written by hand: no browser would send every name, but a program may."""
    parts = {
        'name="kind"': kind.encode(),
        f"name=\"file\"; filename*=UTF-8''{quote(name, safe='')}": content,
    }
    body = b"".join(
        b"--edge\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + part + b"\r\n"
        for head, part in parts.items()
    )
    return browser.post("/imports/new", data=body + b"--edge--\r\n", content_type="multipart/form-data; boundary=edge")


def newest() -> DataImport:
    found = db.session.scalar(sa.select(DataImport).order_by(DataImport.id.desc()).limit(1))
    assert found is not None
    return found


def uploaded(browser: Browser, kind: str, content: bytes, name: str = "file.csv") -> int:
    answer = upload(browser, kind, content, name)
    assert answer.status_code == 303, answer.text
    return newest().id


def chosen(kind: str, columns: Iterable[str], **more: str) -> dict[str, str]:
    """What the form of columns sends when the file names its columns as we do."""
    there = set(columns)
    form = {f"column_{each.name}": each.name if each.name in there else "" for each in kind_named(kind).columns}
    return {"header_row": "1", "base": f'kind = "{kind}"\n', **form, **more}


def check(browser: Browser, kind: str, table: Table, name: str = "file.csv", **more: str) -> int:
    """From the choice of the file to the dry run."""
    import_id = uploaded(browser, kind, as_csv(table), name)
    answer = browser.post(f"/imports/{import_id}/mapping", data=chosen(kind, table[0], **more))
    assert answer.status_code == 302, answer.text
    return import_id


def bring(browser: Browser, kind: str, table: Table, name: str = "file.csv", **more: str) -> DataImport:
    """To the end; what is refused is refused."""
    import_id = check(browser, kind, table, name, **more)
    answer = browser.post(f"/imports/{import_id}/acceptance")
    assert answer.status_code == 302, answer.text
    return db.session.get_one(DataImport, import_id)


def publish_all(browser: Browser) -> None:
    for draft_id in db.session.scalars(sa.select(DraftSet.id)).all():
        answer = browser.post(f"/pulse/drafts/{draft_id}/publication", data=as_shown(draft_id))
        assert answer.status_code == 302, answer.text


def send_mapping_file(browser: Browser, import_id: int, text: str) -> TestResponse:
    data: dict[str, Any] = {"mapping_file": (io.BytesIO(text.encode()), "m.toml")}
    return browser.post(f"/imports/{import_id}/mapping-file", data=data)
