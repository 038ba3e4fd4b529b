"""The people of the table: where they work, which role they hold on which unit, and whether they come in at all."""

from dataclasses import dataclass
from random import Random

ROLES = frozenset({"manager", "trainer", "hr", "leadership", "cx_lead", "administrator"})


@dataclass(frozen=True)
class Person:
    """Somebody of the tests: where they work, which role they hold on which unit, and whether they come in at all."""

    name: str
    works: str = ""
    role: str = ""
    held: str = ""
    comes_in: bool = True
    lent: bool = False  # the role is somebody else's, who is absent

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_company(self) -> bool:
        return self.held == "company"


PEOPLE = (
    Person("employee", works="own"),
    Person("stranger", works="outside"),
    Person("guest"),
    *(Person(f"{role} on own", "own", role, "own") for role in sorted(ROLES)),
    Person("manager on above", "own", "manager", "above"),
    # Works in N1, so sees it, and holds the role somewhere else.
    *(Person(f"{role} elsewhere", "own", role, "outside") for role in sorted(ROLES - {"trainer"})),
    *(Person(f"{role} of the company", "", role, "company") for role in sorted(ROLES - {"manager", "trainer"})),
    # Who stands in for somebody reaches what they reach, in each of these roles; no more, no less.
    *(
        Person(f"deputy of the {role} on {held}", works, role, held, lent=True)
        for role, held, works in [
            ("manager", "own", "outside"),
            ("hr", "above", ""),
            ("cx_lead", "company", ""),
            ("administrator", "company", "outside"),
            ("administrator", "own", ""),
        ]
    ),
    Person("leaver", "own", "administrator", "company", comes_in=False),
    Person("ended account", "", "administrator", "company", comes_in=False),
    Person("nobody", comes_in=False),
)
# Who is always asked for; of the others a short run takes a few.
ALWAYS = {"employee", "administrator of the company", "hr elsewhere", "leaver", "nobody"}
FEW = 3


def in_this_run(seed: str, *, whole: bool) -> list[Person]:
    others = [person.name for person in PEOPLE if person.name not in ALWAYS]
    chosen = ALWAYS | set(Random(f"{seed} people").sample(others, FEW))
    return [person for person in PEOPLE if whole or person.name in chosen]
