"""The way through the pages, as a person walks it."""

import io
import re
from html import unescape
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


def hidden(page: str, name: str) -> str:
    return unescape(re.findall(rf'name="{name}" [^>]*value="([^"]*)"', page)[0])


FEEDBACK = {f"column_{name}": name for name in ("unit_code", "metric", "date", "score")}


def feedback_page(browser: Browser, text: str) -> tuple[str, str]:
    """The address of the page where the columns of these answers are chosen, and what it says."""
    assert upload(browser, text, "answers.csv", "feedback").status_code == 303
    address = f"/imports/{newest().id}/mapping"
    return address, unescape(browser.get(address).text)


def send_feedback_page(browser: Browser, address: str, **chosen: str) -> TestResponse:
    page = browser.get(address).text
    return browser.post(address, data={name: hidden(page, name) for name in ("header_row", "base")} | FEEDBACK | chosen)
