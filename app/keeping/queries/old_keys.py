"""What still hangs on the keys before the newest, and so when they can go."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import sqlalchemy as sa
from flask import current_app

from app.core import mail
from app.core.audit import AuditEntry
from app.core.texts import _, ngettext
from app.extensions import db
from app.people.models import AccountSession
from app.people.queries.factors import seeds_by_old_keys
from app.people.queries.ways_in import slips_printed_before
from app.privacy.queries.unfinished import words_by_old_keys
from config import Config

ROTATED = "keys.rotated"
END_OLD, SEAL_ANEW = "flask keys rotate --end-old", "flask jobs run keeping.seal_anew"


@dataclass(frozen=True)
class Hanging:
    sealed: int  # values in the database; the job of the night seals them anew
    slips: int  # on paper, good for seven days: what they say is kept as a keyed hash
    sign_ins: int  # whose cookie an older key signed

    @property
    def outside(self) -> int:
        """What nobody can renew here: it lies on paper, and in browsers."""
        return self.slips + self.sign_ins

    def __str__(self) -> str:
        told = (
            (self.sealed, ngettext("%(num)s sealed value", "%(num)s sealed values", self.sealed)),
            (self.slips, ngettext("%(num)s printed slip", "%(num)s printed slips", self.slips)),
            (self.sign_ins, ngettext("%(num)s sign-in", "%(num)s sign-ins", self.sign_ins)),
        )
        return ", ".join(words for count, words in told if count) or "0"


def hanging(now: datetime) -> Hanging:
    since = _renewed_at() or now
    sealed = mail.password_is_by_old_key() + sum(1 for _ in chain(seeds_by_old_keys(), words_by_old_keys()))
    slips = db.session.scalar(slips_printed_before(since, now)) or 0
    older = sa.select(sa.func.count(AccountSession.id)).where(
        AccountSession.holding_at(now), AccountSession.signed_in_at < since
    )
    return Hanging(sealed, slips, db.session.scalar(older) or 0)


def _renewed_at() -> datetime | None:
    """None: the log knows nothing of it, so everything that is older than this moment may hang on an old key."""
    return db.session.scalar(sa.select(sa.func.max(AuditEntry.at)).where(AuditEntry.action == ROTATED))


def check_old_keys(now: datetime) -> tuple[bool, str]:
    config: Config = current_app.config["REZONANS"]
    if not config.old_keys:
        return True, _("There is one key, and none before it is believed.")
    found = hanging(now)
    told = {"what": str(found)}
    if found.sealed:
        return False, _(
            "Old keys must stay: %(what)s hang on them. By night, or now: %(command)s", **told, command=SEAL_ANEW
        )
    if found.outside:
        return True, _(
            "Old keys stay for a while: %(what)s hang on them. When nothing does any more: %(command)s",
            **told,
            command=END_OLD,
        )
    return True, _("Nothing hangs on the old keys any more. To end them: %(command)s", command=END_OLD)
