"""Flask-Babel's plurals, with types."""

from flask_babel import ngettext as babel_ngettext


def ngettext(one: str, many: str, count: int, **values: str) -> str:
    """Typed; the extraction of texts knows it by its name."""
    return str(babel_ngettext(one, many, count, **values))
