"""Headers of two rows: headings such as "2021" and "2022", each over several columns, above names that repeat.

A spreadsheet merges the cells of a heading; what arrives is its text in the first of them and nothing in the others.
"""

from collections.abc import Sequence

from app.core.blanks import fold_spaces
from app.imports.files.typed import is_header_text, is_typed_column

ENOUGH_WORDED = 0.8


def is_group_row(upper: Sequence[str], lower: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Does `upper` head columns that `lower` names, with rows of a table `below`? A title above a header does not."""
    width = max(len(upper), len(lower))
    above, names = _padded(upper, width), _padded(lower, width)
    headed = [place for place in range(width) if above[place]]
    if not headed or len(headed) == width or any(above[place].endswith(":") for place in headed):
        return False
    if not any(len(_named(names, span)) > 1 for span in _spans(headed, width)):
        return False
    return _is_made_of_groups(above, names, headed) and _is_header_of(names, below)


def group_headings(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """The heading over each column, '' where there is none. The last one reaches as far as the others do."""
    width = max(len(upper), len(lower))
    above, names = _padded(upper, width), _padded(lower, width)
    spans = _spans([place for place in range(width) if above[place]], width)
    headings = [""] * width
    for span in spans:
        for place in _as_wide_as_others(span, spans, names):
            headings[place] = fold_spaces(above[span[0]])
    return tuple(headings)


def joined_names(headings: Sequence[str], lower: Sequence[str]) -> list[str]:
    """`2021 n`; a column with a heading alone, or a name alone, is called by it."""
    names = _padded(lower, len(headings))
    return [" ".join(filter(None, (heading, fold_spaces(name)))) for heading, name in zip(headings, names, strict=True)]


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _spans(headed: Sequence[int], width: int) -> list[range]:
    return [range(start, end) for start, end in zip(headed, [*headed[1:], width], strict=True)]


def _named(names: Sequence[str], span: range) -> list[str]:
    return [fold_spaces(names[place]) for place in span if names[place]]


def _is_made_of_groups(above: Sequence[str], names: Sequence[str], headed: Sequence[int]) -> bool:
    """Names that repeat from group to group, headings merged downwards, or columns without one left of the first."""
    texts = [fold_spaces(name) for name in names if name]
    if len(set(texts)) < len(texts) or any(above[place] and not names[place] for place in headed):
        return True
    # One heading in the middle of a line is a title, unless it says of which time its columns are.
    is_first_free = any(names[: headed[0]])
    return is_first_free and (len(headed) > 1 or any(map(str.isdigit, above[headed[0]])))


def _is_header_of(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Words over columns of numbers or dates: a first row of data has numbers there itself."""
    typed = [place for place in range(len(names)) if is_typed_column(place, below)]
    named = [place for place in typed if names[place]]
    worded = [place for place in named if is_header_text(names[place])]
    return len(worded) >= 1 and len(worded) >= ENOUGH_WORDED * len(named)


def _as_wide_as_others(span: range, spans: Sequence[range], names: Sequence[str]) -> range:
    """Columns behind the last group belong to it only where it is the only one, or as wide as the ones before."""
    widths = {len(other) for other in spans[:-1] if len(_named(names, other)) > 1}
    if span != spans[-1] or len(widths) != 1:
        return span
    width = widths.pop()
    return span[:width] if len(span) > width and _repeats(names, span[0], width) else span


def _repeats(names: Sequence[str], start: int, width: int) -> bool:
    return list(names[start : start + width]) == list(names[start - width : start])
