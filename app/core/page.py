"""What every page is given."""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import quote

from flask import Flask, g, request
from flask.templating import Environment
from flask_wtf.csrf import generate_csrf

from app.core import formats, installation, settings
from app.core.cells import table_rows
from app.core.locales import NAMES, language, language_tag, localised
from app.core.navigation import navigation
from config import Config, is_loopback

THEMES = ("auto", "light", "dark", "contrast")


class Templates(Environment):
    """None of ours has globals of its own, so all share the one dictionary: Jinja's chain of two takes longer to look
    into than the page around it takes to write, at every import of a component.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def bind_page(app: Flask) -> None:
    @app.context_processor
    def words() -> dict[str, Any]:
        theme = request.cookies.get("theme", "auto")
        return {
            "locale": language(),
            "languages": NAMES,
            "theme": theme if theme in THEMES else "auto",
            "navigation": navigation,
            "company_name": settings.company("company_name"),
            "is_demo": installation.is_demo(),
            "is_open_http": _is_open_http(app.config["REZONANS"]),
            "csrf_token": csrf_token,
        }

    app.jinja_env.globals["csrf_token"] = csrf_token
    app.jinja_env.filters.update(
        size=formats.size,
        localised=localised,
        signed=formats.signed,
        number=formats.number,
        day=formats.day,
        moment=formats.moment,
        hour=formats.hour,
        table_rows=table_rows,
    )
    app.jinja_env.filters.update(language_tag=language_tag, mailto=mailto)


def csrf_token() -> str:
    """Of this page, whose forms all ask for it: Flask-WTF keeps it in `g`, and looks at its settings before."""
    token: str = g.get("csrf_token") or generate_csrf()
    return token


def mailto(email: str) -> str:
    """A link that writes to this address and says nothing more: a question mark in it begins no further fields."""
    return f"mailto:{quote(email, safe='@')}"


def _is_open_http(config: Config) -> bool:
    """Plain http beyond this machine: said on every page (security.md L)."""
    return not is_loopback(config.host) and not config.is_https
