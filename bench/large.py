"""A company of 10,000 units and 100,000 people, written straight into its tables: an import of that size takes longer.

One company, 20 regions of 20 departments, and some 24 branches in each department; most people in the branches, and
2,000 in the head office. What gathers over the years is there too: renamed and moved units, people who have left, roles
on every unit, sessions, invitations, the audit log of it all.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from app import create_app
from app.core.alphabet import plain, words_in
from app.core.audit import hashing
from app.demo.story.names import FEMALE, MALE, POLISH_FIRST, POLISH_LAST
from app.extensions import Base
from bench.company import installation_in
from config import ROOT

UNITS, PEOPLE, LEAVERS, ENTRIES = 10_000, 100_000, 5_000, 200_000
REGIONS, DEPARTMENTS, HEAD_OFFICE, AT_HEAD_OFFICE = 20, 20, 2, 2_000
ADMINISTRATOR, PASSWORD = "admin@example.org", "Long enough for a bench of ours"
JOBS = ("Cashier", "Adviser", "Barista", "Driver", "Team leader")
SINCE, NOW = date(2015, 1, 1), datetime.now(UTC)
Row = dict[str, Any]

assert create_app


def large_company_in(folder: Path, database_url: str = "") -> dict[str, str]:
    """What the environment of its processes has to say."""
    environment = installation_in(folder, database_url)
    administrator_in(environment)
    engine = _engine(environment)
    with engine.begin() as connection:
        _fill(connection)
    _command(environment, "jobs", "run", "people.refresh_tree")  # as midnight would: it counts heads
    if engine.dialect.name == "postgresql":  # as its own house-keeping would within minutes
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))
    engine.dispose()
    return environment


def administrator_in(environment: dict[str, str]) -> None:
    """The first, who makes an empty installation a company's own."""
    _command(environment, "admin", "create", ADMINISTRATOR, typed=PASSWORD)


def _command(environment: dict[str, str], *words: str, typed: str = "") -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    told = {**os.environ, **environment}
    subprocess.run(command, cwd=ROOT, env=told, check=True, stdout=subprocess.DEVNULL, input=typed.encode())


def stored_hash(environment: dict[str, str]) -> str:
    """Of the administrator's password."""
    with _engine(environment).connect() as connection:
        return str(connection.scalar(sa.select(_table("account").c.password_hash).order_by(_table("account").c.id)))


def _engine(environment: dict[str, str]) -> sa.Engine:
    return sa.create_engine(environment["DATABASE_URL"] or f"sqlite:///{environment['REZONANS_DATA']}/rezonans.sqlite")


def _fill(connection: sa.Connection) -> None:
    stored = connection.scalar(sa.select(_table("account").c.password_hash))
    parents = dict(_parents())
    tables: dict[str, Iterator[Row]] = {
        "unit": _units(parents),
        "unit_version": _versions(parents),
        "unit_tree": _tree(parents),
        "unit_word": _unit_words(parents),
        "employee": _employees(),
        "employee_word": _employee_words(),
        "job_word": ({"word": word, "job": job} for job in JOBS for word in words_in(job)),
        "assignment": _assignments(parents),
        "account": _accounts(str(stored)),
        "role_grant": _grants(),
        "account_session": _sessions(),
        "way_in": _ways_in(),
    }
    for name, rows in tables.items():
        _insert(connection, name, rows)
    _fill_log(connection)
    if connection.dialect.name == "postgresql":
        for name in ("unit", "employee", "account", "audit_entry"):  # their rows came with numbers
            connection.execute(sa.text(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))"))


def _table(name: str) -> sa.Table:
    return Base.metadata.tables[name]


def _insert(connection: sa.Connection, name: str, rows: Iterator[Row]) -> None:
    found = list(rows)
    for start in range(0, len(found), 10_000):
        connection.execute(sa.insert(_table(name)), found[start : start + 10_000])


