"""What a file of people would make of the roster: each person as they are, and as they would be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from app.core.imports import N_, Accepted, Message, Outcome, Refusal
from app.people.actions.roster import Person, PersonChange, Work
from app.people.chart.versions import key_of
from app.people.days.timeline import Span, at, merged, opening_at, presence
from app.people.imports.employee_rows import EmployeeRow
from app.people.imports.roster import GrantKey, Roster
from app.people.models.unit import BEGINNING

EMAIL_TAKEN = N_("This e-mail address belongs to somebody else, with the employee number “%(number)s”.")
TWO_EMAILS = N_("On line %(line)s the same person has another e-mail address.")
TWO_NUMBERS = N_("On line %(line)s the same e-mail address has another employee number.")
TWICE = N_(
    "This person stands already on line %(line)s with the same first day, and the rows differ. Keep the right one."
)


def who_is_who(rows: Sequence[EmployeeRow], roster: Roster) -> tuple[dict[int, str], list[Refusal]]:
    """The key of the person of each row, by line; rows whose number and address are of two people are refused."""
    keys: dict[int, str] = {}
    refused: list[Refusal] = []
    emails: dict[str, tuple[str, int]] = {}
    numbers: dict[str, tuple[str, int]] = {}
    for row in rows:
        number = row.number.casefold()
        other_email = emails.setdefault(number, (row.email, row.line)) if number and row.email else None
        other_number = numbers.setdefault(row.email, (number, row.line)) if number and row.email else None
        if other_email and other_email[0] != row.email:
            refused.append(_refusal(row, "email", row.email, TWO_EMAILS, line=str(other_email[1])))
        elif other_number and other_number[0] != number:
            refused.append(_refusal(row, "employee_number", row.number, TWO_NUMBERS, line=str(other_number[1])))
        elif (taken := _taken(row, roster)) is not None:
            refused.append(taken)
        else:
            keys[row.line] = ""
    for row in rows:
        if row.line in keys:
            number = row.number.casefold() or numbers.get(row.email, ("", 0))[0]
            known = roster.by_number.get(number) or roster.by_email.get(row.email)
            keys[row.line] = known or (f"number {number}" if number else f"email {row.email}")
    return keys, refused


def _taken(row: EmployeeRow, roster: Roster) -> Refusal | None:
    """Number and address lead to two people, or an address whose owner has another number."""
    by_number, by_email = roster.by_number.get(row.number.casefold()), roster.by_email.get(row.email)
    if by_email is None or not row.number or by_number == by_email:
        return None
    owner = roster.people[by_email].number
    if by_number is None and owner is None:
        return None
    return _refusal(row, "email", row.email, EMAIL_TAKEN, number=owner or "")


class EmployeePlan:
    """The roster with the rows of a file merged into it. Keys of rows are settled once, before."""

    def __init__(self, roster: Roster, rows: Sequence[EmployeeRow], keys: dict[int, str], today: date) -> None:
        self.roster, self.rows, self.keys, self.today = roster, rows, keys, today
        self.by_email = roster.by_email | {row.email: keys[row.line] for row in rows if row.email}
        self.by_number = roster.by_number | {row.number.casefold(): keys[row.line] for row in rows if row.number}
        self.starts = {row.line: row.starts_on or self._start_of(row) for row in rows}
        self.of_person: dict[str, list[EmployeeRow]] = {}
        for row in sorted(rows, key=lambda row: self.starts[row.line]):
            self.of_person.setdefault(keys[row.line], []).append(row)

    def _start_of(self, row: EmployeeRow) -> date:
        """Without a date a row speaks of today's work; who is new has been there since the unit was."""
        known = self.roster.start_of_work(self.keys[row.line], self.today)
        unit = self.roster.tree.versions.get(key_of(row.unit), {})
        return known or opening_at(unit, self.today) or min(unit, default=BEGINNING)

    def manager_key(self, row: EmployeeRow) -> str | None:
        text = (row.manager or "").casefold()
        return self.by_email.get(text) or self.by_number.get(text)

    @cached_property
    def changes(self) -> dict[str, PersonChange]:
        """Only sound once every row has a unit and a manager that are known."""
        return {key: self._change(key, rows) for key, rows in self.of_person.items()}

    def _change(self, key: str, rows: Sequence[EmployeeRow]) -> PersonChange:
        known = self.roster.work.get(key, {})
        after = merged(known, {self.starts[row.line]: Span(row.ends_on, self.work(row)) for row in rows})
        person = self.person(key, rows)
        account_id = self.account_of(key, rows)
        return PersonChange(
            key=key,
            employee_id=self.roster.ids.get(key),
            account_id=account_id,
            before=self.roster.people.get(key),
            after=replace(person, starts_on=min(after), ends_on=presence(after, self.today)),
            work_before=known,
            work_after=after,
            links=account_id is not None and key not in self.roster.accounts,
            roles=tuple(dict.fromkeys(each for row in rows for each in self.new_roles(row))),
        )

    def work(self, row: EmployeeRow) -> Work:
        known = self.roster.work.get(self.keys[row.line], {})
        base = at(known, self.starts[row.line])
        job = (base.job if base else "") if row.job is None else row.job
        manager = (base.manager if base else None) if row.manager is None else self.manager_key(row)
        return Work(self.roster.tree.ids[key_of(row.unit)], job, manager)

    def person(self, key: str, rows: Sequence[EmployeeRow]) -> Person:
        """What the last row says; what it leaves out, an earlier one; what all leave out stays."""
        known = self.roster.people.get(key)

        def said(name: str) -> str | None:
            texts = [str(text) for row in reversed(rows) if (text := getattr(row, name))]
            return texts[0] if texts else (getattr(known, name) if known else None)

        return Person(
            number=said("number"),
            email=said("email"),
            name=said("name") or "",
            language=said("language"),
            time_zone=said("time_zone"),
            starts_on=BEGINNING,
            ends_on=None,
        )

    def account_of(self, key: str, rows: Sequence[EmployeeRow]) -> int | None:
        emails = [row.email for row in rows if row.email]
        return self.roster.accounts.get(key) or (self.roster.loose_accounts.get(emails[-1]) if emails else None)

    def roles(self, row: EmployeeRow) -> list[GrantKey]:
        return [(role, self.roster.tree.ids[key_of(code)]) for role, code in row.roles]

    def new_roles(self, row: EmployeeRow) -> list[GrantKey]:
        account_id = self.account_of(self.keys[row.line], self.of_person[self.keys[row.line]])
        held = self.roster.grants.get(account_id, set()) if account_id else set()
        return [each for each in self.roles(row) if each not in held]

    def outcome(self, row: EmployeeRow) -> Outcome:
        change = self.changes[self.keys[row.line]]
        if change.before is None:
            return Outcome.NEW
        start, is_last = self.starts[row.line], self.of_person[change.key][-1] is row
        other_work = change.work_before.get(start) != change.work_after[start]
        other_person = is_last and (change.links or change.before != change.after)
        return Outcome.CHANGED if other_work or other_person or self.new_roles(row) else Outcome.UNCHANGED


def without_twins(
    rows: Sequence[EmployeeRow], plan: EmployeePlan
) -> tuple[list[EmployeeRow], list[Accepted | Refusal]]:
    """Of two rows of a person from the same day on the first stands; the very same again says nothing new."""
    first: dict[tuple[str, date], EmployeeRow] = {}
    twins: list[Accepted | Refusal] = []
    for row in rows:
        stands = first.setdefault((plan.keys[row.line], plan.starts[row.line]), row)
        if stands is row:
            continue
        if replace(row, line=stands.line) == stands:
            twins.append(Accepted(row.line, Outcome.UNCHANGED, row))
        else:
            twins.append(_refusal(row, row.column, row.number or row.email, TWICE, line=str(stands.line)))
    return list(first.values()), twins


def _refusal(row: EmployeeRow, column: str, value: str, sentence: str, **params: str) -> Refusal:
    return Refusal(row.line, column, value, Message(sentence, params))
