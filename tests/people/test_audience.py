from datetime import date

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.permissions import Role
from app.extensions import db
from app.people.models import Audience, AudienceRule, UnitVersion
from app.people.queries import people_in
from tests.cast import Cast
from tests.factories import make_employee, make_grant

EVERYBODY = {"Ewa", "Marek", "Hanna", "Leon", "Celina", "Adam", "Obcy"}


def names(*rules: AudienceRule, day: date | None = None) -> set[str]:
    audience = Audience(rules=list(rules))
    db.session.add(audience)
    db.session.flush()
    people = db.session.scalars(people_in(audience, day or clock.now().date())).all()
    assert len(people) == len(set(people)), "nobody twice"
    return {person.name for person in people}


def test_without_rules_it_is_everybody(cast: Cast) -> None:
    assert names() == EVERYBODY


def test_a_unit_means_its_subtree(cast: Cast) -> None:
    assert names(AudienceRule(unit_id=cast.north.id)) == {"Ewa", "Marek"}


def test_conditions_of_one_rule_hold_together(cast: Cast) -> None:
    assert names(AudienceRule(unit_id=cast.north.id, role=Role.MANAGER)) == {"Marek"}
    assert names(AudienceRule(unit_id=cast.south.id, role=Role.MANAGER)) == set()


def test_one_of_several_rules_is_enough(cast: Cast) -> None:
    assert names(AudienceRule(unit_id=cast.n1.id), AudienceRule(role=Role.HR)) == {"Ewa", "Marek", "Hanna"}


def test_a_role_that_ended_counts_no_more(cast: Cast) -> None:
    make_grant(cast.ewa, Role.TRAINER, cast.n1, ends_on=date(2020, 1, 1))
    assert names(AudienceRule(role=Role.TRAINER)) == set()
    assert names(AudienceRule(role=Role.TRAINER), day=date(2019, 1, 1)) == {"Ewa"}


def test_what_is_excluded_wins(cast: Cast) -> None:
    rules = AudienceRule(unit_id=cast.company.id), AudienceRule(unit_id=cast.north.id, is_included=False)
    assert names(*rules) == EVERYBODY - {"Ewa", "Marek"}


def test_only_exclusions_exclude_from_everybody(cast: Cast) -> None:
    assert names(AudienceRule(role=Role.HR, is_included=False)) == EVERYBODY - {"Hanna"}


def test_everybody_who_is_assigned_is_an_employee(cast: Cast) -> None:
    assert names(AudienceRule(role=Role.EMPLOYEE)) == EVERYBODY


def test_the_language_one_chose_comes_before_the_one_written_down(cast: Cast) -> None:
    assert cast.ewa.employee
    assert cast.marek.employee
    cast.ewa.employee.language = cast.marek.employee.language = "pl"
    cast.marek.language = "ru"
    make_employee(cast.n1, name="Without account").language = "pl"
    assert names(AudienceRule(language="pl")) == {"Ewa", "Without account"}
    assert names(AudienceRule(language="pl", is_included=False)) == EVERYBODY - {"Ewa"}


def test_places_and_jobs(cast: Cast) -> None:
    version = db.session.scalars(sa.select(UnitVersion).where(UnitVersion.unit_id == cast.n1.id)).one()
    version.location = "Gdańsk"
    assert cast.ewa.employee
    cast.ewa.employee.assignments[0].job = "Adviser"
    assert names(AudienceRule(location="Gdańsk")) == {"Ewa", "Marek"}
    assert names(AudienceRule(location="Gdańsk", job="Adviser")) == {"Ewa"}
    assert names(AudienceRule(location="Gdynia")) == set()


@pytest.mark.parametrize(("day", "there"), [(date(2014, 12, 31), False), (date(2015, 1, 1), True)])
def test_only_who_works_here_that_day(cast: Cast, day: date, there: bool) -> None:
    assert (names(day=day) == EVERYBODY) is there