def _parents() -> Iterator[tuple[int, int]]:
    """Unit 1 is the company, 2 the head office, then regions, departments, and branches in turn."""
    yield HEAD_OFFICE, 1
    first_region = HEAD_OFFICE + 1
    first_department = first_region + REGIONS
    first_branch = first_department + REGIONS * DEPARTMENTS
    for unit in range(first_region, UNITS + 1):
        if unit < first_department:
            yield unit, 1
        elif unit < first_branch:
            yield unit, first_region + (unit - first_department) % REGIONS
        else:
            yield unit, first_department + (unit - first_branch) % (REGIONS * DEPARTMENTS)


def first_of(kind: str) -> int:
    """The id of the first unit of this kind."""
    return {"company": 1, "region": 3, "department": 3 + REGIONS, "branch": 3 + REGIONS + REGIONS * DEPARTMENTS}[kind]


def code_of(unit: int) -> str:
    return f"U-{unit:05}"


def _kind(unit: int) -> str:
    kinds = [kind for kind in ("region", "department", "branch") if unit >= first_of(kind)]
    return kinds[-1] if kinds else "department"


def _name(unit: int) -> str:
    words = ("Rynek", "Dworzec", "Nowe Miasto", "Port", "Zamek", "Ogrody", "Młyn", "Przystań", "Wzgórze", "Łąki")
    return f"{words[unit % len(words)]} {unit}"


def _units(parents: dict[int, int]) -> Iterator[Row]:
    for unit, parent in parents.items():
        row = {"id": unit, "code": code_of(unit), "name": _name(unit), "kind": _kind(unit)}
        yield {**row, "parent_id": parent, "is_open": True}


def _versions(parents: dict[int, int]) -> Iterator[Row]:
    """Every tenth was called otherwise once, every fiftieth hung in another department."""
    for unit, parent in parents.items():
        now = {"unit_id": unit, "name": _name(unit), "kind": _kind(unit), "parent_id": parent, "location": "Kraków"}
        starts_on = SINCE
        if unit % 10 == 0:
            starts_on = date(2024, 4, 1)
            before = parent + 1 if unit % 50 == 0 and _kind(unit) == "branch" else parent
            yield {**now, "name": f"Old {unit}", "parent_id": before, "starts_on": SINCE, "ends_on": starts_on}
        yield {**now, "starts_on": starts_on, "ends_on": None}


def _tree(parents: dict[int, int]) -> Iterator[Row]:
    for unit in parents:
        yield {"ancestor_id": unit, "descendant_id": unit, "depth": 0}
        above, depth = unit, 0
        while above in parents:
            above, depth = parents[above], depth + 1
            yield {"ancestor_id": above, "descendant_id": unit, "depth": depth}


def _unit_words(parents: dict[int, int]) -> Iterator[Row]:
    for unit in parents:
        yield from ({"unit_id": unit, "word": word} for word in words_in(_name(unit), code_of(unit)))


def _employee_words() -> Iterator[Row]:
    for person in _employees():
        words = words_in(person["name"], person["number"])
        yield from ({"employee_id": person["id"], "word": word} for word in words)


def _employees() -> Iterator[Row]:
    chance = Random(7)
    first, last = (POLISH_FIRST[FEMALE] + POLISH_FIRST[MALE]).split(), POLISH_LAST.split()
    for person in range(1, PEOPLE + LEAVERS + 1):
        left = date(2025, 1, 1) if person > PEOPLE else None
        name = f"{chance.choice(first)} {chance.choice(last)}"
        yield {
            "id": person, "number": f"E{person:06}", "email": f"person{person}@example.org" if person % 3 else None,
            "name": name, "sort_name": plain(name), "starts_on": SINCE, "ends_on": left,
        }  # fmt: skip


def unit_of(person: int) -> int:
    if person <= AT_HEAD_OFFICE:
        return HEAD_OFFICE
    return HEAD_OFFICE + 1 + (person - AT_HEAD_OFFICE - 1) % (UNITS - HEAD_OFFICE)


def _manager_of(unit: int) -> int:
    """The first who works there."""
    return 1 if unit <= HEAD_OFFICE else AT_HEAD_OFFICE + unit - HEAD_OFFICE


