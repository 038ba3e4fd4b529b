"""The form that all forms derive from."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField

NUL = _l("This holds characters that no name has. Type it anew.")
TOO_LONG = _l("This number is too long. Type one of at most nine digits.")
MOST_DIGITS = 9


def stripped(text: Any) -> Any:
    """A filter for fields of words. Passwords are taken as typed."""
    return text.strip() if isinstance(text, str) else text


class Form(FlaskForm):
    """One place to say what all forms share."""

    def validate(self, extra_validators: Any = None) -> bool:
        """First of all that nothing is there that nobody types: validators and databases break of it."""
        faults = {field: fault for field in self if (fault := _fault_of(field))}
        for field, fault in faults.items():
            field.errors = [fault]
        return not faults and bool(super().validate(extra_validators))


def _fault_of(field: Field) -> LazyString | None:
    typed = [each for each in field.raw_data or () if isinstance(each, str)]
    if any("\0" in each for each in typed):  # PostgreSQL does not even let us look for it
        return NUL
    is_endless = isinstance(field, IntegerField) and any(len(each.strip()) > MOST_DIGITS for each in typed)
    return TOO_LONG if is_endless else None
