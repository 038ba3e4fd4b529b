"""What every page is given."""

from typing import Any
from urllib.parse import quote

from flask import Flask, request

from app.core import formats, installation, settings
from app.core.locales import NAMES, language, language_tag, localised
from app.core.navigation import navigation
from config import Config, is_loopback

THEMES = ("auto", "light", "dark", "contrast")


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
        }

    app.jinja_env.globals["zip"] = zip
    app.jinja_env.filters.update(
        size=formats.size,
        localised=localised,
        signed=formats.signed,
        number=formats.number,
        day=formats.day,
        moment=formats.moment,
    )
    app.jinja_env.filters.update(language_tag=language_tag, mailto=mailto)


def mailto(email: str) -> str:
    """A link that writes to this address and says nothing more: a question mark in it begins no further fields."""
    return f"mailto:{quote(email, safe='@')}"


def _is_open_http(config: Config) -> bool:
    """Plain http beyond this machine: said on every page (security.md L)."""
    return not is_loopback(config.host) and not config.is_https
