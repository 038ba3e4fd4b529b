"""What an import is made of: the words that the engine (`app/imports`) and the kinds offered by the features share.

The engine reads a file and a mapping and yields rows; a kind's loader examines them (reads, never writes) and loads
what was accepted. Neither knows the other; both know this module.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from flask_babel import LazyString, gettext

from app.core.apart import Apart, ReadAs
from app.core.formats import number
from app.core.periods import parse_period, period_label
from app.core.rows import Row

if TYPE_CHECKING:
    from app.core.permissions import Permission


def N_(msgid: str) -> str:
    """Mark a sentence for translation without translating it: a report is read later, in the reader's language."""
    return msgid


def NN_(one: str, many: str) -> tuple[str, str]:
    """Likewise of a sentence that counts: what it says of one, and of many."""
    return one, many


Params = dict[str, Any]  # words; whole numbers are counts


@dataclass(frozen=True)
class Message:
    """A sentence kept as source text and values, so that each reader meets it in her own language."""

    msgid: str
    params: Params = field(default_factory=dict)

    def text(self) -> str:
        """Counts (whole numbers) and the code of a `period` as the reader's language writes them, too."""
        return _filled(gettext(self.msgid), {name: _told(name, value) for name, value in self.params.items()})

    def __str__(self) -> str:
        return _filled(self.msgid, self.params)


def _told(name: str, value: Any) -> str:
    if isinstance(value, int):
        return number(value)
    if name == "period":
        kind, starts_on, _ = parse_period(value)
        return period_label(kind, starts_on)
    return str(value)


def _filled(sentence: str, params: Params) -> str:
    # Without values a lone per cent sign is plain text, not a placeholder.
    return sentence % params if params else sentence


@dataclass(frozen=True)
class Column:
    """One thing an import can hold. `names` are headers by which it is recognised besides its own name."""

    name: str
    label: LazyString
    required: bool = False
    names: tuple[str, ...] = ()
    example: str | LazyString = ""


class RowRefused(Exception):
    """This row cannot be taken; the others can."""

    def __init__(self, column: str, value: str, message: Message) -> None:
        super().__init__(f"{column}: {message}")
        self.column = column
        self.value = value
        self.message = message


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Accepted(NamedTuple):
    line: int
    outcome: Outcome
    record: Any
    remark: Message | None = None  # what somebody should look at before the row is let in; it may well be right


@dataclass(frozen=True)
class Refusal:
    line: int
    column: str
    value: str
    message: Message


class DateOrder(StrEnum):
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"
    MIXED = "mixed"  # both in one column: what can be read in one way only is taken


class ScaleRule(StrEnum):
    OURS = "ours"  # as our own scales, and somebody has said so
    ZERO_TO_TEN = "zero-to-ten"
    ONE_TO_FIVE_TOP = "one-to-five-top"
    ONE_TO_FIVE_REVERSED = "one-to-five-reversed"
    REVERSED = "reversed"
    MEAN = "mean"
    SHARES = "shares"


@dataclass(frozen=True)
class Scale:
    """How the file's scores become ours; `low` and `high` are the ends of the scale that a mean was taken on.

    `of` is how many answers shares are of, where no column says it.
    """

    rule: ScaleRule
    low: float | None = None
    high: float | None = None
    of: int | None = None


@dataclass(frozen=True)
class Mapping:
    """How one source's columns become ours. Kept as a TOML file; `app.imports.mapping` reads, checks and applies it.

    `columns` names the headers whose cells, joined by a space, fill our column. `skip` leaves rows out silently where
    the named header of the file holds one of the values. `group_row` is a line above the header row with headings of
    several columns each, which become part of their names. With `rows_below` lines below the table are rows as well;
    `not_totals` are texts that look like totals and are units. `sheet_title` finds a sheet whose name changes from file
    to file by the words above its table.
    """

    kind: str
    sheet: str | None = None
    sheet_title: str | None = None
    header_row: int = 1
    group_row: int | None = None
    first_row: int | None = None
    rows_below: bool = False
    not_totals: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    skip: dict[str, tuple[str, ...]] = field(default_factory=dict)
    scale: Scale | None = None


