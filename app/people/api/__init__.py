"""The directory for programs: units and employees, as the pages show them."""

from app.people.api import employees, units
from app.people.api.blueprint import bp

__all__ = ["bp", "employees", "units"]
