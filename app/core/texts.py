"""Flask-Babel's functions with types: what they return is text."""

from typing import Any

from flask_babel import get_domain, gettext

from app.core.formats import number


def _(text: str, **told: Any) -> str:
    return str(gettext(text, **told))


def ngettext(one: str, many: str, num: int, **told: Any) -> str:
    """`%(num)s` is written as the language writes numbers: 1,612 answers, 1 612 odpowiedzi."""
    words = get_domain().get_translations().ungettext(one, many, num)
    return str(words % {"num": number(num), **told})