@dataclass(frozen=True)
class ImportContext:
    import_id: int
    actor_id: int | None
    mapping: Mapping
    now: datetime
    by_program: bool = False  # brought by a token: what asks people for their password again is refused
    follows: int | None = None  # the import whose waiting rows these are; what it brought is there already


class Loader(Protocol):
    def examine(self, rows: Iterable[Row]) -> Iterator[Accepted | Refusal | Apart]:
        """Read and judge, never write. May buffer (a tree of units) or stream (answers)."""
        ...

    def load(self, records: Iterable[Accepted]) -> Iterator[int]:
        """Write; yield the number written after each chunk, where the edge commits. A chunk is about 1,000 rows: the
        commit ends the transaction, so keep plain values and no objects of the session from one chunk to the next.
        """
        ...


@runtime_checkable
class Discarding(Protocol):
    """A loader whose rows carry the import's id: what an interrupted load has left is removed before it begins anew.

    Loaders without it must find by natural keys what is already there.
    """

    def discard(self) -> Iterator[int]:
        """Remove this import's rows; yield the number removed after each chunk, where the edge commits."""
        ...


@dataclass(frozen=True)
class Question:
    """What an import would do to so many people or units that somebody must say yes to just that number of them."""

    count: int
    message: Message
    names: tuple[str, ...] = ()  # the first of them
    yes: Message | None = None  # what stands beside the tick; None: that so many people leave
    option: str = "--yes-they-leave"


@runtime_checkable
class Asking(Protocol):
    """A loader that may have something to ask once all rows are examined, before any is written."""

    def question(self) -> Question | None: ...


@runtime_checkable
class Reading(Protocol):
    """A loader that reads units by what somebody has decided before, and says so."""

    def read_as(self) -> list[ReadAs]: ...


@dataclass(frozen=True)
class UndoContext:
    """`actor_id` is None for the operator at the command line, who may undo everything."""

    import_id: int
    actor_id: int | None
    now: datetime


@dataclass(frozen=True)
class Left:
    """What an undo leaves as it is: where it stood in the file, what it is, why, and who changed it since."""

    what: str
    message: Message
    line: int | None = None
    who: str = ""


@dataclass(frozen=True)
class Forecast:
    """What an undo would do, and what it would leave. With a `refusal` nothing can be undone at all."""

    undone: tuple[Message, ...] = ()
    left: tuple[Left, ...] = ()
    refusal: Message | None = None
    count: int = 0  # of what is undone
    is_empty: bool = False  # refused for no other reason than that nothing is there, or nothing any more


class Undoing(Protocol):
    def barred(self) -> Message | None:
        """Why it cannot be undone at all, where that is known at a glance."""
        ...

    def forecast(self) -> Forecast:
        """Read and judge, never write."""
        ...

    def undo(self) -> Iterator[int]:
        """Take it back; yield the number after each chunk, where the edge commits. Begun again, it goes on."""
        ...


@dataclass(frozen=True)
class ImportKind:
    """One thing a company can bring: declared by a feature in its `imports.KINDS`.

    `constants` are the columns that a mapping may fill with one value for the whole file. `once` says that the same
    file brought again would count its rows twice, so it is refused. `shown_at` is the endpoint where one sees what
    came in. `codes` gives the unit codes that the company has, which help to tell columns apart. Into a file of a kind
    that `is_private` looks only who brought it. With `is_flipped` its rows count only while the import is visible, so
    an undo hides them all before it takes the first one away. A row that looks like a total of others is left out and
    said; with `is_of_people` it is refused, for somebody stands in it. With `replaces_whole` a later file takes the
    place of a draft of an earlier one. With `asks_scale` a file of means, or of scores that never pass 5, says on which
    scale they are. Of `figures` a mapping names at least one column.
    """

    name: str
    label: LazyString
    permission: Permission
    columns: tuple[Column, ...]
    loader: Callable[[ImportContext], Loader]
    constants: tuple[str, ...] = ()
    once: bool = False
    shown_at: str = ""
    is_private: bool = False
    codes: Callable[[], Collection[str]] = frozenset
    undoing: Callable[[UndoContext], Undoing] | None = None
    is_flipped: bool = False
    is_of_people: bool = False
    replaces_whole: bool = False
    asks_scale: bool = False
    figures: tuple[str, ...] = ()
