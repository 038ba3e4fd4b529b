"""The application on a migrated schema, each test's work rolled back, and a cast of people."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.core.database import writing
from app.extensions import db
from app.impact.queries import kept
from config import Config
from tests.browser_check import Browser
from tests.cast import Cast, make_cast
from tests.databases import fresh_database


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("data")
    config = Config(database_url=fresh_database(folder), data=folder, keys=folder, secret_key="k" * 43, testing=True)
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False  # one file tests the tokens with the switch on
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """All that a test writes happens inside one transaction of one connection, and is rolled back."""
    kept.forget()  # what an earlier test kept belongs to a database that was rolled back
    with app.app_context(), writing():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection  # a bind given to the session would be ignored
        old = db.session.session_factory.kw.get("join_transaction_mode")
        db.session.session_factory.configure(join_transaction_mode="create_savepoint")
        try:
            yield
        finally:
            db.session.remove()
            db.engines[None] = engine
            db.session.session_factory.configure(join_transaction_mode=old or "conditional_savepoint")
            outer.rollback()
            connection.close()


@pytest.fixture
def cast(database: None) -> Cast:
    return make_cast()


@pytest.fixture
def browser(app: Flask, database: None) -> Browser:
    return Browser(app)
