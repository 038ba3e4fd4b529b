"""Handing a letter to the server. Never inside a write transaction: the network may take its time."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from app.core import clock, installation, restoration
from app.core.links import base_url
from app.core.mail.letter import Letter
from app.core.mail.refusals import HeldBack, refusal
from app.core.mail.server import MailSecurity, MailServer
from app.extensions import db

PATIENCE_SECONDS = 10.0


def deliver(letter: Letter, server: MailServer) -> None:
    """Returns when the server has taken it. Raises NotDelivered (HeldBack in a restored copy), or BadAddress before
    anybody is asked.

    Commit before: what is not written by then is forgotten, and no lock is held while the network takes its time.
    """
    if installation.is_demo():
        raise AssertionError("The demo sends no mail.")
    if restoration.held() is not None:
        raise HeldBack
    db.session.rollback()
    message, is_taken = letter.message(server, clock.now()), False
    try:
        with _connection(server) as smtp:
            smtp.sendmail(server.sender, [letter.to], message.as_bytes())  # send_message would write “>From”
            is_taken = True
    except (OSError, smtplib.SMTPException) as error:
        if not is_taken:  # else only its goodbye went wrong, and a second try would be a second letter
            raise refusal(error) from None  # the cause names the addresses


def look(server: MailServer) -> None:
    """Go as far as a letter would, and send none. Raises NotDelivered."""
    try:
        with _connection(server) as smtp:
            smtp.noop()
    except (OSError, smtplib.SMTPException) as error:
        raise refusal(error) from None


@contextmanager
def _connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    own_name = urlsplit(base_url()).hostname or "localhost"
    certificates = ssl.create_default_context()
    if server.security is MailSecurity.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, own_name, timeout=PATIENCE_SECONDS, context=certificates
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, own_name, timeout=PATIENCE_SECONDS)
    with smtp:
        if server.security is MailSecurity.STARTTLS:
            smtp.starttls(context=certificates)
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp
