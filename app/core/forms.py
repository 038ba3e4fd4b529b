"""The form that all forms derive from."""

from typing import Any

from flask_wtf import FlaskForm


def stripped(text: Any) -> Any:
    """A filter for fields of words. Passwords are taken as typed."""
    return text.strip() if isinstance(text, str) else text


class Form(FlaskForm):
    """One place to say what all forms share."""
