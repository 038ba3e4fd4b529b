"""The application on a migrated schema, each test's work rolled back, and a cast of people."""

import gc
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings

from app import create_app
from app.core.database import writing
from app.extensions import db
from app.impact.queries import kept
from config import Config
from tests.browser_check import Browser
from tests.cast import Cast
from tests.databases import fresh_database
from tests.stage import Stage

# How long an example takes is no business of tests: machines are noisy, and `bench` measures. On CI Hypothesis has a
# profile of its own by now, which this one continues.
settings.register_profile("house", parent=settings(), deadline=None)
settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What is imported by now stays to the end. Of the rest the collector has less to throw away than it looks through:
    at every seven hundred new objects, as Python has it, that was a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    gc.enable()


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


@pytest.fixture(scope="session")
def stage(app: Flask) -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.clear()


@pytest.fixture(autouse=True)
def _nobody_else_on_stage(request: pytest.FixtureRequest) -> None:
    """Who works through connections of their own would wait for the one that the stage holds."""
    if "app" in request.fixturenames and "database" not in request.fixturenames:
        stage: Stage = request.getfixturevalue("stage")
        stage.clear()


@pytest.fixture
def database(app: Flask, stage: Stage, request: pytest.FixtureRequest) -> Iterator[Cast | None]:
    """All that a test writes happens inside one transaction of one connection, and is rolled back."""
    kept.forget()  # what an earlier test kept belongs to a database that was rolled back
    play = stage.with_cast if "cast" in request.fixturenames else stage.bare
    with app.app_context(), writing(), play() as cast:
        yield cast


@pytest.fixture
def cast(database: Cast | None) -> Cast:
    assert database, "a test that asks for the cast by name has it"
    return database


@pytest.fixture
def browser(app: Flask, database: None) -> Browser:
    return Browser(app)
