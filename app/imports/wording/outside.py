"""Words for what of a file is no row of its table."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.core.formats import number
from app.core.imports import NN_
from app.core.kinds import kinds_by_name
from app.core.outside import Outside, Why
from app.core.texts import ngettext
from app.imports.models import DataImport

ABOVE = NN_("%(lines)s line above the header is left out:", "%(lines)s lines above the header are left out:")
BELOW = NN_("%(lines)s line below the table is left out:", "%(lines)s lines below the table are left out:")
BELOW_TAKEN = NN_(
    "%(lines)s line below the table is taken as a row:", "%(lines)s lines below the table are taken as rows:"
)
TOTALS = NN_(
    "%(rows)s row looks like a total of others and is not taken:",
    "%(rows)s rows look like totals of others and are not taken:",
)
TOTALS_TAKEN = NN_(
    "%(rows)s row looks like a total and is taken as a unit:",
    "%(rows)s rows look like totals and are taken as units:",
)
# Of a file of people: a row that looks like a total is nobody, unless somebody is called so.
PEOPLE_TAKEN = NN_(
    "%(rows)s row looks like a total and is taken as a person:",
    "%(rows)s rows look like totals and are taken as people:",
)


def above_words(count: int) -> str:
    return _counted(ABOVE, count)


def below_words(count: int, *, taken: bool) -> str:
    return _counted(BELOW_TAKEN if taken else BELOW, count)


def totals_words(count: int, *, taken: bool) -> str:
    return _counted(TOTALS_TAKEN if taken else TOTALS, count)


def people_words(count: int, *, taken: bool) -> str:
    return _counted(PEOPLE_TAKEN if taken else TOTALS, count)


def _counted(sentence: tuple[str, str], count: int) -> str:
    return ngettext(*sentence, count, lines=number(count), rows=number(count))


def no_total_words(import_: DataImport, line: Outside) -> str:
    """Beside the box that is ticked for a row that only looks like a total."""
    told = {"text": line.text, "line": number(line.line)}
    if _is_of_people(import_):
        return str(_("“%(text)s” (line %(line)s) is a person, not a total", **told))
    return str(_("“%(text)s” (line %(line)s) is a unit, not a total", **told))


def outside_words(import_: DataImport) -> list[str]:
    """What of the file is no row of its table, each kind of line in a sentence."""
    lines = [(above_words(import_.count_outside(Why.ABOVE)), import_.lines_outside(Why.ABOVE))]
    of_totals = people_words if _is_of_people(import_) else totals_words
    for why, words in ((Why.BELOW, below_words), (Why.TOTAL, of_totals)):
        found = import_.lines_outside(why)
        taken = [each for each in found if each.is_taken]
        left = [each for each in found if not each.is_taken]
        lines.append((words(import_.count_outside(why) - len(taken), taken=False), left))
        lines.append((words(len(taken), taken=True), taken))
    return [f"{words} {listed([(each.line, each.text) for each in some])}" for words, some in lines if some]


def listed(lines: Sequence[tuple[int, str]], count: int = 0) -> str:
    """Lines of the file as they begin, in quotation marks; with dots where there are more."""
    texts = [str(_("line %(line)s “%(text)s”", line=number(line), text=text)) for line, text in lines]
    return ", ".join([*texts, *["…"] * (count > len(texts))])


def _is_of_people(import_: DataImport) -> bool:
    kind = kinds_by_name().get(import_.kind)
    return kind is not None and kind.is_of_people
