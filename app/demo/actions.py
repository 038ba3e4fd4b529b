"""The demo company: loaded through the import engine into an empty place, and removed whole."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from time import sleep

import sqlalchemy as sa
from flask_babel import force_locale, gettext
from flask_babel import gettext as _

from app.core import clock, company_time, installation, settings
from app.core.database import alone_in
from app.core.errors import Refused
from app.core.installation import InstallationKind
from app.core.timer import release_lease, take_lease
from app.demo.story import files
from app.demo.story.cast import PEOPLE
from app.demo.story.organisation import ROOT
from app.extensions import Base, db
from app.imports.actions.course import forget_file
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport
from app.people.actions.units import open_company
from app.people.models import Employee, Unit
from app.pulse.actions import publish_draft
from app.pulse.queries import drafts_named
from config import LANGUAGES

COMPANY = "Bank Wisła"
LEASE, LONGEST_STEP = "demo", timedelta(minutes=1)
TRIES, PAUSE_SECONDS = 20, 0.15
KEPT = {"alembic_version", "lease"}
Say = Callable[[str], object]


def load(say: Say = lambda words: None) -> Iterator[None]:
    """Step by step; the edge commits at each yield. Nothing happens where the demo is already.

    A real company is refused. A load that was broken off begins again.
    """
    kind = installation.hold()  # what it is must not change before the place is emptied
    if kind is InstallationKind.COMPANY or (kind is InstallationKind.EMPTY and counts()["units"]):
        raise Refused(_("There is a real company in this database. The demo stays out; use an empty database for it."))
    if kind is InstallationKind.DEMO and is_complete():
        return
    holder = token_hex(8)
    _hold_the_place(holder)
    digests = _empty()
    installation.become(InstallationKind.DEMO, clock.now())
    settings.set_company("company_name", COMPANY, actor_id=None)
    open_company(COMPANY, ROOT)
    yield
    forget_files(digests)
    for line in _bring():
        say(line)
        _hold_the_place(holder)
    for draft in db.session.scalars(drafts_named("all")).all():
        publish_draft(draft, actor_id=None, now=clock.now())
    settings.set_company("demo_people", _listed_people(), actor_id=None)
    settings.set_company("demo_loaded", True, actor_id=None)
    release_lease(LEASE, holder)
    yield


def _hold_the_place(holder: str) -> None:
    """One loading at a time: a second would empty the place under the first. A dead one holds it for a minute."""
    if not take_lease(LEASE, holder, clock.now(), LONGEST_STEP):
        raise Refused(_("The demo is being loaded at this moment. Look again in a minute; nothing was changed."))


def _bring() -> Iterator[str]:
    """Through the same door as anybody's spreadsheets."""
    with tempfile.TemporaryDirectory() as folder:
        today = company_time.today()
        db.session.rollback()  # the story takes seconds to write, and nobody waits for the lock meanwhile
        for kind, path in files.write(Path(folder), today).items():
            done = import_file(kind, path)
            yield f"{kind}: {done.new_count} rows in, {done.refused_count} refused"


def _listed_people() -> list[dict[str, object]]:
    """Who may be tried, with a sentence in each language."""
    return [{"email": email, "note": _in_each_language(role, sentence)} for email, role, sentence in PEOPLE]


def _in_each_language(role: str, sentence: str) -> dict[str, str]:
    notes = {}
    for language in LANGUAGES:
        with force_locale(language):
            notes[language] = f"{gettext(role)}. {gettext(sentence)}"
    return notes


def who_signs_in() -> str:
    lines = [f"  {email:22} {role}" for email, role, _sentence in PEOPLE]
    return "\n".join(["Sign in as any of these people, with the password “demo”:", *lines])


def is_complete() -> bool:
    return bool(settings.company("demo_loaded"))


def counts() -> dict[str, int]:
    """What removing it takes away."""
    people = db.session.scalar(sa.select(sa.func.count()).select_from(Employee)) or 0
    units = db.session.scalar(sa.select(sa.func.count()).select_from(Unit)) or 0
    return {"people": people, "units": units}


def remove() -> Sequence[str]:
    """Every row goes, so that the place is as empty as before. Only ever the demo, and not while it is loaded.

    Returns the digests of its files, for `forget_files` after the commit.
    """
    if installation.hold() is not InstallationKind.DEMO:
        raise Refused(_("This is not the demo company, so nothing was removed."))
    holder = token_hex(8)
    _hold_the_place(holder)
    _hold_its_rows()
    digests = _empty()
    release_lease(LEASE, holder)
    return digests


def _hold_its_rows() -> None:
    """A job that writes at this moment is let finish: else each might wait for what the other holds."""
    for _try in range(TRIES):
        if alone_in(_all_but_what_it_is()):
            return
        sleep(PAUSE_SECONDS)
    raise Refused(_("Something is being written at this moment. Nothing was removed; try again in a minute."))


def forget_files(digests: Iterable[str]) -> None:
    """After the commit: whoever has brought the same file since, to the place that is empty now, keeps it."""
    for digest in digests:
        forget_file(digest)


def _empty() -> Sequence[str]:
    digests = db.session.scalars(sa.select(DataImport.digest).distinct()).all()
    for table in _all_but_what_it_is():
        db.session.execute(sa.delete(table))
    # Last: while it says demo the database lets the log go, and never that of a company.
    db.session.execute(sa.delete(installation.Installation))
    db.session.expire_all()
    return digests


def _all_but_what_it_is() -> list[sa.Table]:
    tables = reversed(Base.metadata.sorted_tables)
    return [table for table in tables if table.name not in KEPT | {installation.Installation.__tablename__}]
