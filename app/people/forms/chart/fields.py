"""Fields of the forms of the org chart: a unit that is chosen, and what codes and names are made of."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, Regexp, ValidationError

from app.core.blanks import fold_spaces
from app.core.forms import stripped
from app.people.chart.versions import key_of
from app.people.forms.fields import TOO_LONG

MOST_NAMED = 8
PLAIN = Regexp(r"^[^\x00-\x1f\x7f]*$", message=_l("This holds characters that no name has. Type it anew."))
CODE = (Length(max=60, message=TOO_LONG), PLAIN)
NAME = (Length(max=200, message=TOO_LONG), PLAIN)


class Known(NamedTuple):
    """A unit that may be chosen."""

    code: str
    name: str


class UnitField(StringField):
    """A unit by its code or name: the browser offers those that fit, and the server asks back where several do."""

    not_found = _l("No open unit that you may change has this name or code. Check it, or choose another.")

    def __init__(self, label: Any, validators: Sequence[Any] = (), **options: Any) -> None:
        render_kw = {"list": "units", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            label, [Length(max=200, message=TOO_LONG), *validators], filters=[stripped], render_kw=render_kw, **options
        )
        self.key: str | None = None

    def choose(self, units: Sequence[Known]) -> None:
        if not self.data:
            return
        typed = fold_spaces(self.data).casefold()
        found = (
            [unit for unit in units if key_of(unit.code) == typed]
            or [unit for unit in units if unit.name.casefold() == typed]
            or [unit for unit in units if typed in f"{unit.name} {unit.code}".casefold()]
        )
        if not found:
            raise ValidationError(str(self.not_found))
        if len(found) > 1:
            names = ", ".join(f"{unit.name} ({unit.code})" for unit in found[:MOST_NAMED])
            raise ValidationError(_("Several units fit; write the code of one: %(names)s.", names=names))
        self.key = key_of(found[0].code)
