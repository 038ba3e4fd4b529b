"""PostgreSQL compiles nothing for us: what people ask for is answered sooner than it would be compiled."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db


def test_no_connection_compiles_its_questions(app: Flask, database: None) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no such thing")
    engine = db.engine.engine
    with engine.connect() as one, engine.connect() as other:
        assert [each.execute(sa.text("SHOW jit")).scalar_one() for each in (one, other)] == ["off", "off"]
        one.rollback()
        assert one.execute(sa.text("SHOW jit")).scalar_one() == "off"
