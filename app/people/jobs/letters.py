"""Letters about ways in. What opens is minted here, just before it leaves; only its hash is ever written.

Each letter is handed over between two transactions. A server that is not there, or asks for patience, leaves the row as
if nothing had been minted, and the job is tried again for most of a day; one that says no is believed at once. A worker
that dies in between leaves a minted row, and nobody knows whether the letter left: the next worker lets that one stand,
mints a second and sends it. At worst somebody gets two letters, both of which work until one is used; never none, and
never two after a success that was written down.
"""

import sqlalchemy as sa

from app.core import clock, mail
from app.core.audit import AuditEntry
from app.core.jobs import in_steps
from app.core.mail import Letter, NotDelivered, Reason, Rejected
from app.extensions import db
from app.people.actions.ways_in import is_wanted, mint, unmint
from app.people.models import Account, AddressChange, WayIn
from app.people.wording import letters


def send_way_in(way_in_id: int) -> None:
    """Number 0 is a request by a name that nobody has: it costs as much as any other up to here."""
    way_in = db.session.get(WayIn, way_in_id) if way_in_id else None
    if way_in is None or way_in.sent_at or way_in.failed_at:
        return
    if not is_wanted(way_in, clock.now()):
        db.session.delete(way_in)
        return
    if way_in.minted_at and not _set_apart(way_in):
        way_in.sent_at = way_in.minted_at
        return
    _send(way_in)


def _set_apart(way_in: WayIn) -> bool:
    """The worker of the last try died between sending and writing it down: what it minted stands in a row of its own,
    and this one is as if it had not been tried. False the second time: two letters are enough."""
    same = {"account_id": way_in.account_id, "kind": way_in.kind, "asked_at": way_in.asked_at}
    apart = sa.select(WayIn.id).filter_by(**same).where(WayIn.id > way_in.id, WayIn.sent_at == WayIn.minted_at)
    if db.session.scalar(apart.limit(1)) is not None:
        return False
    minted = {name: getattr(way_in, name) for name in ("minted_at", "ends_at", "token_hash", "tied_to")}
    unmint(way_in)
    db.session.flush()  # a hash stands in one row only
    db.session.add(WayIn(**same, **minted, sent_at=minted["minted_at"], asked_by_id=way_in.asked_by_id))
    return True


def _send(way_in: WayIn) -> None:
    server, way_in_id = mail.server(), way_in.id
    if server is None:
        way_in.failed_at = clock.now()
        return
    letter = letters.way_in_letter(way_in, mint(way_in, clock.now()).token)
    in_steps([None])  # commits, if the job is still ours
    try:
        mail.deliver(letter, server)
    except NotDelivered as refusal:
        if refusal.reason is not Reason.UNSURE:  # what may have arrived must open, whoever is asked again
            unmint(db.session.get_one(WayIn, way_in_id))
            db.session.commit()
        raise
    db.session.get_one(WayIn, way_in_id).sent_at = clock.now()


def give_up_way_in(way_in_id: int) -> None:
    failed = sa.update(WayIn).where(WayIn.id == way_in_id, WayIn.sent_at.is_(None)).values(failed_at=clock.now())
    db.session.execute(failed)


def tell_addresses(change_id: int) -> None:
    """The old one first: it is the one that may know nothing of it. It may be closed by now; the new one is told."""
    change, server = db.session.get(AddressChange, change_id), mail.server()
    if change is None:
        return
    refusal = None
    if server is not None and change.before and change.old_told_at is None:
        refusal = _tell(letters.old_address_letter(change), server)
        change = db.session.get_one(AddressChange, change_id)
        change.old_told_at = clock.now()
        db.session.commit()
        change = db.session.get_one(AddressChange, change_id)
    if server is not None and change.after:
        refusal = _tell(letters.new_address_letter(change), server) or refusal
    if refusal is not None:
        raise refusal
    give_up_change(change_id)


def _tell(letter: Letter, server: mail.MailServer) -> Rejected | None:
    """The server's no, if it is one for good. Raises Delayed for what may go better later."""
    in_steps([None])
    try:
        mail.deliver(letter, server)
    except Rejected as refusal:
        return refusal
    return None


def give_up_change(change_id: int) -> None:
    """Told, or not to be told: the old address is kept no longer."""
    db.session.execute(sa.delete(AddressChange).where(AddressChange.id == change_id))


def tell_change(entry_id: int) -> None:
    """Something that opens the account has changed: its owner hears of it, by the entry of the log that says so."""
    entry, server = db.session.get_one(AuditEntry, entry_id), mail.server()
    account = db.session.get_one(Account, entry.subject_id)
    if server is None or not account.email:
        return
    letter = letters.change_letter(account, entry)
    in_steps([None])
    mail.deliver(letter, server)
