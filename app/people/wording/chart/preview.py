"""What a preview shows of what was foreseen, as sentences and rows of tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from app.core.formats import day as written
from app.core.texts import _, ngettext
from app.people.actions.reorganisation.foreseeing import Foreseen
from app.people.chart.wishes import Correction
from app.people.days.timeline import at
from app.people.models import Grant
from app.people.wording.chart import words
from app.people.wording.names import ROLES

MOST_ROWS = 100
Row = list[str]


@dataclass(frozen=True)
class Rows:
    """The first of them, and how many more there are."""

    shown: Sequence[Row]
    more: int


@dataclass(frozen=True)
class Preview:
    sentence: str
    when: str
    units: Rows
    people_told: str
    people: Rows
    roles: Rows
    customers: str
    effects: Sequence[str]
    digest: str


def preview(foreseen: Foreseen, today: date) -> Preview:
    drawing, units = foreseen.drawing, list(_units(foreseen))
    return Preview(
        sentence=words.sentence(foreseen.wish, drawing),
        when=words.when(foreseen.wish, today),
        units=_first(units, len(units)),
        people_told=_people_told(foreseen),
        people=_first((
            [each.post.person, drawing.name(each.post.unit, each.since), drawing.name(each.to, each.since),
             written(max(each.since, each.post.starts_on))]
            for each in foreseen.transfers
        ), len(foreseen.transfers)),
        roles=_first(_roles(foreseen), sum(map(len, (foreseen.ending, foreseen.reach.lost, foreseen.reach.gained)))),
        customers=words.about_customers(foreseen.wish),
        effects=[effect.sentence for effect in foreseen.effects],
        digest=foreseen.digest,
    )  # fmt: skip


def _first(rows: Iterable[Row], count: int) -> Rows:
    """What is not shown is not put into words either."""
    shown = list(islice(rows, MOST_ROWS))
    return Rows(shown, count - len(shown))


def _units(foreseen: Foreseen) -> Iterator[Row]:
    """Each unit that changes, each day on which it does, each thing that is another then."""
    drawing = foreseen.drawing
    for key, timeline in drawing.changed.items():
        known = drawing.before.get(key, {})
        days = {start for start in timeline} | {span.ends_on for span in timeline.values() if span.ends_on}
        for day in sorted(days):
            before, after = at(known, day), at(timeline, day)
            if before != after:
                name = before.name if before else drawing.name(key, day)
                for label, old, new in words.differences(before, after, drawing, day):
                    yield [name, words.since(day), label, old, new]


def _people_told(foreseen: Foreseen) -> str:
    count = len({each.post.employee_id for each in foreseen.transfers})
    if not count:
        if isinstance(foreseen.wish, Correction):
            return _("Nobody's work changes.")
        return _("Nobody gets a new assignment: people go where their unit goes.")
    told = ngettext("%(num)s person gets a new assignment.", "%(num)s people get a new assignment.", count)
    later = sum(each.begins_later for each in foreseen.transfers)
    if later:
        told += " " + ngettext(
            "Of these, %(num)s assignment begins only later, in the other unit at once.",
            "Of these, %(num)s assignments begin only later, in the other unit at once.",
            later,
        )
    return told


def _roles(foreseen: Foreseen) -> Iterator[Row]:
    ends = _("ends on %(day)s", day=written(foreseen.roles_end_on))
    for grants, fate in (
        (foreseen.ending, ends),
        (foreseen.reach.lost, _("stays, and reaches no longer here")),
        (foreseen.reach.gained, _("stays, and reaches here too from then on")),
    ):
        for grant in grants:
            yield [_holder(grant), str(ROLES[grant.role]), grant.unit.name, fate]


def _holder(grant: Grant) -> str:
    return grant.account.display_name
