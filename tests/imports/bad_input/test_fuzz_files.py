"""Mutants of sample files: whatever is wrong with them, somebody gets a sentence, and nothing is written by halves.

A seeded sample; with REZONANS_LONG five thousand, and REZONANS_SEED chooses others. A mutant is found again by its
number: `Random(f"{SEED} {number}")`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core import clock, uploads
from app.core.imports import Message
from app.core.jobs import run_now
from app.core.kinds import kind_named
from app.extensions import db
from app.imports.actions.course import accept, choose_mapping, headers_under, start, suggested_mapping
from app.imports.mapping import BadMapping, write_mapping
from app.imports.models import DataImport, ImportStatus
from app.imports.queries import refusals_of
from app.imports.reading import UnreadableFile
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.bad_input.bringing import counted, stored
from tests.imports.bad_input.case import LANGUAGES
from tests.imports.bad_input.mutants import mutated
from tests.imports.bad_input.samples import texts, workbooks
from tests.imports.walk import newest, upload

IS_WHOLE = bool(os.environ.get("REZONANS_LONG"))
SEED = os.environ.get("REZONANS_SEED", "20261122")
TEXTS, WORKBOOKS, ON_SCREEN = (4200, 400, 400) if IS_WHOLE else (40, 2, 6)


@contextmanager
def undone() -> Iterator[None]:
    """Each mutant finds the same company."""
    db.session.commit()
    db.session.remove()
    above = db.engines[None].begin_nested()  # type: ignore[attr-defined]  # of tests: one connection for all
    files = stored()
    try:
        yield
    finally:
        db.session.remove()
        above.rollback()
        for digest in stored() - files:
            uploads.remove(digest)


def mutant(number: int, samples: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    random = Random(f"{SEED} {number}")
    kind, content = random.choice(samples)
    return kind, mutated(content, random)


def bring(kind: str, path: Path) -> DataImport | None:
    """As far as the file lets it come; what stops it may only be one of the two refusals of a whole file."""
    with path.open("rb") as file:
        digest = uploads.store(file, 10**9)
    try:
        mapping = suggested_mapping(kind_named(kind), digest)
        import_ = start(kind, digest, "mutant", now=clock.now())
        choose_mapping(import_, mapping, headers_under(digest, mapping))
    except UnreadableFile as fault:
        said([fault.message])
        return None
    except BadMapping as fault:
        said(fault.messages)
        return None
    run_now("imports.check", import_id=import_.id)
    if import_.accepted_count and not import_.asks_about:
        accept(import_, now=clock.now(), actor_id=None)
        run_now("imports.load", import_id=import_.id)
    return import_


def said(messages: list[Message] | tuple[Message, ...]) -> None:
    for language in LANGUAGES:
        with force_locale(language):
            assert all(message.text() for message in messages)


def judge(import_: DataImport | None, before: dict[str, int]) -> None:
    """All or nothing: what was counted is there, and what was refused has left nothing."""
    if import_ is None:
        assert counted() == before
        return
    said([Message(**each.message) for each in db.session.scalars(refusals_of(import_))] + import_.failures)
    if import_.status is ImportStatus.DONE:
        assert import_.visible_at is not None
        assert import_.loaded_count == import_.new_count + import_.changed_count
        apart = import_.skipped_count + import_.waiting_count + import_.left_out_count
        assert import_.accepted_count + import_.refused_count + apart == import_.row_count
    else:
        assert import_.status in (ImportStatus.CHECKED, ImportStatus.FAILED)
        assert counted() == before


def look_at(number: int, samples: list[tuple[str, bytes]], path: Path) -> None:
    kind, content = mutant(number, samples)
    path.write_bytes(content)
    with undone():
        before = counted()
        try:
            judge(bring(kind, path), before)
        except Exception as error:
            error.add_note(f"mutant {number} of seed {SEED}, as {kind}: {content[:2000]!r}")
            raise


def test_mutants_of_text_files(app: Flask, cast: Cast, tmp_path: Path) -> None:
    with app.test_request_context():
        for number in range(TEXTS):
            look_at(number, texts(), tmp_path / "mutant")


def test_mutants_of_workbooks(app: Flask, cast: Cast, tmp_path: Path) -> None:
    with app.test_request_context():
        for number in range(WORKBOOKS):
            look_at(number, workbooks(tmp_path), tmp_path / "mutant")


@pytest.mark.parametrize("part", range(4 if IS_WHOLE else 1))
def test_mutants_on_the_screen(browser: Browser, cast: Cast, part: int) -> None:
    """The test client lets no exception pass, and looks at each page."""
    browser.sign_in(cast.adam)
    for number in range(ON_SCREEN * part // 4, ON_SCREEN * (part + 1) // 4 if IS_WHOLE else ON_SCREEN):
        kind, content = mutant(-1 - number, texts())
        with undone():
            _walk(browser, kind, content)


def _walk(browser: Browser, kind: str, content: bytes) -> None:
    kind = kind if kind in ("units", "employees") else "units"  # what an administrator may bring
    answer = upload(browser, content, "mutant.csv", kind)
    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        return
    import_ = newest()
    mapping_page, import_page = f"/imports/{import_.id}/mapping", f"/imports/{import_.id}"
    assert browser.get(mapping_page).status_code == 200
    mapping = suggested_mapping(kind_named(kind), import_.digest)
    columns = {f"column_{ours}": theirs[0] for ours, theirs in mapping.columns.items()}
    form = {"header_row": str(mapping.header_row), "base": write_mapping(mapping), **columns}
    if browser.post(mapping_page, data={**form, "date_order": mapping.date_order or ""}).status_code == 302:
        assert browser.get(import_page).status_code == 200
        assert browser.post(f"{import_page}/acceptance").status_code in (302, 409)
        assert browser.get(import_page).status_code == 200
