"""A whole import in one call, for commands and for the demo: the steps of the screen, with nobody in between."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from flask_babel import lazy_gettext as _l

from app.core import clock, uploads
from app.core.database import reading, writing
from app.core.errors import Refused
from app.core.imports import Mapping
from app.core.jobs import in_steps, run_now
from app.core.kinds import kind_named
from app.core.outside import Why
from app.core.tables import write_csv
from app.extensions import db
from app.imports.actions.course import accept, choose_mapping, forget_file, headers_under, start, suggested_mapping
from app.imports.actions.said import Said
from app.imports.mapping import BadMapping, read_mapping
from app.imports.models import DataImport, ImportStatus
from app.imports.queries import done_before, names_waiting_in, refusals_of
from app.imports.reading import UnreadableFile
from app.imports.settling import said_elsewhere
from config import BOUNDS

ALL_IN, NOTHING_IN, SOME_REFUSED = 0, 1, 2
SHOWN_REFUSALS = 10
SHOWN_NAMES = 10
REPORT_HEADERS = ("line", "column", "value", "reason")
BESIDE_ROWS = {
    Why.ABOVE: "above the header, left out",
    Why.BELOW: "below the table, left out (--rows-below takes them)",
    Why.TOTAL: "like totals of others, not taken (--not-total TEXT takes one)",
}
Say = Callable[[str], object]
NOTHING_SAID = Said()


class NothingImported(click.UsageError):
    exit_code = NOTHING_IN


class ImportCommand(click.Command):
    """A wrong command line imports nothing: it ends with 1, where click would say 2, which here means some refused."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as wrong:
            raise NothingImported(wrong.format_message(), wrong.ctx) from wrong


def import_file(  # noqa: PLR0913 (what was typed behind the command, each by its name)
    kind: str,
    path: Path,
    *,
    mapping: Mapping | None = None,
    said: Said = NOTHING_SAID,
    dry_run: bool = False,
    actor_id: int | None = None,
    yes_to: int = 0,
) -> DataImport:
    """Check the file and, unless it is a dry run, load what is accepted. Commits as it goes.

    Raises Refused, UnreadableFile or BadMapping when the file as a whole cannot be taken; refused rows are counted.
    """
    digest = _stored(path)
    with writing():
        try:
            with reading():
                mapping = said.over(mapping or suggested_mapping(kind_named(kind), digest))
                headers = headers_under(digest, mapping)
            db.session.rollback()
            with uploads.held():
                import_ = start(kind, digest, path.name, now=clock.now(), actor_id=actor_id)
                choose_mapping(import_, mapping, headers)
                in_steps([None])
        except (UnreadableFile, BadMapping):
            db.session.rollback()
            forget_file(digest)
            raise
        run_now("imports.check", import_id=import_.id)
        _refuse_failed(import_)
        if not dry_run and import_.is_worth_accepting:
            _refuse_unanswered(import_, yes_to)
            accept(import_, now=clock.now(), actor_id=actor_id, yes_to=import_.asks_about)
            run_now("imports.load", import_id=import_.id)
            _refuse_failed(import_)
    return import_


def _stored(path: Path) -> str:
    try:
        if path.stat().st_size > BOUNDS["import"]:  # told before a byte of it is copied
            raise uploads.TooLarge
        with path.open("rb") as file:
            return uploads.store(file, BOUNDS["import"])
    except uploads.TooLarge as error:
        raise Refused(_l("This file is larger than 512 MB. Divide it, and import the parts one by one.")) from error
    except OSError as error:
        raise Refused(_l("The file %(file)s cannot be read.", file=str(path))) from error


def _refuse_failed(import_: DataImport) -> None:
    if import_.status is not ImportStatus.FAILED:
        return
    sentence = " ".join(map(said_elsewhere, import_.failures))
    if import_.may_be_set_aside:
        _clear_away(import_)
    raise Refused(sentence)


def _refuse_unanswered(import_: DataImport, yes_to: int) -> None:
    if import_.asks_about in (0, yes_to):
        return
    sentence = f"{import_.asked} If that is right, say so with {import_.yes_option} {import_.asks_about}."
    _clear_away(import_)
    raise Refused(sentence)


