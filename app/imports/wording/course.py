"""Words for imports: what a kind and a status are called, and sentences about counts."""

from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.date_orders import DatesRead
from app.core.formats import day, moment, number
from app.core.imports import DateOrder, ImportKind, Message, ScaleRule
from app.core.kinds import kinds_by_name
from app.core.texts import ngettext
from app.imports.models import DataImport, ImportStatus
from app.imports.scores import ScoresRead
from app.imports.settling import OF_WORDS
from app.imports.wording.waiting import apart_words

FIVE = 5
STATUS: dict[ImportStatus, LazyString] = {
    ImportStatus.UPLOADED: _l("needs its mapping"),
    ImportStatus.CHECKING: _l("is being checked"),
    ImportStatus.CHECKED: _l("checked, not accepted yet"),
    ImportStatus.LOADING: _l("is being written"),
    ImportStatus.DONE: _l("done"),
    ImportStatus.FAILED: _l("could not be done"),
    ImportStatus.UNDOING: _l("is being undone"),
    ImportStatus.UNDONE: _l("undone"),
}


def kind_label(import_: DataImport) -> str:
    """Of a kind that is no longer offered, its name."""
    kind = kinds_by_name().get(import_.kind)
    return str(kind.label) if kind else import_.kind


def status_text(import_: DataImport) -> str:
    if import_.status is ImportStatus.DONE and (count := import_.waiting_count):
        return ngettext("done; %(rows)s row waits for a unit", "done; %(rows)s rows wait for a unit", count,
                        rows=number(count))  # fmt: skip
    return undone_words(import_) if import_.status is ImportStatus.UNDONE else str(STATUS[import_.status])


def order_words(dates: DatesRead, order: DateOrder) -> str:
    """What cells of the file mean when its dates are read in this order."""
    if order is DateOrder.MIXED:
        taken = sum(dates.only.values())
        return ngettext(
            "%(rows)s date can be read in one way only and is taken; those that fit both are refused",
            "%(rows)s dates can be read in one way only and are taken; those that fit both are refused",
            taken,
            rows=number(taken),
        )
    return " · ".join(_date_words(text, read) for text, read in dates.examples(order))


def _date_words(text: str, read: date | None) -> str:
    if read is None:
        return str(_("“%(text)s” is refused", text=text))
    return str(_("“%(text)s” is %(day)s", text=text, day=day(read)))


def score_words(scores: ScoresRead, rule: ScaleRule) -> str:
    """What scores of the file are when they are counted by this rule."""
    if rule in (ScaleRule.MEAN, ScaleRule.SHARES):
        return ""
    numbers = scores.as_numbers or {} if scores.are_words else {}
    known = numbers if rule in OF_WORDS else {}
    pairs = known.items() if scores.are_words else [(text, int(text)) for text in scores.texts if text.isdecimal()]
    told = ((text, turned) for text, score in pairs if (turned := _turned(score, rule, scores)) is not None)
    shown = sorted(told, key=lambda each: -each[1])
    return " · ".join(str(_("“%(text)s” is %(score)s", text=text, score=number(score))) for text, score in shown)


def _turned(score: int, rule: ScaleRule, scores: ScoresRead) -> int | None:
    if rule is ScaleRule.ONE_TO_FIVE_REVERSED:
        return FIVE + 1 - score if 1 <= score <= FIVE else None
    if rule is ScaleRule.ONE_TO_FIVE_TOP:
        return score if 1 <= score <= FIVE else None
    if rule is ScaleRule.REVERSED:
        low, high = scores.scale
        return low + high - score if low <= score <= high else None
    return score


def size_text(import_: DataImport) -> str:
    size = import_.file_size
    if size >= 1024**2:
        return str(_("%(size)s MB", size=number(size / 1024**2, 1)))
    return str(_("%(size)s KB", size=number(max(size / 1024, 1))))


def stats(import_: DataImport) -> list[tuple[str, str]]:
    """Each count with its word, those that are always of interest first."""
    counts = [
        (import_.row_count, _("rows in the file")),
        (import_.new_count, _("new")),
        (import_.changed_count, _("changed")),
        (import_.unchanged_count, _("unchanged")),
        (import_.refused_count, _("refused")),
    ]
    if import_.skipped_count:
        counts.append((import_.skipped_count, _("skipped by the mapping")))
    if import_.waiting_count:
        counts.append((import_.waiting_count, _("wait for a unit")))
    if import_.left_out_count:
        counts.append((import_.left_out_count, _("left out, not ours")))
    return [(number(count), word) for count, word in counts]


