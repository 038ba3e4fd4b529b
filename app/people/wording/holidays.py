"""Public holidays of Poland in Russian, which the package `holidays` does not know: by its English names."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

HOLIDAYS: dict[str, LazyString] = {
    "New Year's Day": _l("New Year's Day"),
    "Epiphany": _l("Epiphany"),
    "Easter Sunday": _l("Easter Sunday"),
    "Easter Monday": _l("Easter Monday"),
    "National Day": _l("National Day"),
    "National Day of the Third of May": _l("National Day of the Third of May"),
    "Pentecost": _l("Pentecost"),
    "Corpus Christi": _l("Corpus Christi"),
    "Assumption Day": _l("Assumption Day"),
    "All Saints' Day": _l("All Saints' Day"),
    "National Independence Day": _l("National Independence Day"),
    "Christmas Eve": _l("Christmas Eve"),
    "Christmas Day": _l("Christmas Day"),
    "Second Day of Christmas": _l("Second Day of Christmas"),
}