def _assignments(parents: dict[int, int]) -> Iterator[Row]:
    for employee in _employees():
        person = employee["id"]
        unit = unit_of(person)
        manager = _manager_of(unit) if _manager_of(unit) != person else _manager_of(parents[unit])
        row = {
            "employee_id": person, "unit_id": unit, "job": JOBS[person % len(JOBS)],
            "line_manager_id": manager if manager != person else None, "sort_name": employee["sort_name"],
        }  # fmt: skip
        starts_on = SINCE
        if person % 5 == 0:
            starts_on = date(2023, 7, 1)
            yield {**row, "unit_id": unit_of(person + 1), "starts_on": SINCE, "ends_on": starts_on}
        yield {**row, "starts_on": starts_on, "ends_on": date(2025, 1, 1) if person > PEOPLE else None}


def account_of(person: int) -> int:
    return person + 1


def _accounts(stored: str) -> Iterator[Row]:
    """One in ten has not come in yet."""
    for person in range(1, PEOPLE + 1):
        yield {
            "id": account_of(person), "email": f"person{person}@example.org" if person % 3 else None,
            "name": f"Person {person}", "employee_id": person, "created_at": NOW, "is_service": False,
            "password_hash": stored if person % 10 else None,
        }  # fmt: skip


def _grants() -> Iterator[Row]:
    """Who works first in a unit leads it; each region has its HR, the company a CX lead and two of the leadership."""
    given = {"starts_on": SINCE, "granted_at": NOW, "granted_by_id": 1, "reason": "since the beginning"}
    for unit in range(HEAD_OFFICE, UNITS + 1):
        yield {**given, "account_id": account_of(_manager_of(unit)), "role": "manager", "unit_id": unit}
    for region in range(first_of("region"), first_of("department")):
        yield {**given, "account_id": account_of(100 + region), "role": "hr", "unit_id": region}
    for person, role in ((201, "cx_lead"), (202, "leadership"), (203, "leadership")):
        yield {**given, "account_id": account_of(person), "role": role, "unit_id": 1}


def _sessions() -> Iterator[Row]:
    for number in range(1, 30_001):
        secret = number.to_bytes(32, "big")
        row = {"account_id": account_of(number), "token_hash": secret, "device": "Firefox", "signed_in_at": NOW}
        yield {**row, "seen_at": NOW, "ends_at": NOW + timedelta(days=30)}


def _ways_in() -> Iterator[Row]:
    """Half of those who have not come in yet were invited."""
    for person in range(20, PEOPLE + 1, 20):
        row = {"account_id": account_of(person), "kind": "invitation", "asked_at": NOW, "minted_at": NOW}
        hashed = {"token_hash": person.to_bytes(32, "big"), "tied_to": bytes(32), "ends_at": NOW + timedelta(days=2)}
        yield {**row, **hashed, "asked_by_id": 1, "sent_at": NOW}


def _fill_log(connection: sa.Connection) -> None:
    """As an import of everybody, and a year of moves, would have left it; the chain is whole."""
    entries, values, links = [], [], []
    head = connection.execute(sa.select(_table("audit_head").c.position, _table("audit_head").c.hash)).one()
    first = (connection.scalar(sa.select(sa.func.max(_table("audit_entry").c.id))) or 0) + 1
    position, last = head
    for entry in range(first, first + ENTRIES):
        person, action = 1 + entry % PEOPLE, "employee.created" if entry <= PEOPLE else "employee.moved"
        facts = (NOW, 1, action, "employee", person)
        unit, salt = str(unit_of(person)), bytes(hashing.SALT)
        bound = hashing.commitment(salt, "unit_id", None, unit)
        position, digest = position + 1, hashing.digest(facts, [bound])
        last = hashing.link(last, position, entry, digest)
        names = ("at", "actor_id", "action", "subject_kind", "subject_id")
        entries.append({"id": entry, **dict(zip(names, facts, strict=True))})
        values.append({"entry_id": entry, "field": "unit_id", "after": unit, "salt": salt, "commitment": bound})
        links.append({"position": position, "entry_id": entry, "hash": last})
    for name, rows in {"audit_entry": entries, "audit_value": values, "audit_link": links}.items():
        _insert(connection, name, iter(rows))
    connection.execute(sa.update(_table("audit_head")).values(position=position, hash=last))
