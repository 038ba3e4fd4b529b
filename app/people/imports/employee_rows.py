"""One row of a file of people, read and not yet judged."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from app.core.imports import N_, ImportContext, Message, RowRefused
from app.core.permissions import Role
from app.core.rows import Row
from app.people.chart.versions import key_of
from app.people.days.timeline import KEEP
from app.people.imports.cells import (
    LONGEST_CODE,
    LONGEST_NAME,
    given_columns,
    optional,
    read_code,
    read_name,
    read_span,
    read_text,
)

LONGEST_EMAIL = 254
EMAIL = re.compile(r"[^@\s\"<>()\[\],;:\\]+@[^@\s\"<>()\[\],;:\\]+")
NO_KEY = N_("Give an e-mail address or an employee number: by one of them the person is known again.")
NO_EMAIL = N_("This is not an e-mail address.")
NO_LANGUAGE = N_("Rezonans speaks English, Polish and Russian. Write en, pl or ru.")
NO_ZONE = N_("This time zone is not known. Write it like Europe/Warsaw.")
NO_ROLE = N_(
    "This role is not known. Write one of: employee, manager, trainer, hr, leadership, cx lead, administrator."
)

LANGUAGE_WORDS = {
    "en": "en eng english angielski английский англ",
    "pl": "pl pol polish polski польский польск",
    "ru": "ru rus russian rosyjski русский русск",
}
LANGUAGE_OF = {word: code for code, words in LANGUAGE_WORDS.items() for word in words.split()}
ROLE_WORDS: dict[Role, str] = {
    Role.EMPLOYEE: "employee|pracownik|сотрудник|работник",
    Role.MANAGER: "manager|kierownik|menedżer|menadżer|руководитель|менеджер",
    Role.TRAINER: "trainer|trener|trenerka|тренер",
    Role.HR: "hr|kadry|кадры|персонал",
    Role.LEADERSHIP: "leadership|zarząd|kierownictwo|руководство",
    Role.CX_LEAD: "cx_lead|cx lead|cx-lead|lider cx|liderka cx|лидер cx|руководитель cx",
    Role.ADMINISTRATOR: "administrator|admin|администратор",
}
ROLE_OF = {word: role for role, words in ROLE_WORDS.items() for word in words.split("|")}


@dataclass(frozen=True)
class EmployeeRow:
    """Empty texts mean that the file does not say; `job` and `manager` are None where it has no such column."""

    line: int
    email: str
    number: str
    name: str
    unit: str
    manager: str | None
    job: str | None
    language: str
    time_zone: str
    starts_on: date | None
    ends_on: date | None
    roles: tuple[tuple[Role, str], ...]  # role and code of the unit

    @property
    def column(self) -> str:
        """By which column the person is known."""
        return "employee_number" if self.number else "email"


def read_employee(row: Row, context: ImportContext) -> EmployeeRow:
    given = given_columns(context)
    email, number = _email(row), optional(read_text(row, "employee_number", LONGEST_CODE)) or ""
    if not email and not number:
        raise RowRefused("email", "", Message(NO_KEY))
    starts_on, ends_on = read_span(row, context, "starts_on", "ends_on")
    unit = read_code(row, "unit_code")
    return EmployeeRow(
        line=row.line,
        email=email,
        number=number,
        name=read_name(row),
        unit=unit,
        manager=optional(read_text(row, "manager", LONGEST_EMAIL)) or "" if given("manager") else None,
        job=read_text(row, "job", LONGEST_NAME) if given("job") else None,
        language=_language(row),
        time_zone=_time_zone(row),
        starts_on=starts_on,
        ends_on=ends_on if ends_on or given("ends_on") else KEEP,
        roles=_roles(row, unit),
    )


def _email(row: Row) -> str:
    text = (optional(read_text(row, "email", LONGEST_EMAIL)) or "").casefold()
    if text and not EMAIL.fullmatch(text):
        raise RowRefused("email", text, Message(NO_EMAIL))
    return text


def _language(row: Row) -> str:
    text = optional(read_text(row, "language", LONGEST_NAME))
    if text is None:
        return ""
    language = LANGUAGE_OF.get(re.split(r"[-_ ]", text.casefold())[0])
    if language is None:
        raise RowRefused("language", text, Message(NO_LANGUAGE))
    return language


def _time_zone(row: Row) -> str:
    text = optional(read_text(row, "time_zone", LONGEST_NAME))
    if text is None:
        return ""
    zone = _zones().get(text.casefold())
    if zone is None:
        raise RowRefused("time_zone", text, Message(NO_ZONE))
    return zone


@cache
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones() if len(zone) <= LONGEST_CODE}


def _roles(row: Row, unit: str) -> tuple[tuple[Role, str], ...]:
    """`manager, hr@BW`: each role on the unit behind the @, else on the unit of the row."""
    text = optional(read_text(row, "role", LONGEST_NAME)) or ""
    found = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        word, _, code = part.partition("@")
        role = ROLE_OF.get(key_of(word))
        if role is None:
            raise RowRefused("role", text, Message(NO_ROLE))
        if role is not Role.EMPLOYEE:  # everybody who is assigned is one
            found.append((role, code.strip() or unit))
    return tuple(dict.fromkeys(found))
