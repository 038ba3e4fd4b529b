"""What people are shown of themselves and of each other."""

from app.people.views import own_settings, presence, sign_in
from app.people.views.blueprint import bp

__all__ = ["NAVIGATION", "bp", "own_settings", "presence", "sign_in"]

NAVIGATION: list[object] = []
