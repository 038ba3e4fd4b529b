"""Shapes of the directory for programs. Loaded with the first call: pydantic is large."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from app.core.api.shapes import Answer, ListQuestion, Words
from app.people.models import UnitKind

Code = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
ChangedSince = Annotated[
    AwareDatetime | None,
    Field(
        description="Only what was written or came into force since then, with its zone: 2026-11-01T00:00:00Z.",
        examples=["2026-11-01T00:00:00Z"],
    ),
]


class UnitQuestion(ListQuestion):
    q: Words = ""
    parent: Annotated[Code | None, Field(description="Only those directly below the unit of this code.")] = None
    is_open: Annotated[bool | None, Field(description="Only open ones, or only closed ones.")] = None
    changed_since: ChangedSince = None


class EmployeeQuestion(ListQuestion):
    q: Words = ""
    number: Annotated[Code | None, Field(description="Only who has exactly this employee number.")] = None
    unit: Annotated[Code | None, Field(description="Only who works in the unit of this code, or below it.")] = None
    works: Annotated[
        Literal["now", "any"], Field(description="`now`: who works here today; `any`: also who left or is to come.")
    ] = "now"
    changed_since: ChangedSince = None


class Unit(Answer):
    code: str = Field(examples=["KRK-1"])
    name: str = Field(examples=["Kraków Rynek"])
    kind: Literal[tuple(str(kind) for kind in UnitKind)]  # type: ignore[valid-type]
    parent: str | None = Field(description="The code of the unit above.", examples=["SOUTH"])
    is_open: bool
    country: str | None = Field(examples=["PL"])
    location: str | None = Field(examples=["Kraków"])
    since: str | None = Field(description="The first day of how it is today.", examples=["2024-05-01"])


class UnitList(Answer):
    items: list[Unit]
    next: str | None = Field(description="The `cursor` of the page after this one; null on the last.")


class Work(Answer):
    unit: str = Field(description="The code of the unit.", examples=["KRK-1"])
    job: str = Field(examples=["Adviser"])
    manager: int | None = Field(description="The id of the line manager.")
    starts_on: str | None = Field(examples=["2024-05-01"])
    ends_on: str | None = Field(description="The first day on which it no longer holds.")


class Employee(Answer):
    id: int
    number: str | None = Field(examples=["E1027"])
    name: str = Field(examples=["Ewa Nowak"])
    email: str | None = Field(description="As on the page: not of who has left.", examples=["ewa@example.org"])
    starts_on: str = Field(examples=["2024-05-01"])
    ends_on: str | None = Field(description="The first day on which they no longer work here.")
    work: Work | None = Field(description="Where they work today; null for who does not.")


class EmployeeList(Answer):
    items: list[Employee]
    next: str | None = Field(description="The `cursor` of the page after this one; null on the last.")
