"""What a mapping leaves open and only the whole file can tell, or somebody must say, before its rows are judged."""

from dataclasses import replace

from app.core.date_orders import DatesRead
from app.core.imports import N_, DateOrder, Mapping, Message
from app.imports.dates import dates_in
from app.imports.mapping_file import BadMapping
from app.imports.reading import Table

OPEN_DATES = N_(
    "Dates of this file can be read in two ways: “%(text)s” is %(day_first)s or %(month_first)s. Say which, under “How"
    " dates are written in this file”, as date_order in a mapping, or behind a command with --date-order."
)
MIXED_DATES = N_(
    "Dates of this file have now the day first (“%(day_first)s”), now the month (“%(month_first)s”). Say how to read"
    " them, under “How dates are written in this file”, as date_order in a mapping, or behind a command with"
    " --date-order; “mixed” takes those that can be read in one way only."
)


def settled(mapping: Mapping, table: Table) -> Mapping:
    """With the order of dates that the column tells. Raises BadMapping where somebody must say it."""
    if mapping.date_order is not None:
        return mapping
    read = dates_in(table, mapping)
    if question := open_question(read):
        raise BadMapping(question)
    return replace(mapping, date_order=read.order)


def open_question(read: DatesRead) -> Message | None:
    if not read.is_open:
        return None
    if read.is_mixed:
        orders = {"day_first": DateOrder.DAY_FIRST, "month_first": DateOrder.MONTH_FIRST}
        return Message(MIXED_DATES, {name: read.example_of(order) for name, order in orders.items()})
    text = read.either[0]
    ways = {"day_first": DateOrder.DAY_FIRST, "month_first": DateOrder.MONTH_FIRST}
    days = {name: str(dict(read.examples(order))[text]) for name, order in ways.items()}
    return Message(OPEN_DATES, {"text": text, **days})
