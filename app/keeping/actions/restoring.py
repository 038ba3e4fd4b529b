"""Bringing a backup back: whole, or not at all."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from flask_babel import lazy_gettext as _l

from app.core import audit, installation, uploads
from app.core.errors import Refused
from app.core.revisions import revision_of
from app.extensions import db
from app.keeping.archive import UPLOAD, Manifest, Reader
from app.keeping.places import alone, refuse_without_space
from app.keeping.second_place import second_place
from app.keeping.stores import store
from app.people.models import Account, Unit
from config import Config

BUSY = _l("Another restore or rehearsal is at work. Nothing was changed; wait until it is done.")


def restore(archive: Path, now: datetime, *, replace: bool) -> Manifest:
    """Everything is built and checked beside the real one; the last step puts it into its place."""
    config: Config = current_app.config["REZONANS"]
    work = config.data / "restoring"
    with alone(work, str(BUSY)):
        if not replace and not _is_empty():
            raise Refused(
                _l("There is a company in this database. Nothing was changed; to replace all of it, add --replace.")
            )
        db.session.remove()
        refuse_without_space(work, 2 * archive.stat().st_size)
        reader = Reader(archive)
        try:
            with second_place(reader, work, now) as scratch:
                for digest in reader.manifest.uploads:
                    _bring_upload(reader, digest)
                store().swap(scratch)
        finally:
            reader.close()
    audit.record("backup.restored", "backup", None, actor_id=None, after={"made_at": reader.manifest.made_at})
    return reader.manifest


def _is_empty() -> bool:
    if revision_of(db.session.connection()) is None:
        return True
    people = db.session.scalar(sa.select(sa.func.count()).select_from(Account)) or 0
    units = db.session.scalar(sa.select(sa.func.count()).select_from(Unit)) or 0
    return installation.kind() is installation.InstallationKind.EMPTY and not people and not units


def _bring_upload(reader: Reader, digest: str) -> None:
    """Before the rows that need it: a file that no row needs is forgotten by night, a row without its file is not."""
    if not uploads.path_of(digest).exists():
        with reader.open(UPLOAD + digest) as part:
            uploads.store(part, reader.size_of(UPLOAD + digest))
