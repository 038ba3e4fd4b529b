"""The floor: the least that a page of this kind can cost. Everything else is measured as a multiple of it.

The same server and flags, a signed-in session, three indexed queries, and one inherited template that loops over as
many rows and fills about as many bytes as the page it stands beside: `/?rows=60&bytes=30000`.
"""

import os
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template, request, session
from flask_login import LoginManager, UserMixin, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BASE = """<!doctype html><html lang="en"><head><title>{% block title %}{% endblock %}</title></head>
<body><nav>{% for place in places %}<a href="/{{ place }}">{{ place }}</a>{% endfor %}</nav>
<main>{% block content %}{% endblock %}</main></body></html>"""
PAGE = """{% extends "base.html" %}{% block title %}{{ unit.name }}{% endblock %}
{% block content %}<h1>{{ unit.name }}</h1><table>
{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.score }}</td><td>{{ filler }}</td></tr>
{% endfor %}</table>{% endblock %}"""


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Person(UserMixin, Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int]


class Unit(Base):
    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Figure(Base):
    __tablename__ = "figure"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(index=True)
    name: Mapped[str]
    score: Mapped[int]


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="floor", SQLALCHEMY_DATABASE_URI=os.environ["FLOOR_DATABASE_URL"])
    app.jinja_loader = DictLoader({"base.html": BASE, "page.html": PAGE})
    db.init_app(app)
    login = LoginManager(app)
    login.session_protection = None

    @login.user_loader
    def load(person_id: str) -> Person | None:
        return db.session.get(Person, int(person_id))

    @app.route("/sign-in")
    def sign_in() -> str:
        login_user(db.session.get_one(Person, 1))
        session["signed_in"] = True
        return "in"

    @app.route("/")
    @login_required
    def page() -> str:
        return _page(request.args.get("rows", 50, int), request.args.get("bytes", 20_000, int))

    return app


def _page(count: int, size: int) -> str:
    """Three queries: the person (by the session), the unit, its figures."""
    unit = db.session.get_one(Unit, 1)
    rows: Any = db.session.scalars(sa.select(Figure).where(Figure.unit_id == unit.id).limit(count)).all()
    filler = "x" * max(0, (size - 400) // max(count, 1) - 45)
    return render_template("page.html", unit=unit, rows=rows, filler=filler, places=["home", "news", "learn", "pulse"])


def fill(url: str) -> None:
    """Before the server starts: its two workers would both find it empty."""
    os.environ["FLOOR_DATABASE_URL"] = url
    with create_app().app_context():
        db.create_all()
        db.session.add_all([Person(id=1, unit_id=1), Unit(id=1, name="Kraków Rynek")])
        rows = (Figure(unit_id=number // 400 + 1, name=f"Row {number}", score=number) for number in range(4000))
        db.session.add_all(rows)
        db.session.commit()


if "FLOOR_DATABASE_URL" in os.environ:
    app = create_app()
