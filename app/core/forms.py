"""The form that all forms derive from, and fields that refuse what nobody types."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField

NUL = _l("This holds characters that no name has. Type it anew.")
MOST_DIGITS = 9


def stripped(text: Any) -> Any:
    """A filter for fields of words. Passwords are taken as typed."""
    return text.strip() if isinstance(text, str) else text


class Form(FlaskForm):
    """One place to say what all forms share."""

    def validate(self, extra_validators: Any = None) -> bool:
        """First of all that there is no NUL, which PostgreSQL does not even let us look for."""
        marred = [field for field in self if _holds_nul(field)]
        for field in marred:
            field.errors = [NUL]
        return not marred and bool(super().validate(extra_validators))


def _holds_nul(field: Field) -> bool:
    return any(isinstance(typed, str) and "\0" in typed for typed in field.raw_data or ())


class WholeNumberField(IntegerField):
    """Of so many digits at most: a number of hundreds is no number to the validators, nor to the database."""

    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if valuelist and len(valuelist[0].strip()) > MOST_DIGITS:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))
        super().process_formdata(valuelist)
