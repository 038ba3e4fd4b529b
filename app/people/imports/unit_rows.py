"""One row of a file of units, read and not yet judged."""

from dataclasses import dataclass
from datetime import date

from app.core.blanks import is_missing
from app.core.imports import N_, ImportContext, Message, RowRefused
from app.core.rows import Row
from app.core.totals import TOTAL, is_subtotal, is_total
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
from app.people.models import UnitKind

NO_KIND = N_("This kind of unit is not known. Write one of: company, region, department, branch, team.")
# Stems of what companies call their levels, in three languages.
KIND_WORDS: dict[UnitKind, str] = {
    UnitKind.COMPANY: (
        "company group organisation organization firm headquarters root firma spółka spolka grupa centrala "
        "компания фирма организация группа общество"
    ),
    UnitKind.REGION: (
        "region area district zone division system makroregion obszar okręg okreg rejon регион область округ район"
    ),
    UnitKind.DEPARTMENT: (
        "department dept directorate function dział dzial departament wydział wydzial pion "
        "департамент управление дирекция"
    ),
    UnitKind.BRANCH: (
        "branch store shop outlet site office hotel restaurant clinic hospital trust oddział oddzial placówka placowka "
        "sklep salon filia biuro restauracja przychodnia szpital филиал отделение магазин салон офис ресторан"
    ),
    UnitKind.TEAM: "team squad crew zespół zespol brygada zmiana команда бригада смена отдел",
}
KIND_OF = {word: kind for kind, words in KIND_WORDS.items() for word in words.split()}


@dataclass(frozen=True)
class UnitRow:
    """`None` means that the file does not say: what is known already stays."""

    line: int
    code: str
    name: str
    parent: str | None  # as written; '' is the top
    kind: UnitKind | None
    country: str | None
    location: str | None
    starts_on: date | None
    ends_on: date | None
    not_totals: tuple[str, ...] = ()  # names and codes of which somebody said that they are none

    @property
    def has_code_of_total(self) -> bool:
        return is_total(self.code, but=self.not_totals)

    @property
    def has_name_of_total(self) -> bool:
        return is_total(self.name, but=self.not_totals)

    @property
    def key(self) -> str:
        return key_of(self.code)


def read_unit(row: Row, context: ImportContext) -> UnitRow:
    given = given_columns(context)
    starts_on, ends_on = read_span(row, context, "valid_from", "valid_to")
    parent = read_text(row, "parent_code", LONGEST_CODE) if given("parent_code") else None
    return UnitRow(
        line=row.line,
        code=_code(row, context.mapping.not_totals),
        name=read_name(row),
        parent=(optional(parent) or "") if parent is not None else None,
        kind=_kind(row),
        country=_country(row) if given("country") else None,
        location=read_text(row, "location", LONGEST_NAME) if given("location") else None,
        starts_on=starts_on,
        ends_on=ends_on if ends_on or given("valid_to") else KEEP,
        not_totals=context.mapping.not_totals,
    )


def _code(row: Row, not_totals: tuple[str, ...]) -> str:
    """Rows that add up the others seldom have a code: then their name says what they are."""
    if is_missing(row.values.get("code", "")) and is_subtotal(row.values.get("name", ""), but=not_totals):
        raise RowRefused("name", row.values["name"], Message(TOTAL))
    return read_code(row)


def _kind(row: Row) -> UnitKind | None:
    text = optional(read_text(row, "kind", LONGEST_NAME))
    if text is None:
        return None
    kind = KIND_OF.get(text.casefold())
    if kind is None:
        raise RowRefused("kind", text, Message(NO_KIND))
    return kind


def _country(row: Row) -> str:
    text = (optional(read_text(row, "country", LONGEST_NAME)) or "").upper()
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise RowRefused("country", text, Message(N_("Write the country with its two letters, such as PL.")))
    return text
