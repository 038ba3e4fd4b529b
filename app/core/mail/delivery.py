"""Handing a letter to the server. Never inside a write transaction: the network may take its time."""

import smtplib
from email.message import EmailMessage
from time import monotonic

from app.core import clock, installation, restoration
from app.core.mail.conversation import conversation, hand_over
from app.core.mail.letter import BadAddress, Letter
from app.core.mail.refusals import Delayed, HeldBack, NotDelivered, Reason, Rejected, refusal
from app.core.mail.server import MailServer
from app.extensions import db

REST_SECONDS = 30.0
_silent_until: dict[tuple[str, int], float] = {}


def deliver(letter: Letter, server: MailServer, *, somebody_waits: bool = False) -> None:
    """Returns when the server has taken it. Raises NotDelivered: Delayed, Rejected, or HeldBack in a restored copy.

    Commit before: what is not written by then is forgotten, and no lock is held while the network takes its time.
    """
    if installation.is_demo():
        raise AssertionError("The demo sends no mail.")
    if restoration.held() is not None:
        raise HeldBack
    db.session.rollback()
    try:
        message = letter.message(server, clock.now())
    except BadAddress:
        raise Rejected(Reason.ADDRESS) from None
    if not somebody_waits and monotonic() < _silent_until.get((server.host, server.port), 0):
        raise Delayed(Reason.UNREACHABLE)
    _hand_over(message, letter.to, server)


def _hand_over(message: EmailMessage, to: str, server: MailServer) -> None:
    is_taken = False
    try:
        with conversation(server) as smtp:
            hand_over(smtp, message.as_bytes(), sender=server.sender, to=to)  # `send_message` would write “>From”
            is_taken = True
    except (OSError, smtplib.SMTPException) as error:
        if not is_taken:  # else only its goodbye went wrong, and a second try would be a second letter
            raise _noted(refusal(error), server) from None  # the cause names the addresses


def _noted(refusal: NotDelivered, server: MailServer) -> NotDelivered:
    """Nine hundred letters do not wait ten seconds each for a server that is down, with other work behind them."""
    if refusal.reason is Reason.UNREACHABLE:
        _silent_until[server.host, server.port] = monotonic() + REST_SECONDS
    return refusal


def look(server: MailServer) -> None:
    """Go as far as a letter would, and send none. Raises NotDelivered."""
    try:
        with conversation(server) as smtp:
            smtp.noop()
    except (OSError, smtplib.SMTPException) as error:
        raise refusal(error) from None
