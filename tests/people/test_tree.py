from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Unit
from tests.cast import Cast


def test_a_role_reaches_the_units_below_it(cast: Cast) -> None:
    reached = db.session.scalars(Unit.visible_to(cast.hanna, Permission.IMPACT_READ)).all()
    assert {unit.code for unit in reached} == {"COMPANY", "NORTH", "SOUTH", "N1", "N2", "S1"}


def test_an_employee_reaches_the_own_unit_only(cast: Cast) -> None:
    reached = db.session.scalars(Unit.visible_to(cast.ewa, Permission.IMPACT_READ)).all()
    assert {unit.code for unit in reached} == {"N1"}
