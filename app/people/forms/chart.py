"""What we accept from whoever changes the org chart: one form an act, each of which makes a wish."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from app.core.forms import Form, stripped
from app.core.parsing import fold_spaces
from app.people.chart.versions import Version, key_of
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Part, Split, Wish
from app.people.forms.sign_in import NEEDED, TOO_LONG
from app.people.models import UnitKind
from app.people.models.reorganisation import LONGEST_REASON
from app.people.models.unit import BEGINNING
from app.people.wording.names import KINDS

LAST_DAY = date(2199, 12, 31)
MOST_PARTS = 4
MOST_NAMED = 8
PLAIN = Regexp(r"^[^\x00-\x1f\x7f]*$", message=_l("This holds characters that no name has. Type it anew."))
CODE = (Length(max=60, message=TOO_LONG), PLAIN)
NAME = (Length(max=200, message=TOO_LONG), PLAIN)
TWO_LETTERS = Regexp(r"^[A-Za-z]{2}$", message=_l("Write the country with its two letters, such as PL."))
STAYS = "stays"


class Known(NamedTuple):
    """A unit that may be chosen."""

    code: str
    name: str


class UnitField(StringField):
    """A unit by its code or name: the browser offers those that fit, and the server asks back where several do."""

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
            raise ValidationError(
                _("No open unit that you may change has this name or code. Check it, or choose another.")
            )
        if len(found) > 1:
            names = ", ".join(f"{unit.name} ({unit.code})" for unit in found[:MOST_NAMED])
            raise ValidationError(_("Several units fit; write the code of one: %(names)s.", names=names))
        self.key = key_of(found[0].code)


class ActForm(Form):
    """A day and a reason; which unit it is about is known from the page."""

    day = DateField(
        _l("From this day on"),
        validators=[DataRequired(NEEDED)],
        description=_l("In the past or in the future. It takes effect at midnight, in the company's time."),
    )
    reason = StringField(
        _l("Why"),
        filters=[stripped],
        validators=[Length(max=LONGEST_REASON, message=TOO_LONG)],
        description=_l("Stands in the unit's history, for everybody to read."),
    )
    unit = ""  # its key
    units: Sequence[Known] = ()

    def validate_day(self, field: DateField) -> None:
        if field.data and not BEGINNING < field.data <= LAST_DAY:
            raise ValidationError(_("Choose a day between 1900 and 2199."))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for field in self:
            if isinstance(field, UnitField) and not field.errors:
                fine = self._chosen(field) and fine
        return fine

    def _chosen(self, field: UnitField) -> bool:
        try:
            field.choose(self.units)
        except ValidationError as fault:
            field.errors = [str(fault)]
            return False
        return True

    def wish(self) -> Wish:
        raise NotImplementedError

    def _day(self) -> date:
        assert self.day.data is not None
        day: date = self.day.data
        return day


class Described(ActForm):
    """What a unit is: its name and what stands beside it."""

    name = StringField(_l("Name"), filters=[stripped], validators=[DataRequired(NEEDED), *NAME])
    kind = SelectField(_l("Kind"), validators=[InputRequired(NEEDED)])
    country = StringField(
        _l("Country"),
        filters=[stripped],
        validators=[
            Optional(),
            Regexp(r"^[A-Za-z]{2}$", message=_l("Write the country with its two letters, such as PL.")),
        ],
        description=_l("Two letters, such as PL."),
        render_kw={"maxlength": 2, "autocomplete": "off"},
    )
    location = StringField(_l("Place"), filters=[stripped], validators=[Length(max=200, message=TOO_LONG), PLAIN])

    def offer_kinds(self, *, is_company: bool) -> None:
        kinds = [kind for kind in UnitKind if (kind is UnitKind.COMPANY) == is_company]
        self.kind.choices = [SelectChoice(kind.value, str(KINDS[kind])) for kind in kinds]

    def fill(self, version: Version) -> None:
        self.name.data, self.kind.data = version.name, version.kind.value
        self.country.data, self.location.data = version.country, version.location

    def described(self) -> dict[str, Any]:
        return {
            "name": fold_spaces(self.name.data),
            "kind": UnitKind(self.kind.data),
            "country": (self.country.data or "").upper() or None,
            "location": fold_spaces(self.location.data or "") or None,
        }


class OpeningForm(Described):
    code = StringField(
        _l("Code"),
        filters=[stripped],
        validators=[DataRequired(NEEDED), *CODE],
        description=_l("Short and lasting, such as KR-RYNEK: it is how files name the unit."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )

    def wish(self) -> Wish:
        code = fold_spaces(self.code.data)
        return Opening(self._day(), self.unit, key_of(code), code, **self.described())


class AlterationForm(Described):
    def wish(self) -> Wish:
        return Alteration(self._day(), self.unit, **self.described())


class CorrectionForm(Described):
    day = HiddenField(validators=[DataRequired(NEEDED)])  # the first day of the entry
    parent = UnitField(_l("Under"), description=_l("Code or name of the unit above."))

    def validate_day(self, field: Field) -> None:
        try:
            date.fromisoformat(field.data or "")
        except ValueError:
            raise ValidationError(_("Choose a day between 1900 and 2199.")) from None

    def wish(self) -> Wish:
        day = date.fromisoformat(self.day.data)
        return Correction(self.unit, day, parent=self.parent.key, **self.described())


class MoveForm(ActForm):
    parent = UnitField(_l("To stand under"), [DataRequired(NEEDED)], description=_l("Code or name of the unit above."))

    def wish(self) -> Wish:
        return Move(self._day(), self.unit, str(self.parent.key))


class MergerForm(ActForm):
    into = UnitField(
        _l("To become part of"), [DataRequired(NEEDED)], description=_l("Code or name of the unit that goes on.")
    )
    second = UnitField(_l("Together with"), description=_l("Another unit that becomes part of it on the same day."))
    third = UnitField(_l("And with"))

    def wish(self) -> Wish:
        units = dict.fromkeys(key for key in (self.unit, self.second.key, self.third.key) if key)
        return Merger(self._day(), tuple(units), str(self.into.key))


class ClosureForm(ActForm):
    people_to = UnitField(
        _l("Its people go to"), description=_l("Code or name of a unit. Needed when somebody still works here.")
    )

    def wish(self) -> Wish:
        return Closure(self._day(), self.unit, self.people_to.key)


class SplitForm(ActForm):
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


FORMS: dict[str, type[ActForm]] = {
    "opening": OpeningForm,
    "alteration": AlterationForm,
    "move": MoveForm,
    "merger": MergerForm,
    "split": SplitForm,
    "closure": ClosureForm,
    "correction": CorrectionForm,
}
