"""What a change of the org chart does to imports that wait: their rows are judged again when they are let in."""

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import ngettext

from app.core.effects import Change, Effect
from app.extensions import db
from app.imports.models import DataImport, ImportStatus


def waiting_imports(change: Change) -> Iterator[Effect]:
    waiting = sa.select(DataImport.id).where(DataImport.status.in_((ImportStatus.CHECKED, ImportStatus.LOADING)))
    ids = sorted(db.session.scalars(waiting))
    if ids:
        sentence = ngettext(
            "%(num)d import waits to be let in: its rows are judged again then, by the changed chart.",
            "%(num)d imports wait to be let in: their rows are judged again then, by the changed chart.",
            len(ids),
        )
        yield Effect(str(sentence), f"imports {ids}")


EFFECTS = [waiting_imports]
