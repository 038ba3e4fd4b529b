"""The way through the pages, as a person walks it."""

import io
from pathlib import Path

import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.extensions import db
from app.imports.models import DataImport
from tests.browser_check import Browser

GOOD = "code,name\nA1,Alpha\nB2,Beta\nX3,Bad\n"


def upload(browser: Browser, text: str | bytes = GOOD, name: str = "things.csv", kind: str = "things") -> TestResponse:
    content = text.encode() if isinstance(text, str) else text
    return browser.post("/imports/new", data={"kind": kind, "file": (io.BytesIO(content), name)})


def uploaded(browser: Browser, text: str | bytes = GOOD) -> DataImport:
    assert upload(browser, text).status_code in (302, 303)
    return newest()


def newest() -> DataImport:
    return db.session.scalars(sa.select(DataImport).order_by(DataImport.id.desc())).first()  # type: ignore[return-value]


def choices(**changed: str) -> dict[str, str]:
    """What the mapping form of `things` posts when nothing was changed on it."""
    base = 'kind = "things"\nheader_row = 1\n[columns]\ncode = "code"\nname = "name"\n'
    return {
        "header_row": "1",
        "base": base,
        "column_code": "code",
        "column_name": "name",
        "column_colour": "",
        **changed,
    }


def checked(browser: Browser, text: str | bytes = GOOD) -> DataImport:
    import_ = uploaded(browser, text)
    answer = browser.post(f"/imports/{import_.id}/mapping", data=choices())
    assert answer.status_code == 302, answer.text
    return newest()


def stored_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "uploads").iterdir() if path.is_file()]