def finding(import_: DataImport, names: int = 0) -> str:
    """What the dry run found, in one sentence; `names`: of so many units that nobody knows."""
    count, taken, apart = import_.refused_count, import_.accepted_count, apart_words(import_, names)
    is_known = taken > 0 and not import_.new_count and not import_.changed_count
    if is_known and not count and not apart:
        return ngettext(
            "%(rows)s row, and it is already here.", "All %(rows)s rows are already here.", taken, rows=number(taken)
        )
    if not count and not apart:
        return ngettext(
            "%(rows)s row, and it can be imported.",
            "All %(rows)s rows can be imported.",
            taken,
            rows=number(taken),
        )
    if not taken and not apart:
        return ngettext("%(rows)s row, and it is refused.", "All %(rows)s rows are refused.", count, rows=number(count))
    if is_known:
        said = [ngettext("%(rows)s row is already here", "%(rows)s rows are already here", taken, rows=number(taken))]
    else:
        said = [ngettext("%(rows)s row can be imported", "%(rows)s rows can be imported", taken, rows=number(taken))]
    if count:
        said.append(ngettext("%(rows)s is refused", "%(rows)s are refused", count, rows=number(count)))
    return f"{', '.join([*said, *apart])}."


def result(import_: DataImport) -> str:
    """What came in, in one sentence."""
    new, changed = import_.new_count, import_.changed_count
    if not new and not changed and not import_.unchanged_count and import_.waiting_count:
        return str(_("No row has come in yet."))
    if not new and not changed:
        return str(_("Nothing changed: every row was already there."))
    added = ngettext("%(rows)s row was added", "%(rows)s rows were added", new, rows=number(new))
    if not changed:
        return f"{added}."
    rest = ngettext("%(rows)s was changed", "%(rows)s were changed", changed, rows=number(changed))
    return f"{added}, {rest}."


def undone_words(import_: DataImport) -> str:
    who = import_.undone_by.name if import_.undone_by else _("a command")
    when = moment(import_.undone_at) if import_.undone_at else ""
    return str(_("Undone on %(when)s by %(who)s.", when=when, who=who))


def later_words(count: int) -> str:
    """Rows that a later file brought again count with the import that brought them first."""
    return ngettext(
        "%(imports)s later import found rows there already. If they came from this import, they go with it; bring that "
        "file again afterwards.",
        "%(imports)s later imports found rows there already. If they came from this import, they go with it; bring "
        "those files again afterwards.",
        count,
        imports=number(count),
    )


def consequences(import_: DataImport) -> list[str]:
    """What accepting will do, and to how many rows."""
    new, changed, refused = import_.new_count, import_.changed_count, import_.refused_count
    lines = []
    if new:
        lines.append(ngettext("%(rows)s row is added.", "%(rows)s rows are added.", new, rows=number(new)))
    if changed:
        lines.append(ngettext("%(rows)s row is changed.", "%(rows)s rows are changed.", changed, rows=number(changed)))
    if changed and _replaces_whole(import_):
        lines.append(_("The draft that waits for the same question and period is replaced whole."))
    if not lines and import_.accepted_count:
        lines.append(_("Nothing changes: every row that can be imported is already there."))
    if waiting := import_.waiting_count:
        words = ngettext(
            "%(rows)s row is kept until somebody says which unit is meant.",
            "%(rows)s rows are kept until somebody says which units are meant.", waiting, rows=number(waiting),
        )  # fmt: skip
        lines.append(words)
    if refused:
        words = ngettext(
            "%(rows)s refused row is left out.", "%(rows)s refused rows are left out.", refused, rows=number(refused)
        )
        lines.append(words)
    return lines


def mending(import_: DataImport) -> str:
    """What to do with refused rows."""
    if _replaces_whole(import_):
        return str(
            _(
                "Mend them in the file and import the whole file again, also the rows that were good: a later file for "
                "the same question and period replaces the draft."
            )
        )
    return str(_("Mend them in the file and import it again: rows that are already there stay as they are."))


def _replaces_whole(import_: DataImport) -> bool:
    kind = kinds_by_name().get(import_.kind)
    return kind is not None and kind.replaces_whole


def accept_label(import_: DataImport) -> str:
    count, waiting = import_.new_count + import_.changed_count, import_.waiting_count
    if not count:
        return ngettext("Keep %(rows)s waiting row", "Keep %(rows)s waiting rows", waiting, rows=number(waiting))
    return ngettext("Import %(rows)s row", "Import %(rows)s rows", count, rows=number(count))


def complaint(message: Message, kind: ImportKind) -> str:
    """On the screen a column is called as it is labelled there; mapping files know it by its name."""
    labels = {column.name: str(column.label) for column in kind.columns}
    params = {key: labels.get(value, value) if key == "column" else value for key, value in message.params.items()}
    return Message(message.msgid, params).text()
