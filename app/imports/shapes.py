"""Shapes of imports for programs. Loaded with the first call: pydantic is large."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from app.core.addresses import MOST
from app.core.api.shapes import Answer, ListQuestion, Question, Sent
from app.core.imports import DateOrder, ScaleRule
from app.core.outside import Why
from app.imports.models import ImportStatus

PLAIN = r"^[^\x00]*$"
STATES = tuple(str(status) for status in ImportStatus)
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=PLAIN)]
Text = Annotated[str, Field(pattern=PLAIN)]
Header = Annotated[str, Field(min_length=1)]
Line = Annotated[int, Field(ge=1, le=MOST)]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_HEADER: dict[str, Any] = {"type": "string", "minLength": 1}
Headers = Annotated[
    list[Header],
    Field(min_length=1, max_length=20),
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_HEADER, {"type": "array", "items": _HEADER, "minItems": 1, "maxItems": 20}]}),
]
KindName = Annotated[
    str,
    Field(pattern=r"^[a-z-]{1,40}$", description="units, employees, feedback or results.", examples=["employees"]),
]


class FileQuestion(Question):
    kind: KindName
    file_name: Annotated[
        str,
        Field(
            min_length=1,
            max_length=255,
            pattern=r"^[^\x00-\x1f\x7f]*$",
            description="As people know it again in the list; what is inside decides, not the name.",
            examples=["people.csv"],
        ),
    ]


class ImportQuestion(ListQuestion):
    kind: Annotated[KindName | None, Field(description="Only those of this kind.")] = None
    state: Annotated[
        Literal[STATES] | None,  # type: ignore[valid-type]
        Field(description="Only those that stand so."),
    ] = None


class RefusalQuestion(ListQuestion):
    pass


class Scale(Sent):
    rule: Literal[tuple(str(rule) for rule in ScaleRule)]  # type: ignore[valid-type]
    low: float | None = Field(None, allow_inf_nan=False)
    high: float | None = Field(None, allow_inf_nan=False)
    of: Annotated[int | None, Field(ge=1, le=10_000_000, description="Shares are of so many answers.")] = None


class Mapping(Sent):
    """How the columns of a file become ours: the parts of a mapping file, as JSON."""

    kind: Annotated[Name | None, Field(description="Where it is given, it must be that of the import.")] = None
    sheet: Annotated[str | None, Field(description="Of a workbook; without it the largest.")] = None
    sheet_title: Annotated[
        str | None, Field(description="Finds a sheet whose name changes by the words above its table.")
    ] = None
    header_row: Annotated[Line, Field(description="The line of the headers, counted from 1.")] = 1
    group_row: Annotated[
        Line | None,
        Field(description="A line above with headings of several columns, which become part of their names: `2021 n`."),
    ] = None
    first_row: Annotated[Line | None, Field(description="The first line of data; without it the one below.")] = None
    rows_below: Annotated[bool, Field(description="Take lines below the table, as footnotes are, as rows.")] = False
    not_totals: Annotated[list[str], Field(description="Texts that look like totals and are none.")] = []
    date_order: Literal[tuple(str(order) for order in DateOrder)] | None = None  # type: ignore[valid-type]
    columns: Annotated[
        dict[Name, Headers],
        Field(
            description="Our column: the header in the file, or several, whose cells are joined by a space.",
            examples=[{"code": "Store no", "name": ["City", "Street"]}],
        ),
    ]
    constants: Annotated[dict[Name, Text], Field(description="Our column: one text for all rows.")] = {}
    values: Annotated[dict[Name, dict[str, Text]], Field(description="Our column: what is in the file, and ours.")] = {}
    skip: Annotated[
        dict[Header, list[str]], Field(description="A header, and with which texts rows are left out.")
    ] = {}
    scale: Scale | None = None


class Acceptance(Sent):
    yes_to: Annotated[
        int, Field(ge=0, le=MOST, description="Where the import asks something: the `count` it asks about.")
    ] = 0


class Rows(Answer):
    """How many rows; what the dry run found, or after it what came in."""

    read: int
    new: int
    changed: int
    unchanged: int
    refused: int
    skipped: int = Field(description="Left out by the mapping.")
    waiting: int = Field(description="Of units that nobody knows: kept until somebody says which are meant.")
    left_out: int = Field(description="Of units of which somebody has said that they are not the company's.")
    written: int


class LineOutside(Answer):
    """A line of the file that looks like no row of its table."""

    why: Literal[tuple(str(why) for why in Why)]  # type: ignore[valid-type]
    line: int
    text: str = Field(description="As it begins; of a total, what it is called.", examples=["Source: CRM"])
    is_taken: bool = Field(description="The mapping says that it is a row: see `rows_below` and `not_totals`.")


class Asked(Answer):
    count: int = Field(description="Give it as `yes_to` with the acceptance.")
    text: str = Field(description="In the language asked for.")


class Import(Answer):
    id: int
    kind: str = Field(examples=["employees"])
    state: Literal[STATES] = Field(  # type: ignore[valid-type]
        description="`uploaded`: needs its mapping; `checking`, `loading`: at work, ask again; `checked`: nothing is"
        " written yet; `done`; `failed`: see `failures`."
    )
    file_name: str = Field(examples=["people.csv"])
    file_size: int = Field(description="In bytes.")
    created_at: str = Field(examples=["2026-11-22T09:30:00+00:00"])
    accepted_at: str | None
    visible_at: str | None = Field(description="Since when its rows are seen.")
    rows: Rows | None = Field(
        description="null where the file holds colleagues' answers and somebody else has brought it."
    )
    outside: list[LineOutside] = Field(description="The first twenty each: titles, notes below the table, totals.")
    question: Asked | None = Field(description="Must be answered with the acceptance.")
    failures: list[str] = Field(description="Why it could not be done, in the language asked for.")
    same_as: int | None = Field(description="The import that brought this very file before, in the same way.")


class ImportList(Answer):
    items: list[Import]
    next: str | None = Field(description="The `cursor` of the page after this one; null on the last.")


class Look(Answer):
    """Where the mapping looks, what it finds there, and the mapping that is kept or else suggested."""

    is_kept: bool = Field(description="Whether somebody chose it; else it is what the file suggests.")
    mapping: Mapping
    sheets: list[str] | None = Field(description="Of a workbook; null once rows are written.")
    headers: list[str] | None = Field(examples=[["Store no", "City"]])


class Refusal(Answer):
    line: int = Field(description="In the file, counted from 1.")
    column: str = Field(description="Ours.", examples=["unit_code"])
    value: str = Field(description="As it stood there, its first 200 characters.", examples=["KRK-9"])
    reason: str = Field(description="In the language asked for.", examples=["There is no unit with this code."])


class RefusalList(Answer):
    items: list[Refusal]
    next: str | None = Field(description="The `cursor` of the page after this one; null on the last.")
