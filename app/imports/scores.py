"""How a file writes its scores: in numbers or in words, the best first or last, as counts or as shares."""

import re
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import dropwhile, islice

from app.core.bands import BANDS
from app.core.blanks import fold_spaces, is_missing
from app.core.imports import Mapping
from app.core.low_scores import HIGHEST_OF_FIVE
from app.imports.answer_words import is_no_answer, read_answers
from app.imports.applying import Recipe
from app.imports.reading import Table

READ_ROWS = 20_000
MOST_TEXTS = 12
MOSTLY = 0.8
LEANS, FEWEST = 0.6, 20
# On the scales whose ends a file may turn around: up to where an answer is a bad one.
LOW_ENDS = {"csat": (1, 2, 5), "ces": (1, 3, 7)}
ONE_IS_BEST = re.compile(
    r"\b1\s*(?:=|-|–|—|:)\s*(?:the )?(?:very good|very satisfied|best|excellent|strongly agree|bardzo dobr|najlep"
    r"|zdecydowanie|очень хорош|лучш|отлично)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[+-]?\d+(?:[.,]0+)?")
WANTED = ("score", "metric", "mean", *BANDS)


@dataclass
class ScoresRead:
    counts: Counter[str] = field(default_factory=Counter)
    low: int = 0  # scores at the bad end of a scale that may be turned around
    turnable: int = 0
    shares: int = 0
    groups: int = 0
    means: int = 0  # rows that have nothing but one
    is_said_reversed: bool = False
    highest: float | None = None  # of the scores in numbers
    scale: tuple[int, int] = (0, 10)  # our own for what is asked

    @property
    def texts(self) -> list[str]:
        """The usual answers, the most frequent first."""
        return [text for text, _ in self.counts.most_common(MOST_TEXTS)]

    @property
    def words(self) -> list[str]:
        return [text for text in self.counts if not NUMBER.fullmatch(text)]

    @property
    def are_words(self) -> bool:
        return sum(self.counts[text] for text in self.words) > MOSTLY * self.counts.total() > 0

    @property
    def as_numbers(self) -> dict[str, int] | None:
        """What answers in words are from 1 to 5; None where they are not all known."""
        return read_answers(self.words) if len(self.counts) <= MOST_TEXTS else None

    @property
    def no_answers(self) -> list[str]:
        return [text for text in self.words if is_no_answer(text)]

    @property
    def may_be_reversed(self) -> bool:
        """The header says that 1 is the best, or most answers are at the end that is the worst on our scale."""
        return self.is_said_reversed or (self.turnable >= FEWEST and self.low > LEANS * self.turnable)

    @property
    def never_pass_five(self) -> bool:
        return self.highest is not None and self.highest <= HIGHEST_OF_FIVE

    @property
    def are_shares(self) -> bool:
        return self.shares > MOSTLY * self.groups > 0

    @property
    def are_means(self) -> bool:
        return self.means > MOSTLY * (self.means + self.groups + self.counts.total()) > 0


def scores_in(table: Table, mapping: Mapping) -> ScoresRead:
    """Of the first rows, without those that the mapping leaves out, as the mapping translates them."""
    read, headers = ScoresRead(), table.headers(mapping.header_row, mapping.group_row)
    wanted = {ours: theirs for ours in WANTED if (theirs := mapping.columns.get(ours)) and set(theirs) <= set(headers)}
    if not wanted.keys() - {"metric"} or not mapping.skip.keys() <= set(headers):
        return read
    read.is_said_reversed = any(ONE_IS_BEST.search(header) for header in wanted.get("score", ()))
    recipe = Recipe(replace(mapping, columns=wanted), headers, ())
    first = mapping.first_row or mapping.header_row + 1
    with closing(table.rows()) as rows:
        for _, cells in islice(dropwhile(lambda row: row[0] < first, rows), READ_ROWS):
            if not recipe.skips(cells):
                _take(read, recipe.values(cells))
    return read


def _take(read: ScoresRead, values: dict[str, str]) -> None:
    is_answer = not is_missing(text := fold_spaces(values.get("score", "")))
    if is_answer:
        read.counts[text] += 1
        if NUMBER.fullmatch(text):
            read.highest = max(read.highest or 0, float(text.replace(",", ".")))
        _take_direction(read, text, values.get("metric", "").strip().casefold())
    shares = [values[band] for band in BANDS if not is_missing(values.get(band, ""))]
    read.groups += bool(shares)
    read.means += not is_answer and not shares and not is_missing(values.get("mean", ""))
    read.shares += bool(shares) and all("%" in share for share in shares)


def _take_direction(read: ScoresRead, text: str, metric: str) -> None:
    if metric not in LOW_ENDS or not NUMBER.fullmatch(text):
        return
    lowest, bad, highest = LOW_ENDS[metric]
    read.scale = lowest, highest
    score = int(float(text.replace(",", ".")))
    if lowest <= score <= highest:
        read.turnable += 1
        read.low += score <= bad
