"""Imports for programs: the steps of the screen, on the same actions and queries, with the same look before the act."""

from app.imports.api import bringing, course, listing, mapping
from app.imports.api.blueprint import bp

__all__ = ["bp", "bringing", "course", "listing", "mapping"]
