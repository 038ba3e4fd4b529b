"""What a row of the people feature says about itself."""

import pytest

from app.people.models import Account, Employee


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ewa Nowak", "EN"), ("Anna Maria Kowalska-Wójcik", "AK"), ("łucja świt", "ŁŚ"), ("Madonna", "M"), (" ", "")],
)
def test_initials_are_those_of_the_first_and_the_last_name(name: str, initials: str) -> None:
    employee = Employee(name=name)
    assert employee.initials == initials
    assert Account(name=name).initials == initials
    assert Account(name="Somebody Else", employee=employee).initials == initials
