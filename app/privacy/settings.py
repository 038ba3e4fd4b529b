"""The legal texts, as settings: each in the languages of the company."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.settings import Setting
from config import LANGUAGES

LONGEST = 50_000
LEGAL_TEXTS: dict[str, LazyString] = {
    "imprint": _l("Imprint"),
    "privacy": _l("Privacy notice"),
    "terms": _l("Terms of use"),
}


def _is_text(value: Any) -> bool:
    return set(value) <= set(LANGUAGES) and all(len(words) <= LONGEST for words in value.values())


SETTINGS = [Setting(f"legal_{name}", label, {}, _is_text) for name, label in LEGAL_TEXTS.items()]
