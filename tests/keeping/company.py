"""A company on a database of its own, with something in every corner that a backup must have or must not have."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.core import clock
from app.core.database import writing
from app.core.jobs import enqueue
from app.core.timer import take_lease
from app.extensions import Base, db
from app.imports.actions.course import start
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from app.people.actions.guessing import admit
from app.people.actions.sessions import open_session
from app.people.models import AccountSession, SignInFailure
from config import Config
from tests.cast import make_cast
from tests.pulse.files import HEADER, answers, bring

PRIVATE_CELL = "a cell that somebody mistyped"
CUSTOMERS, EMPLOYEES = b"unit_code,date\nN1,2026-01-02\n", b"unit_code,score\nN1,3\n"


@dataclass
class House:
    app: Flask
    folder: Path

    @property
    def address(self) -> str:
        return str(self.app.config["SQLALCHEMY_DATABASE_URI"])

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def uploads(self) -> Path:
        return self.data / "uploads"

    def run(self, *words: str) -> tuple[int, str]:
        db.session.rollback()
        db.session.remove()
        done = self.app.test_cli_runner().invoke(args=list(words))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output


def make_house(folder: Path, url: str, name: str = "house") -> House:
    place = folder / name
    (place / "keys").mkdir(parents=True)
    key = place / "keys" / "secret_key"
    key.write_text("k" * 43)
    key.chmod(0o600)
    config = Config(database_url=url, data=place / "data", keys=place / "keys", secret_key="k" * 43, testing=True)
    config.data.mkdir()
    return House(create_app(config), place)


def settle_in(house: House) -> list[bytes]:
    """People, a private draft, a session, counts of guesses, files; returns what must be in no backup."""
    with writing():
        cast = make_cast()
        bring(house.folder, HEADER + "".join(answers("N1", "9 9 10 8 3 9 10 10", period="2025-Q4")))
        open_session(cast.adam, "a browser", clock.now())
        admit("adam@example.org", "203.0.113.7", None, clock.now())
        take_lease("timer", "holder-of-the-lease", clock.now(), timedelta(minutes=5))
        waiting = add_import(house, "feedback", CUSTOMERS, ImportStatus.CHECKING)
        add_import(house, "results", EMPLOYEES, ImportStatus.UPLOADED)
        refused = {"import_id": waiting.id, "line": 2, "column": "score", "value": PRIVATE_CELL, "message": {}}
        db.session.execute(sa.insert(ImportRefusal).values(**refused))
        enqueue("imports.check", import_id=waiting.id)
        db.session.commit()
        hashes = list(db.session.scalars(sa.select(AccountSession.token_hash)))
        keys = list(db.session.scalars(sa.select(SignInFailure.key)))
        db.session.rollback()
    assert hashes
    assert keys
    secrets = [*hashes, *keys, PRIVATE_CELL.encode(), b"holder-of-the-lease", EMPLOYEES, b"k" * 43]
    return [*secrets, *(each.hex().encode() for each in [*hashes, *keys])]


def add_import(house: House, kind: str, content: bytes, status: ImportStatus) -> DataImport:
    digest = hashlib.sha256(content).hexdigest()
    house.uploads.mkdir(exist_ok=True)
    (house.uploads / digest).write_bytes(content)
    import_ = start(kind, digest, f"{kind}.csv", now=clock.now())
    import_.status = status
    db.session.flush()
    return import_


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database, but for what a backup leaves out."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.info.get("backup", True):
            found[table.name] = sorted((tuple(row) for row in db.session.execute(sa.select(table))), key=repr)
    db.session.rollback()
    return found


def count_of(table: str) -> int:
    number = db.session.scalar(sa.select(sa.func.count()).select_from(Base.metadata.tables[table])) or 0
    db.session.rollback()
    return number
