"""What was erased is not in the bytes of SQLite's files either: not in free pages, not in indices, not in its log."""

from pathlib import Path

import pytest
from flask import Flask

from app.core import clock, installation
from app.core.database import wipe_log
from app.core.jobs import in_steps
from app.extensions import db
from app.privacy.actions.erasing import erase
from app.privacy.queries.subjects import of_account
from tests.at_once import committed
from tests.cast import make_cast
from tests.privacy.test_erase import finished
from tests.privacy.things import EMAIL, FORMER, NAME, NUMBER, leave


def found(folder: Path) -> set[str]:
    words = {word: word.encode() for word in (NAME, EMAIL, NUMBER, FORMER)}
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {word for word, letters in words.items() if any(letters in file for file in files)}


def test_no_byte_of_her_name_is_left(app: Flask) -> None:
    folder = app.config["REZONANS"].data
    if not app.config["REZONANS"].is_sqlite:
        pytest.skip("PostgreSQL keeps deleted rows until it vacuums, and says so in docs/security.md")
    with committed(app):
        zofia = leave(make_cast())
        assert found(folder) == {NAME, EMAIL, NUMBER, FORMER}, "so that the search is one"
        in_steps(erase(of_account(zofia), actor_id=None, reason="asked", now=clock.now()))
        db.session.commit()
        assert found(folder / "uploads") == {NAME, EMAIL}
        finished()
        db.session.remove()
        wipe_log(db.engine)
        assert found(folder) == set()
        assert installation.kind() is installation.InstallationKind.COMPANY
