"""The kind `things` for the tests of the engine."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.extensions import db
from tests.imports.things import THINGS, bring_things


@pytest.fixture
def things(app: Flask, database: None) -> Iterator[None]:
    before = dict(app.extensions["import_kinds"])
    bring_things(app)
    THINGS.create(db.session.connection())
    db.session.commit()
    yield
    app.extensions["import_kinds"] = before
