"""Who sits where and from when: two years of joining, leaving and moving. Sizes of units stay as the table says.

Each chair is filled on every day: whoever leaves is followed by somebody on the same day, always the first of a month.
"""

from dataclasses import dataclass, field

from app.demo.story.cast import CAST
from app.demo.story.chance import chance
from app.demo.story.jobs import DEPUTY, job_in, roles_in
from app.demo.story.names import Names
from app.demo.story.organisation import (
    CLOSED,
    CLOSED_INTO,
    LED_FROM,
    MOVED,
    OPENED,
    OPENED_BY_TRANSFER,
    OPENED_FROM,
    UNIT,
    UNITS,
    DemoUnit,
)
from app.demo.story.timeline import MONTHS_TOLD, REORGANISED_IN

REORGANISED_MONTH = 3 * REORGANISED_IN
LANGUAGES = ("pl", "ru", "en")
USUAL_LANGUAGES = (93, 5, 2)
LANGUAGES_IN = {OPENED: (13, 85, 2), OPENED_FROM: (90, 8, 2), "ITE-ROZ": (76, 6, 18)}
LEAVING = 0.17
FROM_ANOTHER_UNIT = 0.25
LONGEST_SERVICE = 19 * 12  # months before the story begins
# Too small, or too busy being rearranged, for anybody to come and go.
UNDISTURBED = {"ZAR", "ZAK-KRU", "OPE-ARC", CLOSED, CLOSED_INTO, OPENED}


@dataclass
class Stint:
    """One person in one unit from a month of the story on (negative: before it begins)."""

    unit: str
    chair: int
    job: str
    role: str
    since: int


@dataclass
class Person:
    name: str
    language: str
    key: str = ""  # the mailbox of a named person
    leaves: int | None = None
    stints: list[Stint] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Nothing has happened to this ordinary person yet, so something may."""
        return not self.key and self.leaves is None and len(self.stints) == 1 and self.stints[0].since < 0


class Staffing:
    """Fills the chairs, then lets two years happen. `chairs` maps (unit, chair) to who sits there at the moment."""

    def __init__(self) -> None:
        self.rng = chance("staffing")
        self.names = Names(chance("names"), {player.name for player in CAST.values()})
        self.people: list[Person] = []
        self.chairs: dict[tuple[str, int], Person] = {}

    def fill(self) -> list[Person]:
        for place in UNITS:
            if place.code != OPENED:
                for chair in range(place.people):
                    self._seat(self._somebody(place, chair), place, chair, -self.rng.randint(1, LONGEST_SERVICE))
        self._reorganise()
        self._turn_over()
        return self.people

    def _somebody(self, place: DemoUnit, chair: int) -> Person:
        for key, player in CAST.items():
            if (player.unit, player.chair) == (place.code, chair) and (place.code, chair) not in self.chairs:
                return Person(player.name, player.language, key)
        language = self.rng.choices(LANGUAGES, LANGUAGES_IN.get(place.code, USUAL_LANGUAGES))[0]
        return Person(self.names.draw(language), language)

    def _seat(self, person: Person, place: DemoUnit, chair: int, month: int) -> None:
        player = CAST.get(person.key)
        job = player.job if player else job_in(place, chair)
        role = player.role if player else roles_in(place, chair)
        person.stints.append(Stint(place.code, chair, job, role, month))
        if len(person.stints) == 1:
            self.people.append(person)
        self.chairs[place.code, chair] = person

    def _reorganise(self) -> None:
        """One branch closes into another, one goes to another region, one team opens."""
        closing, taking_in, opening = UNIT[CLOSED], UNIT[CLOSED_INTO], UNIT[OPENED]
        for chair in range(closing.people):
            person = self.chairs.pop((CLOSED, chair))
            self._seat(person, taking_in, taking_in.people + chair, REORGANISED_MONTH)
            if chair == 0:
                person.stints[-1].job = DEPUTY
        self._seat(self.chairs[MOVED, 0], UNIT[MOVED], 0, REORGANISED_MONTH)  # a new line manager
        for chair in range(opening.people):
            if chair < OPENED_BY_TRANSFER:
                self._transfer((OPENED_FROM, 3 * chair + 1), (opening, chair), REORGANISED_MONTH)
            else:
                self._seat(self._somebody(opening, chair), opening, chair, REORGANISED_MONTH)

    def _transfer(self, old: tuple[str, int], new: tuple[DemoUnit, int], month: int) -> None:
        """Moves who sits in the old chair to the new one, and finds somebody new for the old one."""
        self._seat(self.chairs[old], *new, month)
        self._seat(self._somebody(UNIT[old[0]], old[1]), UNIT[old[0]], old[1], month)

    def _turn_over(self) -> None:
        for (code, chair), person in list(self.chairs.items()):
            if code in UNDISTURBED or not self._replaceable(code, chair) or self.rng.random() > LEAVING:
                continue
            month = self.rng.randrange(1, MONTHS_TOLD)
            if not person.settled or self.chairs[code, chair] is not person:
                continue
            person.leaves = month
            mover = self._mover_to(code) if self.rng.random() < FROM_ANOTHER_UNIT else None
            if mover:
                self._transfer(mover, (UNIT[code], chair), month)
            else:
                self._seat(self._somebody(UNIT[code], chair), UNIT[code], chair, month)

    def _mover_to(self, code: str) -> tuple[str, int] | None:
        """The chair of somebody who does like work elsewhere and has not moved yet."""
        kind = UNIT[code].kind
        place = self.rng.choice([one for one in UNITS if one.kind == kind and one.people and one.code != code])
        chair = self.rng.randrange(place.people)
        if place.code in UNDISTURBED or not self._replaceable(place.code, chair):
            return None
        return (place.code, chair) if self.chairs[place.code, chair].settled else None

    def _replaceable(self, code: str, chair: int) -> bool:
        """Those who lead stay, and so does who leads a unit above from the second chair."""
        return chair > (1 if code in LED_FROM.values() else 0)
