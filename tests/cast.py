"""The people of the tests: each with a role, in a small company of two regions.

COMPANY ─ NORTH ─ N1 (Ewa works here, Marek manages it), N2
        └ SOUTH ─ S1 (the stranger works here)
"""

from dataclasses import dataclass

from app.core import clock, installation
from app.core.permissions import Role
from app.people.models import Account, Unit, UnitKind
from tests.factories import make_account, make_employee, make_grant, make_unit


@dataclass
class Cast:
    company: Unit
    north: Unit
    south: Unit
    n1: Unit
    n2: Unit
    s1: Unit
    ewa: Account
    marek: Account
    hanna: Account
    leon: Account
    celina: Account
    adam: Account
    stranger: Account

    def everybody(self) -> dict[str, Account]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Account)}


def make_cast() -> Cast:
    installation.become(installation.InstallationKind.COMPANY, clock.now())
    company = make_unit("COMPANY", kind=UnitKind.COMPANY, name="Firma")
    north = make_unit("NORTH", company, UnitKind.REGION)
    south = make_unit("SOUTH", company, UnitKind.REGION)
    n1, n2, s1 = make_unit("N1", north), make_unit("N2", north), make_unit("S1", south)
    return Cast(
        company, north, south, n1, n2, s1,
        ewa=_person("ewa", n1),
        marek=_person("marek", n1, Role.MANAGER, n1),
        hanna=_person("hanna", company, Role.HR, company),
        leon=_person("leon", company, Role.LEADERSHIP, company),
        celina=_person("celina", company, Role.CX_LEAD, company),
        adam=_person("adam", company, Role.ADMINISTRATOR, company),
        stranger=_person("obcy", s1),
    )  # fmt: skip


def _person(name: str, works_in: Unit, role: Role | None = None, on: Unit | None = None) -> Account:
    email = f"{name}@example.org"
    employee = make_employee(works_in, name=name.title(), email=email)
    account = make_account(email, employee, name=name.title())
    if role and on:
        make_grant(account, role, on)
    return account