@dataclass(frozen=True)
class Wish:
    """What was typed behind `flask … import`."""

    kind: str
    file: Path
    mapping_file: Path | None = None
    dry_run: bool = False
    report: Path | None = None
    yes_to: int = 0
    said: Said = NOTHING_SAID


def run_import_command(wish: Wish, say: Say) -> int:
    """The exit code: 0 all rows in, 2 some rows refused, 1 nothing imported. `say` prints a line."""
    try:
        mapping = read_mapping(_mapping_text(wish.mapping_file)) if wish.mapping_file else None
        options: dict[str, Any] = {"dry_run": wish.dry_run, "yes_to": wish.yes_to}
        import_ = import_file(wish.kind, wish.file, mapping=mapping, said=wish.said, **options)
    except (Refused, OSError) as refusal:
        return _nothing(say, str(refusal))
    except UnreadableFile as fault:
        return _nothing(say, fault.message.text())
    except BadMapping as fault:
        return _nothing(say, *map(said_elsewhere, fault.messages))
    return _tell(import_, wish, say)


def _mapping_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise Refused(_l("The mapping file %(file)s cannot be read. Is that its name?", file=str(path))) from error
    except UnicodeDecodeError as error:
        raise Refused(_l("%(file)s is not a mapping file: it holds no plain text.", file=str(path))) from error


def _nothing(say: Say, *sentences: str) -> int:
    for sentence in sentences:
        say(sentence)
    say("Nothing was imported.")
    return NOTHING_IN


def _tell(import_: DataImport, wish: Wish, say: Say) -> int:
    _count(import_, say)
    if import_.changed_count and kind_named(import_.kind).replaces_whole:
        say("The draft that waits for the same question and period is replaced whole.")
    if import_.question:
        say(import_.asked)
    if wish.report is not None:
        _write_report(import_, wish.report)
    if earlier := done_before(import_):
        say(f"The same file was imported before, on {earlier.created_at:%Y-%m-%d}.")
    missing, taken = import_.refused_count + import_.waiting_count, import_.is_worth_accepting
    if wish.dry_run or not taken:
        say("Dry run: nothing was written." if wish.dry_run else "Nothing was imported.")
        _clear_away(import_)
    if not taken:
        return NOTHING_IN
    return SOME_REFUSED if missing else ALL_IN


def _count(import_: DataImport, say: Say) -> None:
    say(
        f"{import_.kind}: {import_.row_count} rows read: {import_.new_count} new, {import_.changed_count} changed, "
        f"{import_.unchanged_count} unchanged, {import_.refused_count} refused, {import_.skipped_count} skipped"
        f"{_apart(import_)}."
    )
    for why, words in BESIDE_ROWS.items():
        if left := [each for each in import_.lines_outside(why) if not each.is_taken]:
            count = import_.count_outside(why)
            listed = ", ".join(f"line {each.line} “{each.text}”" for each in left)
            say(f"  {count} {words}: {listed}{', …' * (count > len(left))}")
    for name, count in names_waiting_in(import_.id, SHOWN_NAMES):
        say(f"  waits for a unit: “{name}”, {count} rows")
    for known in import_.readings[:SHOWN_NAMES]:
        say(f"  “{known.words}” is read as {known.unit or 'not ours'}, {known.rows} rows")
    for each in db.session.scalars(refusals_of(import_).limit(SHOWN_REFUSALS)):
        say(f"  line {each.line}, {each.column}, “{each.value}”: {each.reason}")
    for line, words in import_.remarked[:SHOWN_REFUSALS]:
        say(f"  worth a look: line {line}: {words}")
    if import_.refused_count > SHOWN_REFUSALS:
        say(f"  … and {import_.refused_count - SHOWN_REFUSALS} more; --report FILE.csv lists them.")


def _apart(import_: DataImport) -> str:
    counts = (import_.waiting_count, "waiting for a unit"), (import_.left_out_count, "left out")
    return "".join(f", {count} {words}" for count, words in counts if count)


def _write_report(import_: DataImport, path: Path) -> None:
    rows = ((each.line, each.column, each.value, each.reason) for each in db.session.scalars(refusals_of(import_)))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(file, REPORT_HEADERS, rows)


def _clear_away(import_: DataImport) -> None:
    """A dry run leaves nothing behind: neither a line in the list of imports nor the file."""
    run_now("imports.set_aside", import_id=import_.id)
