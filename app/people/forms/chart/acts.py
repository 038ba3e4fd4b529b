"""The acts on one unit: one form each, which makes a wish."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from app.core.blanks import fold_spaces
from app.core.forms import Form, stripped
from app.people.chart.versions import Version, key_of
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Wish
from app.people.forms.chart.fields import CODE, NAME, PLAIN, Known, UnitField
from app.people.forms.fields import NEEDED, TOO_LONG
from app.people.models import UnitKind
from app.people.models.reorganisation import LONGEST_REASON
from app.people.models.unit import BEGINNING
from app.people.wording.names import KINDS

LAST_DAY = date(2199, 12, 31)


class WishForm(Form):
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


class Described(WishForm):
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


class MoveForm(WishForm):
    parent = UnitField(_l("To stand under"), [DataRequired(NEEDED)], description=_l("Code or name of the unit above."))

    def wish(self) -> Wish:
        return Move(self._day(), self.unit, str(self.parent.key))


class MergerForm(WishForm):
    into = UnitField(
        _l("To become part of"), [DataRequired(NEEDED)], description=_l("Code or name of the unit that goes on.")
    )
    second = UnitField(_l("Together with"), description=_l("Another unit that becomes part of it on the same day."))
    third = UnitField(_l("And with"))

    def wish(self) -> Wish:
        units = dict.fromkeys(key for key in (self.unit, self.second.key, self.third.key) if key)
        return Merger(self._day(), tuple(units), str(self.into.key))


class ClosureForm(WishForm):
    people_to = UnitField(
        _l("Its people go to"), description=_l("Code or name of a unit. Needed when somebody still works here.")
    )

    def wish(self) -> Wish:
        return Closure(self._day(), self.unit, self.people_to.key)
