"""A small random company that publishes by the real buttons: several questions, two quarters, and a move between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

import sqlalchemy as sa

from app.core import clock, company_time, installation, settings
from app.core.imports import Scale
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.tree import refresh_tree
from app.people.models import Account, Unit, UnitKind, UnitVersion
from app.pulse.models import DraftSet
from app.results.models import ResultSet
from tests.browser_check import Browser
from tests.factories import make_account, make_employee, make_grant, make_unit
from tests.impact.heard import hear_customers, hear_means
from tests.pulse.files import as_shown, bring, means
from tests.stats.organisations import random_tree

K = 5
MOVED_ON = date(2026, 4, 15)
HEADS = "unit_code,period,question,promoters,passives,detractors,headcount"
Tree = dict[int, int | None]
Answers = dict[int, list[int]]  # by unit: bands 0 to 2, or scores 0 to 10 where only means are told


@dataclass
class Company:
    chance: Random
    before: Tree
    after: Tree
    units: dict[int, Unit]
    people: dict[str, Account]
    victim: int  # the unit of somebody whose answer is left out of a second set
    answers: dict[tuple[str, str], Answers] = field(default_factory=dict)


def found(seed: int) -> Company:
    chance = Random(seed)
    tree = next(tree for tree in iter(lambda: random_tree(chance), None) if 6 <= len(tree) <= 9)
    installation.become(installation.InstallationKind.COMPANY, clock.now())
    settings.set_company("reporting_threshold", K, actor_id=None)
    units: dict[int, Unit] = {}
    for node, parent in tree.items():
        kind = UnitKind.COMPANY if parent is None else UnitKind.REGION if parent == 0 else UnitKind.BRANCH
        units[node] = make_unit(f"U{node}", units[parent] if parent is not None else None, kind)
    after = _reorganised(tree, chance)
    company = Company(chance, tree, after, units, _people(units, chance), victim=0)
    sizes = {node: _size(node, tree, chance) for node in tree}
    for measure, quarter in (("enps", "2026-Q1"), ("empathy", "2026-Q1"), ("enps", "2026-Q2")):
        company.answers[measure, quarter] = {node: _bands(size, chance) for node, size in sizes.items()}
    company.answers["advocacy", "2026-Q1"] = {node: _scores(size, chance) for node, size in sizes.items()}
    company.victim = chance.choice([node for node, size in sizes.items() if size > 1])
    for quarter in ("2026-Q1", "2026-Q2"):
        hear_customers(quarter, {unit: (3, 5, 9 + node) for node, unit in units.items()})
    hear_means("2026-Q1", {unit: (7 + node / 10, 30) for node, unit in units.items()})
    return company


def _size(node: int, tree: Tree, chance: Random) -> int:
    """Nasty: heads answer alone, teams are about as large as the threshold, few are told exactly."""
    return chance.choice((0, 1, 2)) if node in tree.values() else chance.choice((2, 3, 4, 5, 6, 8, 12, 24))


def _bands(size: int, chance: Random) -> list[int]:
    mood = chance.choice(((1, 1, 1), (1, 1, 8), (8, 1, 1), (0, 0, 1), (0, 1, 0)))
    return chance.choices(range(3), weights=mood, k=size - (chance.random() < 0.3 and size > 1))


def _scores(size: int, chance: Random) -> list[int]:
    return chance.choice([[10] * size, [chance.randint(0, 10) for _ in range(size)]])


def _reorganised(tree: Tree, chance: Random) -> Tree:
    """One lowest unit hangs elsewhere from the spring on."""
    leaves = [node for node, parent in tree.items() if node not in tree.values() and parent is not None]
    moved = chance.choice(leaves)
    inside = sorted({parent for parent in tree.values() if parent is not None} - {tree[moved]})
    return tree | {moved: chance.choice(inside or [0])}


def move(company: Company) -> None:
    for node, parent in company.after.items():
        if parent == company.before[node]:
            continue
        unit = company.units[node]
        version = db.session.scalars(sa.select(UnitVersion).where(UnitVersion.unit_id == unit.id)).one()
        version.ends_on, parent_id = MOVED_ON, company.units[parent].id if parent is not None else None
        again = UnitVersion(unit_id=unit.id, name=unit.name, kind=unit.kind, parent_id=parent_id, starts_on=MOVED_ON)
        db.session.add(again)
    refresh_tree(company_time.today())


def _people(units: Mapping[int, Unit], chance: Random) -> dict[str, Account]:
    """Each role on the company, and those who see a part of it."""
    inner, leaf, other = (units[chance.choice(list(units))] for _ in range(3))
    held = {
        "hr": (Role.HR, units[0]), "administrator": (Role.ADMINISTRATOR, units[0]), "cx_lead": (Role.CX_LEAD, units[0]),
        "leadership": (Role.LEADERSHIP, units[0]), "manager": (Role.MANAGER, inner), "trainer": (Role.TRAINER, other),
        "hr of a part": (Role.HR, inner),
    }  # fmt: skip
    people = {"employee": make_account("employee@example.org", make_employee(leaf, name="Em Ployee"))}
    for number, (name, (role, unit)) in enumerate(held.items()):
        works = make_employee(other if role is Role.TRAINER else unit, name=f"Person P{number}")
        people[name] = make_account(f"p{number}@example.org", works)
        make_grant(people[name], role, unit)
    return people


def tell(
    company: Company, measure: str, quarter: str, folder: Path, *, period: str = "", but_one: bool = False
) -> None:
    """Bring the answers as a file; `but_one` leaves the victim's out."""
    answers = {node: list(each) for node, each in company.answers[measure, quarter].items()}
    if but_one:
        answers[company.victim].pop()
    if measure == "advocacy":
        rows = [
            f"U{node},{quarter},advocacy,{sum(each) / len(each)},{len(each)}" for node, each in answers.items() if each
        ]
        scale: Scale | None = means()
        head = "unit_code,period,question,mean,n"
    else:
        rows, scale, head = [], None, HEADS
        for node, each in answers.items():
            low, middle, high = (each.count(band) for band in range(3))
            rows.append(f"U{node},{period or quarter},{measure},{high},{middle},{low},{len(each) + node % 3}")
    bring(folder, "\n".join([head, *rows]), scale=scale, actor_id=company.people["administrator"].id)


def publish_all(company: Company, browser: Browser) -> None:
    """Press every button there is; what the product refuses, it refuses."""
    browser.sign_in(company.people["hr"])
    for draft_id in db.session.scalars(sa.select(DraftSet.id)).all():
        browser.post(f"/pulse/drafts/{draft_id}/publication", data=as_shown(draft_id))


def withdraw(measure: str, company: Company, browser: Browser) -> None:
    browser.sign_in(company.people["hr"])
    for set_id in db.session.scalars(sa.select(ResultSet.id).where(ResultSet.measure == measure)).all():
        browser.post(f"/pulse/sets/{set_id}/withdrawal")
