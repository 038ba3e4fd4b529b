"""Bringing one row of the table: the steps of the screen, and whatever is said on the way, in all three languages."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale

from app.core import clock, uploads
from app.core.errors import Refused
from app.core.imports import Message
from app.core.jobs import run_now
from app.core.kinds import kind_named
from app.extensions import Base, db
from app.imports.actions.course import accept, choose_mapping, headers_under, start, suggested_mapping
from app.imports.actions.whole_file import import_file
from app.imports.mapping import BadMapping
from app.imports.models import DataImport, WaitingName
from app.imports.queries import refusals_of
from app.imports.reading import UnreadableFile
from app.imports.wording import outside_words
from config import BOUNDS
from tests.imports.bad_input.case import LANGUAGES, Case, Says, Sentence

T = TypeVar("T")
# What an import writes about itself.
OWN_BOOKS = {
    *("data_import", "import_refusal", "waiting_name", "waiting_row", "job"),
    *("audit_entry", "audit_value", "audit_head", "audit_link"),
}


@dataclass
class Brought:
    new: int = 0
    same: int = 0
    loaded: int = 0
    rows: list[Says] = field(default_factory=list)
    remarks: list[tuple[int, Sentence]] = field(default_factory=list)
    beside: list[Sentence] = field(default_factory=list)
    unmatched: tuple[str, ...] = ()
    file: Sentence | None = None


def bring(case: Case, path: Path) -> Brought:
    db.session.commit()
    try:
        import_ = _checked(case, path)
        remarked = [
            (each["line"], spoken(Message(**each["message"]))) for each in (import_.remarks or {"first": []})["first"]
        ]
        return replace(_found(_loaded(import_)), remarks=remarked)
    except UnreadableFile as fault:
        return Brought(file=spoken(fault.message))
    except BadMapping as fault:
        return Brought(file=spoken(fault.messages[0]))


def _checked(case: Case, path: Path) -> DataImport:
    kind = kind_named(case.kind)
    with path.open("rb") as file:
        digest = uploads.store(file, BOUNDS["import"])
    try:
        mapping = suggested_mapping(kind, digest)
        mapping = replace(mapping, scale=case.scale, date_order=case.order or mapping.date_order)
        import_ = start(kind.name, digest, path.name, now=clock.now())
        choose_mapping(import_, mapping, headers_under(digest, mapping))
    except (UnreadableFile, BadMapping):
        db.session.rollback()
        uploads.remove(digest)
        raise
    run_now("imports.check", import_id=import_.id)
    return import_


def _loaded(import_: DataImport) -> DataImport:
    if import_.is_worth_accepting:
        accept(import_, now=clock.now(), actor_id=None, yes_to=import_.asks_about)
        run_now("imports.load", import_id=import_.id)
    return import_


def _found(import_: DataImport) -> Brought:
    if import_.failures:
        return Brought(file=spoken(import_.failures[0]))
    refused = db.session.scalars(refusals_of(import_)).all()
    rows = [(each.line, each.column, each.value, spoken(Message(**each.message))) for each in refused]
    assert import_.refused_count == len(rows)
    beside = list(zip(*in_each_language(lambda: outside_words(import_)), strict=True))
    names = sa.select(WaitingName.code).where(WaitingName.import_id == import_.id).order_by(WaitingName.id)
    apart = {"beside": beside, "unmatched": tuple(db.session.scalars(names))}
    return Brought(import_.new_count, import_.unchanged_count, import_.loaded_count, rows, **apart)


def spoken(message: Message) -> Sentence:
    english, polish, russian = in_each_language(message.text)
    return english, polish, russian


def in_each_language(say: Callable[[], T]) -> list[T]:
    said = []
    for language in LANGUAGES:
        with force_locale(language):
            said.append(say())
    return said


def refusal_of_command(path: Path, kind: str) -> Sentence:
    """What the command says of a file that is refused before it is read."""
    said = []
    for language in LANGUAGES:
        try:
            with force_locale(language):
                import_file(kind, path)
        except Refused as refusal:
            with force_locale(language):
                said.append(str(refusal))
    english, polish, russian = said
    return english, polish, russian


def counted() -> dict[str, int]:
    """How many rows stand in each table that is not a book of the imports themselves."""
    names = [table.name for table in Base.metadata.sorted_tables if table.name not in OWN_BOOKS]
    counts = [sa.select(sa.literal(name), sa.func.count()).select_from(sa.table(name)) for name in names]
    return {name: count for name, count in db.session.execute(sa.union_all(*counts))}


def stored() -> set[str]:
    folder: Path = current_app.config["UPLOADS"]
    return {path.name for path in folder.iterdir()} if folder.exists() else set()
