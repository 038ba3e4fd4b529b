"""What a mapping leaves open and only the whole file can tell, or somebody must say, before its rows are judged."""

from collections.abc import Iterable
from dataclasses import replace

from app.core.date_orders import DatesRead
from app.core.imports import N_, DateOrder, ImportKind, Mapping, Message, ScaleRule
from app.core.kinds import kind_named
from app.core.low_scores import NEVER_PAST_FIVE
from app.imports.dates import dates_in
from app.imports.mapping_file import BadMapping
from app.imports.reading import Table
from app.imports.scores import ScoresRead, scores_in

OPEN_DATES = N_(
    "Dates of this file can be read in two ways: “%(text)s” is %(day_first)s or %(month_first)s. Say which, under “How"
    " dates are written in this file”."
)
MIXED_DATES = N_(
    "Dates of this file have now the day first (“%(day_first)s”), now the month (“%(month_first)s”). Say how to read"
    " them, under “How dates are written in this file”; “now the one, now the other” takes those that can be read in"
    " one way only."
)


STRANGE_WORDS = N_(
    "Scores of this file are words that are not known: %(texts)s. Say in a mapping file, under [values.score], which"
    " number each of them is."
)
WORDS = N_(
    "Scores of this file are words: %(texts)s. Say how they are counted, under “How scores are counted in this file”:"
    " “1 to 5” makes numbers of them."
)
SHARES = N_(
    "Promoters, passives and detractors are shares here. Say so under “How scores are counted in this file”; the"
    " number of answers is needed."
)
DIRECTION = N_(
    "In this file 1 may be the best: its header says so, or most scores are at the bad end of our scale. Say which end"
    " is the best, under “How scores are counted in this file”."
)
MEANS = N_(
    "These are means. Say on which scale they were taken, by its lowest and its highest value, under “How scores are"
    " counted in this file”."
)
# Where there is no page to answer on: what a question is called in a mapping file and behind a command.
_HINTS = {
    OPEN_DATES: N_("In a mapping file: date_order; behind a command: --date-order."),
    MIXED_DATES: N_("In a mapping file: date_order; behind a command: --date-order, of which “mixed” is one."),
    WORDS: N_("In a mapping file: the rule of the scale; behind a command: --scale, as in --scale one-to-five-top."),
    SHARES: N_("In a mapping file: the rule “shares” of the scale; behind a command: --scale shares."),
    DIRECTION: N_("In a mapping file: the rule of the scale; behind a command: --scale ours or --scale reversed."),
    MEANS: N_(
        "In a mapping file: the rule “mean” of the scale, with low and high; behind a command, for instance: --scale"
        " mean --low 0 --high 10."
    ),
    NEVER_PAST_FIVE.msgid: N_("In a mapping file: the rule of the scale; behind a command: --scale."),
}
OF_WORDS = (ScaleRule.OURS, ScaleRule.ONE_TO_FIVE_TOP)
SHOWN = 5


def settled(mapping: Mapping, table: Table) -> Mapping:
    """With what the columns tell of dates and scores. Raises BadMapping where somebody must say it."""
    dates, scores = dates_in(table, mapping) if mapping.date_order is None else None, scores_in(table, mapping)
    questions = [open_question(dates) if dates else None, open_scale(scores, mapping, kind_named(mapping.kind))]
    if asked := [question for question in questions if question]:
        raise BadMapping(*asked)
    return _with_words(replace(mapping, date_order=dates.order) if dates else mapping, scores)


def _with_words(mapping: Mapping, scores: ScoresRead) -> Mapping:
    """Answers in words, where somebody has said that they are from 1 to 5; who did not answer is left out."""
    numbers = scores.as_numbers if scores.are_words else None
    if mapping.scale is None or mapping.scale.rule not in OF_WORDS or not numbers:
        return mapping
    (header, *_) = mapping.columns["score"]
    words = {text: str(score) for text, score in numbers.items()} | mapping.values.get("score", {})
    left_out = (*mapping.skip.get(header, ()), *scores.no_answers)
    skip = {**mapping.skip, header: left_out} if left_out else mapping.skip
    return replace(mapping, values={**mapping.values, "score": words}, skip=skip)


def open_scale(scores: ScoresRead, mapping: Mapping, kind: ImportKind) -> Message | None:
    """What somebody must say of the scores before they are counted."""
    if kind.asks_scale and scores.are_means:
        return None if mapping.scale and mapping.scale.rule is ScaleRule.MEAN else Message(MEANS)
    if scores.are_words and not scores.as_numbers:
        return Message(STRANGE_WORDS, {"texts": _quoted(scores.words[:SHOWN])})
    if mapping.scale is not None:
        return None
    if scores.are_words:
        return Message(WORDS, {"texts": _quoted(scores.words[:SHOWN])})
    if scores.are_shares:
        return Message(SHARES)
    if kind.asks_scale and scores.never_pass_five:
        return NEVER_PAST_FIVE
    return Message(DIRECTION) if scores.may_be_reversed else None


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


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


def said_elsewhere(message: Message) -> str:
    """The sentence for commands and programs, with how they answer where it asks something."""
    hint = _HINTS.get(message.msgid)
    return f"{message.text()} {Message(hint).text()}" if hint else message.text()
