"""Whoever is signed in, for acts that keep them."""

from flask_login import current_user

from app.people.models import Account


def me() -> Account:
    """The account itself, not the proxy: Flask-Login keeps what it is given."""
    account: Account = current_user._get_current_object()
    return account
