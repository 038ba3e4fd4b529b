"""Letters about ways in. What opens is minted here, just before it leaves; only its hash is ever written.

Each letter is handed over between two transactions. A server that says no, or is not there, leaves the row as if
nothing had been minted, and the job is tried again. A worker that dies in between leaves a minted row, and nobody knows
whether the letter left: the next worker lets that one stand, mints a second and sends it. At worst somebody
gets two letters, both of which work until one is used; never none, and never two after a success that was written down.
"""

import sqlalchemy as sa

from app.core import clock, mail
from app.core.audit import AuditEntry
from app.core.jobs import in_steps
from app.core.mail import BadAddress, Letter, NotDelivered
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
    _send(_again(way_in) if way_in.minted_at else way_in)


def _again(lost: WayIn) -> WayIn:
    """The worker of the last try died between sending and writing it down."""
    lost.sent_at = lost.minted_at
    again = WayIn(account_id=lost.account_id, kind=lost.kind, asked_at=lost.asked_at, asked_by_id=lost.asked_by_id)
    db.session.add(again)
    db.session.flush()
    return again


def _send(way_in: WayIn) -> None:
    server, way_in_id = mail.server(), way_in.id
    if server is None:
        way_in.failed_at = clock.now()
        return
    letter = letters.way_in_letter(way_in, mint(way_in, clock.now()).token)
    in_steps([None])  # commits, if the job is still ours
    try:
        was_taken = _was_taken(letter, server)
    except NotDelivered:
        unmint(db.session.get_one(WayIn, way_in_id))
        db.session.commit()
        raise
    way_in = db.session.get_one(WayIn, way_in_id)
    if was_taken:
        way_in.sent_at = clock.now()
    else:
        way_in.failed_at = clock.now()


def _was_taken(letter: Letter, server: mail.MailServer) -> bool:
    """False: not now and never. Raises NotDelivered for what may go better later."""
    try:
        mail.deliver(letter, server)
    except BadAddress:
        return False
    except NotDelivered as refusal:
        if refusal.is_final:
            return False
        raise
    return True


def give_up_way_in(way_in_id: int) -> None:
    failed = sa.update(WayIn).where(WayIn.id == way_in_id, WayIn.sent_at.is_(None)).values(failed_at=clock.now())
    db.session.execute(failed)


def tell_addresses(change_id: int) -> None:
    """The old one first: it is the one that may know nothing of it."""
    change, server = db.session.get(AddressChange, change_id), mail.server()
    if change is None:
        return
    if server is not None and change.before and change.old_told_at is None:
        letter = letters.old_address_letter(change)
        in_steps([None])
        _was_taken(letter, server)
        change = db.session.get_one(AddressChange, change_id)
        change.old_told_at = clock.now()
        db.session.commit()
        change = db.session.get_one(AddressChange, change_id)
    if server is not None and change.after:
        letter = letters.new_address_letter(change)
        in_steps([None])
        _was_taken(letter, server)
    give_up_change(change_id)


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
    _was_taken(letter, server)
