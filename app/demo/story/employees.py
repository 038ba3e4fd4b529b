"""The rows of the import of employees: one a stint, leaders before those whom they lead, stints in their order."""

from collections.abc import Iterator
from datetime import date

from app.demo.story.cast import DOMAIN
from app.demo.story.jobs import led_from
from app.demo.story.names import mailbox
from app.demo.story.organisation import MOVED, MOVED_TO, ROOT, UNIT
from app.demo.story.staffing import REORGANISED_MONTH, Person, Staffing, Stint
from app.demo.story.timeline import FOUNDED, Timeline

COLUMNS = (
    "email",
    "employee_number",
    "name",
    "unit_code",
    "manager",
    "job",
    "language",
    "time_zone",
    "starts_on",
    "ends_on",
    "role",
)
ZONE, ZONE_OF_ENGLISH_DEVELOPERS = "Europe/Warsaw", "Europe/London"


def employees(today: date) -> Iterator[dict[str, str]]:
    """`ends_on` is the first day on which a leaver is gone; who moves has a second row and no end in the first."""
    timeline = Timeline(today)
    people = Staffing().fill()
    leaders = _leaders(people)
    numbered = [(f"BW{number:05}", person) for number, person in enumerate(people, start=1)]
    for number, person in sorted(numbered, key=lambda pair: _rank(pair[1])):
        for stint in person.stints:
            starts_on = max(FOUNDED, timeline.month(stint.since))
            last = stint is person.stints[-1] and person.leaves is not None
            values = (
                address(person),
                number,
                person.name,
                stint.unit,
                _line_manager(stint, leaders),
                stint.job,
                person.language,
                ZONE_OF_ENGLISH_DEVELOPERS if (stint.unit, person.language) == ("ITE-ROZ", "en") else ZONE,
                starts_on.isoformat(),
                timeline.month(person.leaves).isoformat() if last and person.leaves is not None else "",
                stint.role,
            )
            yield dict(zip(COLUMNS, values, strict=True))


def address(person: Person) -> str:
    return f"{person.key or mailbox(person.name)}@{DOMAIN}"


def _leaders(people: list[Person]) -> dict[str, str]:
    """Who leads each unit. Leaders do not change in these two years."""
    seats = ((led_from(stint.unit, stint.chair), person) for person in people for stint in person.stints)
    return {unit: address(person) for unit, person in seats if unit}


def _line_manager(stint: Stint, leaders: dict[str, str]) -> str:
    """The leader of the unit, or of the unit above for a leader; the board answers to the president, who to nobody."""
    if stint.role == f"leadership@{ROOT}":
        return leaders[ROOT]
    led = led_from(stint.unit, stint.chair)
    if not led:
        return leaders[stint.unit]
    moved = led == MOVED and stint.since == REORGANISED_MONTH
    return leaders.get(MOVED_TO if moved else UNIT[led].parent, "")


def _rank(person: Person) -> int:
    """Presidents before directors before heads of branches before the rest, judged by the first stint."""
    first = person.stints[0]
    if "manager" not in first.role:
        return 9
    if f"manager@{ROOT}" in first.role:
        return 0
    return 1 if "@" in first.role or UNIT[first.unit].kind in ("region", "department") else 2
