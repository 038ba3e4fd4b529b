"""Flask-Babel's functions with types: what they return is text."""

from typing import Any

from flask_babel import gettext
from flask_babel import ngettext as of_number


def _(text: str, **told: Any) -> str:
    return str(gettext(text, **told))


def ngettext(one: str, many: str, num: int, **told: Any) -> str:
    return str(of_number(one, many, num, **told))
