"""Which language and which time zone a page speaks: the person's setting, then the browser; `?lang=` for one page."""

import re
from datetime import tzinfo
from zoneinfo import ZoneInfo

from flask import Flask, has_request_context, request
from flask_babel import get_locale

from app.core import settings
from app.core.api.place import is_api
from app.core.catalogues import bind_words
from app.core.reader import reader
from app.extensions import babel
from config import LANGUAGES

NAMES = {"en": "English", "pl": "Polski", "ru": "Русский"}


def bind_locales(app: Flask) -> None:
    babel.init_app(app, default_locale="en", locale_selector=choose_locale, timezone_selector=choose_zone)
    bind_words(app, babel)


def choose_locale() -> str | None:
    if not has_request_context():
        return None
    if is_api():
        return request.accept_languages.best_match(LANGUAGES, "en")
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    person = reader()
    if person.is_authenticated and person.language in LANGUAGES:
        return str(person.language)
    remembered = request.cookies.get("lang")
    return remembered if remembered in LANGUAGES else request.accept_languages.best_match(LANGUAGES, "en")


def choose_zone() -> tzinfo | None:
    if not has_request_context():
        return None
    person = reader()
    if person.is_authenticated and person.time_zone:
        return ZoneInfo(person.time_zone)
    return ZoneInfo(str(settings.company("time_zone")))


def language() -> str:
    return str(get_locale() or "en")


def language_tag(text: str) -> str:
    """What a file says of a text's language, if a browser can make something of it: pl, en-gb; '' for “polski”."""
    return text if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", text) else ""


def localised(text: dict[str, str] | None) -> str:
    """The words in the reader's language, else in English, else in whichever was written."""
    return text[language_of(text)] if text else ""


def language_of(text: dict[str, str]) -> str:
    """In which language `localised` says it: a reader aloud must know."""
    return next((each for each in (language(), "en") if text.get(each)), next(iter(text)))
