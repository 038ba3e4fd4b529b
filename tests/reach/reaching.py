"""Who reaches which row: the sentences behind the words of the table."""

from tests.reach.persons import Person
from tests.reach.table import (
    ACCOUNT,
    ADMINISTRATORS,
    CALENDAR,
    CHART,
    COMPANY,
    DEPUTY,
    DIRECTORY,
    EDITORS,
    ENTER,
    ENTRY,
    FIGURES,
    GIVERS,
    GRANT,
    IMPORT,
    KINDS,
    LEAVE,
    OWN_FILE,
    OWN_SESSION,
    PLACES,
    PRIVATE,
    PUBLIC,
    READERS,
    SIGNED_IN,
    SUBTREE,
    TEMPLATE,
    WORK,
    Route,
)


def expected(person: Person, route: Route, place: str, *, token: bool = False) -> int:
    """The status that the person must get for the row that lies there, or a program with their token."""
    if route.who == PUBLIC:
        return route.answer
    if route.by_token and not (token and person.comes_in):
        return 401
    if not person.comes_in:
        return 302  # to the page where one signs in
    held = {person.role} | ({"works"} if person.works else set())
    if route.who != SIGNED_IN and not held & ENTER[route.who]:
        return 403
    if route.on_part is not None and not person.is_of_company:
        return route.on_part
    return route.answer if _reaches(person, route.row, place) else 404


def _reaches(person: Person, row: str | None, place: str) -> bool:
    if row in (None, DIRECTORY):
        return True
    if row == FIGURES:
        by_role = SUBTREE[person.held] if person.role in ENTER[READERS] else set()
        return place in by_role or place == person.works
    if row == CALENDAR:
        return person.role in ENTER[ADMINISTRATORS] and place in SUBTREE[person.held]
    if row in (WORK, LEAVE):
        return person.role in ENTER[EDITORS] and place in SUBTREE[person.held]
    if row == CHART:
        return person.role in ENTER[ADMINISTRATORS] and place in SUBTREE[person.held]
    if row == COMPANY:
        return person.is_of_company
    if row in (ACCOUNT, GRANT, ENTRY):
        return bool(person.held) and place in SUBTREE[person.held]
    if row == DEPUTY:
        return person.role in ENTER[GIVERS] and place in SUBTREE[person.held]
    if row == OWN_SESSION:
        return place == "mine"
    if row == TEMPLATE:
        return person.role in KINDS[place]
    if place == "mine":
        return True
    return person.is_of_company and person.role in KINDS[place] and not (row == OWN_FILE and place in PRIVATE)


def places_of(person: Person, row: str | None) -> tuple[str, ...]:
    """Where rows of this sort are placed: units and people around N1, sessions and imports by whose they are."""
    if row in (DIRECTORY, FIGURES, ACCOUNT, ENTRY, WORK, LEAVE, CALENDAR, GRANT, DEPUTY):
        return PLACES
    if row == OWN_SESSION:
        return ("mine", "another's")
    if row in (IMPORT, OWN_FILE):
        brings = person.comes_in and any(person.role in roles for roles in KINDS.values())
        return (*KINDS, "mine") if brings else tuple(KINDS)
    return tuple(KINDS) if row == TEMPLATE else ("company",)
