"""Pages of a tree of 10,000 units and 100,000 people: those of the directory beside the floor, and what else has to go
through all of it, by itself.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.company import signed_in
from bench.databases import database_for
from bench.large import PASSWORD, first_of, large_company_in, unit_of
from bench.pages import beside_the_floor, floor_environment
from bench.servers import serving

BRANCH, DEPARTMENT, REGION, COMPANY = (first_of(kind) for kind in ("branch", "department", "region", "company"))
SOMEBODY = 54_321
PEOPLE_LIST, LIMIT = "/people/employees", 3
PAGES = {
    "unit page, a branch": f"/people/units/{unit_of(SOMEBODY)}",
    "unit page, a department": f"/people/units/{DEPARTMENT}",
    "unit page, a region": f"/people/units/{REGION}",
    "unit page, the company": f"/people/units/{COMPANY}",
    "people list": PEOPLE_LIST,
    "people list, from the middle": f"{PEOPLE_LIST}?after={SOMEBODY}",
    "people of a region": f"{PEOPLE_LIST}?unit={REGION}",
    "people of a region, later": f"{PEOPLE_LIST}?unit={REGION}&after={SOMEBODY}",
    "search people by name": f"{PEOPLE_LIST}?q=koz%C5%82ow",
    "search people by two words": f"{PEOPLE_LIST}?q=anna+zaj%C4%85c",
    "search people by number": f"{PEOPLE_LIST}?q=E054321",
    "search people for nothing": f"{PEOPLE_LIST}?q=zzzzzz",
    "search people in a region": f"{PEOPLE_LIST}?q=koz%C5%82ow&unit={REGION}",
    "search units": "/people/units?q=rynek",
    "search units by code": "/people/units?q=U-04321",
}


def measure() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name, database_for("company") as url, database_for("floor") as floor_url:
        folder = Path(name)
        environment = large_company_in(folder / "company", url)
        yield from beside(environment, floor_environment(folder, floor_url))


def beside(environment: dict[str, str], floor_says: dict[str, str]) -> Iterator[str]:
    with (
        signed_in(environment, f"person{SOMEBODY + 1}@example.org", PASSWORD) as product,
        serving("bench.floor:app", floor_says, "/sign-in") as floor,
    ):
        for title, path in PAGES.items():
            yield beside_the_floor(title, product, floor, path).line()
