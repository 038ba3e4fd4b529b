"""Opening units."""

from app.core import audit, company_time
from app.extensions import db
from app.people.actions.tree import refresh_tree
from app.people.models import Unit, UnitKind, UnitVersion
from app.people.models.unit import BEGINNING


def open_company(name: str, code: str = "COMPANY") -> Unit:
    """The root of the tree. The first import of units may give it the company's own code."""
    unit = Unit(code=code, name=name, kind=UnitKind.COMPANY, parent_id=None)
    db.session.add(unit)
    db.session.flush()
    db.session.add(UnitVersion(unit_id=unit.id, name=name, kind=UnitKind.COMPANY, starts_on=BEGINNING))
    audit.record("unit.opened", "unit", unit.id, actor_id=None, after={"code": code, "name": name})
    refresh_tree(company_time.today())
    return unit
