"""The list of people: each once and in order, whichever way is taken to find them."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest

from app.core import company_time
from app.core.alphabet import plain, words_in
from app.extensions import db
from app.people.actions.words import know_jobs, know_people
from app.people.models import Assignment, Employee
from app.people.queries import listing
from app.people.queries.listing import Asked, found_people
from tests.cast import Cast
from tests.factories import LONG_AGO, make_employee

NAMES = ["Łucja Żak", "Lucyna Zając", "Anna Żak", "Ólga Ó", "Иван Ёлкин", "anna żak", "Zofia Nowak-Kowalska"]
BOUNDS = {"gathered": 1000, "walked": 0, "some of each": 5}


@pytest.fixture(params=BOUNDS)
def bound(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Few are gathered, of many the names are walked: both have to find the same."""
    monkeypatch.setattr(listing, "MOST_COUNTED", BOUNDS[request.param])
    monkeypatch.setattr(listing, "MOST_GATHERED", BOUNDS[request.param])
    for question in (listing._counts, listing._page):
        question.cache_clear()
    yield request.param
    for question in (listing._counts, listing._page):
        question.cache_clear()


@pytest.fixture
def people(cast: Cast) -> list[Employee]:
    made = [make_employee(unit, name=name) for name in NAMES for unit in (cast.n1, cast.s1)]
    for one in made[::3]:
        one.assignments[0].job = "Senior Baristka"
    know_jobs(["Senior Baristka"])
    left = make_employee(name="Anna Gone")
    yesterday = company_time.today() - timedelta(days=1)
    db.session.add(Assignment(employee=left, unit=cast.n1, starts_on=LONG_AGO, ends_on=yesterday))
    db.session.flush()
    return made


def names(q: str = "", **asked: int) -> list[str]:
    """Of all pages of three, forwards; and on the way back the same."""
    told: list[list[str]] = []
    after: int | None = None
    while True:
        found = found_people(Asked(company_time.today(), 3, q, asked.get("unit_id"), after))
        told.append([each.name for each in found.people])
        if found.after is None:
            break
        after = found.after
    back: list[list[str]] = [told[-1]]
    while found.before is not None:
        found = found_people(Asked(company_time.today(), 3, q, asked.get("unit_id"), None, found.before))
        back.append([each.name for each in found.people])
    forwards, backwards = ([name for page in pages for name in page] for pages in (told, back[::-1]))
    assert backwards == forwards
    return forwards


def test_everybody_who_works_here_stands_once_in_the_order_of_names(people: list[Employee]) -> None:
    found = names()
    assert len(found) == len(people) + 7
    assert "Anna Gone" not in found

    assert found.index("Łucja Żak") < found.index("Lucyna Zając") < found.index("Zofia Nowak-Kowalska")


@pytest.mark.parametrize(
    ("q", "count"),
    [
        ("anna", 4),
        ("ANNA ŻAK", 4),
        ("zak", 6),
        ("kowal", 2),
        ("nowak-kow", 2),
        ("ИВАН", 2),
        ("елкин", 2),
        ("bari", 5),
        ("unit s1 zak", 3),
        ("n1 anna", 2),
        ("łuc", 2 + 2),
        ("nna", 0),
        ("gone", 0),
        ("%", 0),
        ("a\0nna", 4),
    ],
)
def test_words_are_found_by_how_they_begin(people: list[Employee], bound: str, q: str, count: int) -> None:
    assert len(names(q)) == count


def test_a_unit_and_a_word_together(people: list[Employee], cast: Cast, bound: str) -> None:
    assert len(names("anna", unit_id=cast.north.id)) == 2
    assert len(names("zak", unit_id=cast.s1.id)) == 3
    assert len(names(unit_id=cast.north.id)) == len(NAMES) + 2


def test_few_are_counted_and_of_many_it_is_said_that_they_are(people: list[Employee], bound: str) -> None:
    found = found_people(Asked(company_time.today(), 3, "anna"))
    assert found.count == (None if bound == "walked" else 4)


def fits(person: Employee, work: Assignment, q: str) -> bool:
    known = words_in(person.name, person.number, work.unit.name, work.unit.code, work.job)
    return all(any(each.startswith(word) for each in known) for word in plain(q).split())


def test_a_search_finds_what_reading_everything_finds(people: list[Employee], cast: Cast, bound: str) -> None:
    chance, today = Random(3), company_time.today()
    for number in range(30):
        person = make_employee(chance.choice((cast.n1, cast.s1)), name=f"{chance.choice(NAMES)} {number % 7}")
        if number % 5 == 0:  # has worked elsewhere before
            person.assignments[0].starts_on = today
            before = Assignment(unit=cast.n1, job="Senior Baristka", starts_on=LONG_AGO, ends_on=today)
            person.assignments.append(before)
    db.session.flush()
    below = {None: None, cast.north.id: cast.n1.id, cast.s1.id: cast.s1.id}
    working = [(each, work) for each in db.session.query(Employee) for work in each.assignments if work.holds_on(today)]
    for _ in range(25):
        q = " ".join(chance.choices(["an", "zak", "3", "ba", "unit", "s1", "łuc", "n", "e"], k=chance.randint(0, 3)))
        unit_id = chance.choice(list(below))
        there = (None, *(unit for unit in (unit_id, below[unit_id]) if unit))
        wanted = [
            (one.sort_name, one.id)
            for one, work in working
            if fits(one, work, q) and (unit_id is None or work.unit_id in there)
        ]
        found = found_people(Asked(today, 100, q, unit_id))
        assert [each.id for each in found.people] == [key[1] for key in sorted(wanted)], (q, unit_id)
        assert found.count in (None, len(wanted))


def test_a_new_name_is_found_and_the_old_one_is_not(people: list[Employee]) -> None:
    people[0].name = "Helga Inna"
    know_people({people[0].id: (people[0].name, people[0].number)})
    db.session.flush()
    assert names("helga") == ["Helga Inna"]
    assert len(names("łucja")) == 1
