"""Files of people are taken away when somebody is erased who may stand in them: nobody goes on with their imports."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.core.database import held, one_at_a_time
from app.core.kinds import kind_named
from app.core.uploads import TAKEN
from app.extensions import db
from app.imports.actions.course import set_aside
from app.imports.files.faults import Fault
from app.imports.files.unreadable import UnreadableFile
from app.imports.models import DataImport, ImportStatus
from app.imports.queries import with_people

OVER = (ImportStatus.DONE, ImportStatus.UNDONE)  # nobody reads their files again


def files_of_people() -> Sequence[str]:
    """Nobody can strike a name from them, so they go."""
    return [import_.digest for import_ in db.session.scalars(with_people())]


def take_files_of_people() -> Sequence[str]:
    """Digests of the files, which go after the commit. The caller has its turn (`one_at_a_time`).

    What nobody has accepted is forgotten. What is at work, or was cut short, loses its file in this transaction, and
    sees it before it writes anything more (`refuse_taken`); begun again by whomever, it finds no file.
    """
    taken = with_people().with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(taken).all()  # all before the first is touched, so that nobody waits crosswise
    digests = [import_.digest for import_ in found]
    for import_ in found:
        if import_.may_be_set_aside:
            set_aside(import_, actor_id=None)
        elif import_.status not in OVER:
            import_.digest = TAKEN
    return digests


def refuse_taken(import_: DataImport) -> None:
    """Before each step that writes what its file says of people. From here to the commit nobody takes it away."""
    if not kind_named(import_.kind).is_of_people:
        return
    one_at_a_time()  # first, as whoever takes it does
    now = held(sa.select(DataImport).where(DataImport.id == import_.id))
    if now is None or now.digest == TAKEN:
        raise UnreadableFile(Fault.TAKEN)
