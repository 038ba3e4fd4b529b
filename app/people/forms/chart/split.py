"""The form that divides a unit: its parts, and who and what goes to which."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired

from app.core.blanks import fold_spaces
from app.core.forms import stripped
from app.people.chart.versions import key_of
from app.people.chart.wishes import Part, Split, Wish
from app.people.forms.chart.acts import WishForm
from app.people.forms.chart.fields import CODE, NAME
from app.people.forms.fields import NEEDED

MOST_PARTS = 4
STAYS = "stays"


class SplitForm(WishForm):
    stays = BooleanField(_l("This unit itself goes on, beside the new ones"))
    code_1 = StringField(_l("New unit 1: code"), filters=[stripped], validators=[DataRequired(NEEDED), *CODE])
    name_1 = StringField(_l("New unit 1: name"), filters=[stripped], validators=[DataRequired(NEEDED), *NAME])
    code_2 = StringField(_l("New unit 2: code"), filters=[stripped], validators=CODE)
    name_2 = StringField(_l("New unit 2: name"), filters=[stripped], validators=NAME)
    code_3 = StringField(_l("New unit 3: code"), filters=[stripped], validators=CODE)
    name_3 = StringField(_l("New unit 3: name"), filters=[stripped], validators=NAME)
    code_4 = StringField(_l("New unit 4: code"), filters=[stripped], validators=CODE)
    name_4 = StringField(_l("New unit 4: name"), filters=[stripped], validators=NAME)
    rest = SelectField(_l("Everybody and everything goes to"), description=_l("Whoever is not sent elsewhere below."))
    typed: Mapping[str, str] = {}  # who and what is sent elsewhere: `person-7` and `below-CODE`

    def offer_places(self) -> None:
        self.rest.choices = [SelectChoice(value, words) for value, words in places()]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        fine = super().validate(extra_validators)
        keys = []
        for number in range(1, MOST_PARTS + 1):
            code, name = self[f"code_{number}"], self[f"name_{number}"]
            if bool(code.data) != bool(name.data):
                field = name if code.data else code
                field.errors = [str(NEEDED)]
                fine = False
            if code.data and key_of(code.data) in keys:
                code.errors = [_("Each new unit needs a code of its own.")]
                fine = False
            keys.append(key_of(code.data or ""))
        return fine

    def wish(self) -> Wish:
        numbered = {
            str(number): self._part(number) for number in range(1, MOST_PARTS + 1) if self[f"code_{number}"].data
        }
        where = {number: part.key for number, part in numbered.items()} | {STAYS: self.unit}

        def place(value: str) -> str:
            return where.get(value, "")  # a part that is not there: the drawing refuses it

        sent = {name: value for name, value in self.typed.items() if value}
        people = {int(name[7:]): place(value) for name, value in sent.items() if _is_person(name)}
        below = {name[6:]: place(value) for name, value in sent.items() if name.startswith("below-")}
        return Split(
            self._day(),
            self.unit,
            tuple(numbered.values()),
            bool(self.stays.data),
            place(self.rest.data),
            people,
            below,
        )

    def _part(self, number: int) -> Part:
        code = fold_spaces(self[f"code_{number}"].data)
        return Part(key_of(code), code, fold_spaces(self[f"name_{number}"].data))


def _is_person(name: str) -> bool:
    return name.startswith("person-") and name[7:].isascii() and name[7:].isdigit() and len(name) < 18


def places() -> list[tuple[str, str]]:
    """Where people and units of a divided unit can go."""
    new = [(str(number), _("New unit %(number)s", number=number)) for number in range(1, MOST_PARTS + 1)]
    return [*new, (STAYS, _("This unit, where it goes on"))]
