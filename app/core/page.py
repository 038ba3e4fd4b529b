"""What every page is given."""

from typing import Any

from flask import Flask, request

from app.core import formats, installation, settings
from app.core.locales import NAMES, language, localised
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

    app.jinja_env.filters.update(
        localised=localised, signed=formats.signed, number=formats.number, day=formats.day, moment=formats.moment
    )


def _is_open_http(config: Config) -> bool:
    """Plain http beyond this machine: said on every page (security.md L)."""
    return not is_loopback(config.host) and not config.is_https
