"""Fields that several forms have, and the sentences that refuse what is typed into them."""

import re
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.core.forms import stripped

NEEDED = _l("Please fill this in.")
TOO_LONG = _l("Use at most %(max)d characters.")
NO_DAY = _l("This is not a day that can be meant. Choose one from 1950 to 2100.")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Day(DateField):
    """A day within the years in which people work."""

    @property
    def day(self) -> date:
        """Of a form that was found good."""
        assert isinstance(self.data, date)
        return self.data

    def gettext(self, string: str) -> str:
        """The only sentence it has: what was typed is no day."""
        return str(NO_DAY)

    def pre_validate(self, form: object) -> None:
        if self.data is not None and not 1950 <= self.data.year <= 2100:
            raise ValidationError(NO_DAY)


def no_control_characters(_form: object, field: Field) -> None:
    if CONTROL.search(field.data or ""):
        raise ValidationError(_l("This holds characters that no name has. Type it anew."))


def words_field(
    label: object, most: int, *, required: bool = False, hint: object = "", **attributes: str
) -> StringField:
    first = [DataRequired(NEEDED)] if required else [Optional()]
    checks = [*first, Length(max=most, message=TOO_LONG), no_control_characters]
    return StringField(label, checks, description=hint, filters=[stripped], render_kw=attributes)
