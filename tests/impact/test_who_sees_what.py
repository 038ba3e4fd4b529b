"""The table of docs/guide/who-sees-what.md, walked: each person asks for each page of each unit."""

from dataclasses import dataclass

import pytest

from app.core.permissions import Role
from app.people.models import Account, Unit, UnitKind
from config import ROOT
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant, make_unit
from tests.impact.heard import hear_customers, publish_enps
from tests.impact.pages import words_of
from tests.people.test_deputies import lend

GUIDE = ROOT / "docs/guide/who-sees-what.md"
PAGES = ("/impact/units/{}", "/impact/units/{}/export.csv", "/impact/units/{}/export.xlsx")
GATHERING = ("/impact/", "/impact/?level=region", "/impact/?level=branch", "/impact/export.csv", "/")
DEPUTY = "deputy of "
PLACES = ("own", "above", "below", "beside", "outside")


@dataclass(frozen=True)
class Line:
    who: str
    held_on: str
    cells: dict[str, str]

    @property
    def is_deputy(self) -> bool:
        return self.who.startswith(DEPUTY)

    @property
    def role(self) -> Role:
        return Role(self.who.removeprefix(DEPUTY))

    def __str__(self) -> str:
        return f"{self.who} on {self.held_on}"


def lines() -> list[Line]:
    rows = [
        [cell.strip() for cell in line.strip("|\n ").split("|")]
        for line in GUIDE.read_text().splitlines()
        if line.startswith("| ") and not line.startswith("| who")
    ]
    return [Line(row[0], row[1], dict(zip(PLACES, row[2:], strict=True))) for row in rows]


def make_places(cast: Cast) -> dict[str, Unit]:
    """Own is N1, so that all five relations exist."""
    below = make_unit("N1T", cast.n1, UnitKind.TEAM, name="Unit N1T")
    places = {"own": cast.n1, "above": cast.north, "below": below, "beside": cast.n2, "outside": cast.s1}
    direct = {
        "own": (10, 0, 21),
        "above": (9, 1, 30),
        "below": (7, 3, 31),
        "beside": (11, 2, 25),
        "outside": (6, 5, 41),
    }
    publish_enps("2026-Q3", {unit: direct[name] for name, unit in places.items()})
    hear_customers("2026-Q3", dict.fromkeys(places.values(), (10, 20, 40)))
    return places | {"company": cast.company}


def make_person(line: Line, places: dict[str, Unit]) -> Account:
    """Works in the own unit where the table speaks of employees and trainers; the others are known by their role."""
    works_in = places["own"] if line.who in ("employee", "trainer") else None
    account = make_account("somebody@example.org", make_employee(works_in, name="Some Body"))
    holder = make_account("absent@example.org") if line.is_deputy else account
    if line.held_on != "–":
        grant = make_grant(holder, line.role, places[line.held_on])
        if line.is_deputy:
            lend(holder, account, grant=grant)
    return account


def test_the_table_speaks_of_every_role() -> None:
    assert {line.role for line in lines()} == set(Role)
    assert any(line.is_deputy for line in lines())
    assert all(set(line.cells.values()) <= {"sees", "404"} for line in lines())


@pytest.mark.parametrize("line", lines(), ids=str)
def test_each_sees_what_the_table_says(browser: Browser, cast: Cast, line: Line) -> None:
    places = make_places(cast)
    browser.sign_in(make_person(line, places))
    for name, said in line.cells.items():
        for page in PAGES:
            status = browser.get(page.format(places[name].id)).status_code
            assert status == (200 if said == "sees" else 404), f"{line}: {name} {page}"


@pytest.mark.parametrize("line", lines(), ids=str)
def test_the_gathering_pages_hold_no_other_unit(browser: Browser, cast: Cast, line: Line) -> None:
    """On every page that gathers, no name of a unit out of reach beside a number, in any level or export."""
    places = make_places(cast)
    browser.sign_in(make_person(line, places))
    unseen = [places[name].name for name, said in line.cells.items() if said == "404"]
    pages = [
        "/impact/",
        "/impact/?level=region",
        "/impact/?level=branch",
        "/impact/export.csv",
        "/impact/export.xlsx",
        "/",
    ]
    for address in pages:
        answer = browser.get(address)
        assert answer.status_code in (200, 302)
        text = answer.get_data(as_text=True) if answer.mimetype.startswith("text") else ""
        for name in unseen:
            assert f">{name}<" not in text, f"{line}: {name} on {address}"
            assert f"\n{name}," not in text, f"{line}: {name} on {address}"


@pytest.mark.parametrize("line", lines(), ids=str)
def test_hidden_is_hidden_from_everybody(browser: Browser, cast: Cast, line: Line) -> None:
    """Four people of N1 answered; their score stands nowhere, for no role, in no form."""
    publish_enps("2026-Q3", {cast.n1: (0, 1, 3), cast.n2: (5, 10, 16), cast.north: (4, 3, 5)})
    places = {"own": cast.n1, "above": cast.north, "beside": cast.n2, "outside": cast.s1, "company": cast.company}
    browser.sign_in(make_person(line, places))
    page = browser.get(f"/impact/units/{cast.n1.id}")
    assert "hidden to protect people" in words_of(page)
    for address in (page.request.path, "/impact/", "/impact/?level=branch", "/", "/impact/export.csv"):
        text = browser.get(address).get_data(as_text=True)
        assert "+75" not in text
        assert ",75," not in text
    assert "75" not in browser.get(f"/impact/units/{cast.n1.id}/export.csv").text


def test_who_works_nowhere_and_holds_nothing_sees_nothing(browser: Browser, cast: Cast) -> None:
    places = make_places(cast)
    browser.sign_in(make_account("nobody@example.org"))
    for unit in places.values():
        for page in PAGES:
            assert browser.get(page.format(unit.id)).status_code == 403


def test_a_role_that_has_ended_shows_nothing(browser: Browser, cast: Cast) -> None:
    places = make_places(cast)
    account = make_account("former@example.org")
    grant = make_grant(account, Role.MANAGER, places["above"])
    grant.ends_on = grant.starts_on.replace(year=grant.starts_on.year + 1)
    browser.sign_in(account)
    assert browser.get(f"/impact/units/{places['own'].id}").status_code == 403
