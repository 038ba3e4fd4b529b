"""Whom it is about: an account, an employee, or both of the same person."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Account, Employee
from app.people.queries.directory import containing
from app.privacy.models import Erasure


@dataclass(frozen=True)
class Subject:
    account: Account | None
    employee: Employee | None

    @property
    def account_id(self) -> int | None:
        return self.account.id if self.account else None

    @property
    def employee_id(self) -> int | None:
        return self.employee.id if self.employee else None

    @property
    def kind(self) -> str:
        return "employee" if self.employee else "account"

    @property
    def row_id(self) -> int:
        found = self.employee_id or self.account_id
        assert found is not None
        return found

    @property
    def name(self) -> str:
        row = self.employee or self.account
        assert row is not None
        return row.name

    def ids(self) -> Iterator[tuple[str, int]]:
        """Which ids name this person, by the table they are of."""
        for kind, found in (("account", self.account_id), ("employee", self.employee_id)):
            if found is not None:
                yield kind, found

    def in_log(self) -> sa.ColumnElement[bool]:
        """Entries of the log about this person."""
        told = [sa.and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id == found) for kind, found in self.ids()]
        return sa.or_(sa.false(), *told)


def of_account(account: Account) -> Subject:
    return Subject(account, account.employee)


def of_employee(employee: Employee) -> Subject:
    return Subject(db.session.scalar(sa.select(Account).where(Account.employee_id == employee.id)), employee)


def subject_of(erasure: Erasure) -> Subject:
    """Whom it was about, by ids."""
    account = db.session.get(Account, erasure.account_id) if erasure.account_id else None
    return Subject(account, db.session.get(Employee, erasure.employee_id) if erasure.employee_id else None)


def subject_for(person: Account, permission: Permission, kind: str, row_id: int) -> Subject | None:
    """Only for who holds it on the whole company: what is held about somebody lies in every part of it."""
    if not person.holds_on_company(permission):
        return None
    if kind == "employee":
        employee = db.session.get(Employee, row_id)
        return of_employee(employee) if employee else None
    account = db.session.get(Account, row_id)
    return of_account(account) if account else None


def erasure_of(subject: Subject) -> Erasure | None:
    same = [getattr(Erasure, f"{kind}_id") == found for kind, found in subject.ids()]
    return db.session.scalar(sa.select(Erasure).where(sa.or_(*same)).limit(1))


def erasures(person: Account) -> sa.Select[Erasure]:
    """The newest first; the list is the whole company's."""
    reached = sa.literal(person.holds_on_company(Permission.PERSON_EXPORT))
    return sa.select(Erasure).where(reached).order_by(Erasure.id.desc())


def matching_people(person: Account, q: str) -> sa.Select[int | None, int | None, str, str | None]:
    """Everybody of whom something is held, also who has left or never worked here: employee, account, name, e-mail."""
    name = sa.func.coalesce(Employee.name, Account.name)
    email = sa.func.coalesce(Employee.email, Account.email)
    joined = sa.join(Employee, Account, Account.employee_id == Employee.id, full=True)
    found = sa.select(Employee.id, Account.id, name, email).select_from(joined)
    texts = [sa.func.coalesce(each, "") for each in (name, email, Employee.number)]
    reached = sa.literal(person.holds_on_company(Permission.PERSON_EXPORT))
    return found.where(reached, containing(q, *texts)).order_by(name, Employee.id, Account.id)
