"""Words for rows that wait for a unit or are left out, and for units that were read by an earlier decision."""

from app.core.apart import ReadAs
from app.core.formats import number
from app.core.texts import ngettext
from app.imports.models import DataImport


def apart_words(import_: DataImport, names: int) -> list[str]:
    """Parts of a sentence about rows that are neither taken nor refused."""
    said, waiting, left_out = [], import_.waiting_count, import_.left_out_count
    if waiting:
        rows = ngettext("%(rows)s waits for a unit", "%(rows)s wait for a unit", waiting, rows=number(waiting))
        said.append(f"{rows} ({names_words(names)})" if names else rows)
    if left_out:
        said.append(ngettext("%(rows)s is left out", "%(rows)s are left out", left_out, rows=number(left_out)))
    return said


def names_words(names: int) -> str:
    return ngettext("%(names)s unknown unit", "%(names)s unknown units", names, names=number(names))


def waiting_words(rows: int, names: int) -> str:
    said = ngettext("%(rows)s row waits for a unit", "%(rows)s rows wait for a unit", rows, rows=number(rows))
    return f"{said}: {names_words(names)}."


def gone_words(rows: int) -> str:
    """Waiting rows are kept for a while, and are in no backup."""
    return ngettext(
        "%(rows)s row waited for a unit and is no longer kept. Bring the file again, once its unit is known.",
        "%(rows)s rows waited for a unit and are no longer kept. Bring the file again, once their units are known.",
        rows,
        rows=number(rows),
    )


def read_as_words(reading: ReadAs) -> str:
    """By an earlier decision."""
    told = {"words": reading.words, "unit": reading.unit, "rows": number(reading.rows)}
    if not reading.unit:
        return ngettext(
            "“%(words)s” is not ours: %(rows)s row is left out.",
            "“%(words)s” is not ours: %(rows)s rows are left out.",
            reading.rows, **told,
        )  # fmt: skip
    return ngettext(
        "“%(words)s” is read as %(unit)s: %(rows)s row.",
        "“%(words)s” is read as %(unit)s: %(rows)s rows.",
        reading.rows, **told,
    )  # fmt: skip
