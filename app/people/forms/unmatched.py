"""What we accept about the words of files that name a unit."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core.forms import Form
from app.people.chart.versions import key_of
from app.people.forms.chart.fields import Known, UnitField
from app.people.forms.fields import NEEDED
from app.people.models import Unit

OTHER = "other"
DAY = timedelta(days=1)
EARLIEST, LAST = date(1900, 1, 2), date(2199, 12, 31)


class MeantUnitField(UnitField):
    not_found = _l("No unit for which you bring such files has this name or code. Check it, or choose another.")


class MeaningForm(Form):
    """Which unit is meant, and from when until when."""

    meant = RadioField(_l("Which unit is meant?"), validators=[InputRequired(NEEDED)])
    unit = MeantUnitField(
        _l("Another unit"), description=_l("Its code or its name. It counts when “another unit” is chosen above.")
    )
    first_day = DateField(_l("First day"), validators=[Optional()])
    last_day = DateField(_l("Last day"), validators=[Optional()])
    units: Sequence[Known] = ()
    reasons: Mapping[str, str] = {}

    def offer(self, suggested: Sequence[tuple[int, str, str]], units: Sequence[tuple[str, str]]) -> None:
        """Each that may be meant with its number, its name, and why."""
        self.reasons = {str(unit_id): reason for unit_id, _label, reason in suggested}
        self.units = [Known(code, name) for code, name in units]
        choices = [SelectChoice(str(unit_id), label) for unit_id, label, _reason in suggested]
        self.meant.choices = [*choices, SelectChoice(OTHER, _("Another unit"))]
        if not self.is_submitted():
            self.meant.data = choices[0].value if choices else OTHER
        if not choices:  # there is nothing to choose, so no "another" either
            self.unit.label.text = self.meant.label.text
            self.unit.description = _("Its code or its name.")
            self.unit.flags.required = True

    @property
    def is_other(self) -> bool:
        return bool(self.meant.data == OTHER)

    def chosen(self) -> sa.ColumnElement[bool]:
        if not self.is_other:
            return Unit.id == int(self.meant.data)
        return Unit.code == next(known.code for known in self.units if key_of(known.code) == self.unit.key)

    def validate_unit(self, field: MeantUnitField) -> None:
        if not self.is_other:
            return
        if not field.data:
            raise ValidationError(NEEDED)
        field.choose(self.units)

    def validate_first_day(self, field: Field) -> None:
        if field.data and not EARLIEST <= field.data <= LAST:
            raise ValidationError(_("Choose a day between 1900 and 2199."))

    def validate_last_day(self, field: Field) -> None:
        self.validate_first_day(field)
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("The last day is before the first."))

    @property
    def ends_on(self) -> date | None:
        last: date | None = self.last_day.data
        return last + DAY if last else None
