"""A file that would leave out answers of a draft that waits is asked about first: most hold mended rows only."""

from collections.abc import Mapping

from app.core.imports import N_, Message, Question
from app.people.queries import names_of_units
from app.results.actions import Tally

MOST_NAMES = 50
LACKS = N_(
    "A draft waits for the same question and period, and this file replaces it whole. Answers would go. Units of the "
    "draft that this file lacks: %(missing)s. To mend or to add rows, bring one file with all of them."
)
HOLDS_FEWER = N_(
    "A draft waits for the same question and period, and this file replaces it whole. Answers would go. Units for "
    "which this file holds fewer answers: %(fewer)s. To mend or to add rows, bring one file with all of them."
)
BOTH = N_(
    "A draft waits for the same question and period, and this file replaces it whole. Answers would go. Units of the "
    "draft that this file lacks: %(missing)s. Units for which it holds fewer answers: %(fewer)s. To mend or to add "
    "rows, bring one file with all of them."
)
YES = N_("Yes, replace the draft; answers of so many units go: %(units)s")


class Dropped:
    """Units are counted and never answers: below the threshold nobody is told how many have answered."""

    def __init__(self) -> None:
        self._missing: list[int] = []
        self._fewer = 0

    def compare(self, before: Mapping[int, Tally], after: Mapping[int, Tally], *, is_own: bool) -> None:
        """Of a draft of somebody else it is not said where there are fewer: whoever tries files of one answer, of two
        and so on would learn how many have answered.
        """
        self._missing += [unit_id for unit_id in before if unit_id not in after]
        if is_own:
            self._fewer += sum(unit_id in after and after[unit_id].n < tally.n for unit_id, tally in before.items())

    def question(self) -> Question | None:
        count = len(self._missing) + self._fewer
        if not count:
            return None
        words = BOTH if self._missing and self._fewer else LACKS if self._missing else HOLDS_FEWER
        message = Message(words, {"missing": len(self._missing), "fewer": self._fewer})
        names = sorted(names_of_units(self._missing).values())
        return Question(count, message, tuple(names[:MOST_NAMES]), Message(YES, {"units": count}), "--yes-replace")
