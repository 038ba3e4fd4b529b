"""Whoever asks for this page."""

from typing import Any

from flask_login import current_user


def reader() -> Any:
    """The account or the stranger itself. Flask-Login's proxy looks for it anew at each thing it is asked."""
    return current_user._get_current_object()
