"""What is said of a file behind a command, over what its mapping or the file itself says."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import click

from app.core.imports import DateOrder, Mapping, Scale, ScaleRule

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Said:
    constants: dict[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    scale: Scale | None = None
    rows_below: bool = False
    not_totals: tuple[str, ...] = ()

    def over(self, mapping: Mapping) -> Mapping:
        columns = {ours: headers for ours, headers in mapping.columns.items() if ours not in self.constants}
        return replace(
            mapping,
            columns=columns,
            constants={**mapping.constants, **self.constants},
            values={ours: texts for ours, texts in mapping.values.items() if ours in columns},
            date_order=self.date_order or mapping.date_order,
            scale=self.scale or mapping.scale,
            rows_below=mapping.rows_below or self.rows_below,
            not_totals=(*mapping.not_totals, *self.not_totals),
        )

    @classmethod
    def of(cls, options: dict[str, Any]) -> "Said":
        """From the options that `said_options` gives a command."""
        order = DateOrder(options["date_order"]) if options["date_order"] else None
        rule = ScaleRule(options["scale"]) if options["scale"] else None
        scale = Scale(rule, options["low"], options["high"], options["shares_of"]) if rule else None
        return cls(dict(options["constants"]), order, scale, options["rows_below"], tuple(options["not_totals"]))


def said_options(command: F) -> F:
    """The same options for each command that imports; they come as keyword arguments, for `Said.of`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def _pair(_context: object, _option: object, texts: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [tuple(part.strip() for part in text.split("=", 1)) for text in texts]
    for text, pair in zip(texts, pairs, strict=True):
        if len(pair) != 2 or not pair[0]:
            raise click.BadParameter(f"write it as column=value, and not “{text}”")
    return [(pair[0], pair[1]) for pair in pairs]


OPTIONS = (
    click.option(
        "--set",
        "constants",
        multiple=True,
        callback=_pair,
        metavar="COLUMN=VALUE",
        help="The same for all rows: --set period=2026-Q3. May be given several times.",
    ),
    click.option(
        "--date-order",
        type=click.Choice([str(order) for order in DateOrder]),
        help="How the file writes its dates, where its columns do not tell; mixed: what fits both orders is refused.",
    ),
    click.option(
        "--scale",
        type=click.Choice([str(rule) for rule in ScaleRule]),
        help="How the file counts its scores, where it is not on our own scales.",
    ),
    click.option("--low", type=float, help="With --scale mean: the lowest value of the scale."),
    click.option("--high", type=float, help="With --scale mean: the highest value of the scale."),
    click.option("--shares-of", type=click.IntRange(1), metavar="N", help="With --scale shares: of so many answers."),
    click.option("--rows-below", is_flag=True, help="Take the lines below the table, as footnotes are, as rows."),
    click.option(
        "--not-total",
        "not_totals",
        multiple=True,
        metavar="TEXT",
        help="This text looks like a total and is none. May be given several times.",
    ),
)
