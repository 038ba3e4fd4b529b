"""Writing many people at once, with where they worked when, their accounts and their roles."""

from app.people.actions.roster.changes import Bringing, Person, PersonChange, Work
from app.people.actions.roster.writing import write_people

__all__ = ["Bringing", "Person", "PersonChange", "Work", "write_people"]
