"""Making a backup while people work."""

import os
from datetime import datetime
from pathlib import Path

from flask_babel import lazy_gettext as _l

from app.core import installation, uploads
from app.core.errors import Refused
from app.core.revisions import newest_revision, revision_of
from app.extensions import db
from app.keeping.archive import FORMAT, UPLOAD, Manifest, Writer
from app.keeping.places import making, refuse_without_space, settled
from app.keeping.stores import store


def back_up(to: Path, now: datetime) -> Manifest:
    """One archive, for its owner alone; under its name only when it is whole."""
    if to.exists():
        raise Refused(_l("There is a file of that name already. Nothing was written; choose another name."))
    if not to.parent.is_dir():
        raise Refused(_l("There is no such folder. Nothing was written; make it first."))
    refuse_without_space(to.parent, store().size())
    manifest = _beginning(now)
    with making(to.parent) as folder:
        draft = folder / "archive"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file, Writer(file) as writer:
            for digest in store().copy(writer, manifest, folder):
                _add_upload(writer, digest)
            writer.finish(manifest)
        settled(draft, to)
    return manifest


def _beginning(now: datetime) -> Manifest:
    revision = revision_of(db.session.connection())
    if revision != newest_revision():
        raise Refused(_l("The database has the schema of another version. Nothing was written; run “flask prepare”."))
    kind = installation.kind().value
    db.session.rollback()  # the copy takes its time, and nobody shall wait for us meanwhile
    return Manifest(FORMAT, now.isoformat(), kind, db.engine.dialect.name, str(revision))


def _add_upload(writer: Writer, digest: str) -> None:
    """A file that was forgotten since the rows were read is one that nobody needs."""
    path = uploads.path_of(digest)
    if path.exists():
        writer.add_file(UPLOAD + digest, path)
