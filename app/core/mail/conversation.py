"""What is said to a mail server, by the standard library; only the moment of handing over is watched more closely."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from app.core.links import base_url
from app.core.mail.refusals import Unsure
from app.core.mail.server import MailSecurity, MailServer

PATIENCE_SECONDS = 10.0
VERDICT_SECONDS = 60.0  # servers look for viruses and spam before they say that they have taken a letter


@contextmanager
def conversation(server: MailServer) -> Iterator[smtplib.SMTP]:
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


def hand_over(smtp: smtplib.SMTP, letter: bytes, *, sender: str, to: str) -> None:
    """As `sendmail` does, but that a server which falls silent after the last line may have the letter."""
    smtp.ehlo_or_helo_if_needed()
    code, answer = smtp.mail(sender)
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, answer, sender)
    code, answer = smtp.rcpt(to)
    if code not in (250, 251):
        raise smtplib.SMTPRecipientsRefused({to: (code, answer)})
    code, answer = smtp.docmd("data")
    if code == 354:
        code, answer = _verdict(smtp, re.sub(rb"(?m)^\.", b"..", letter))
    if code != 250:
        raise smtplib.SMTPDataError(code, answer)


def _verdict(smtp: smtplib.SMTP, quoted: bytes) -> tuple[int, bytes]:
    assert smtp.sock
    smtp.sock.settimeout(VERDICT_SECONDS)
    try:
        smtp.send(quoted + b".\r\n")
        return smtp.getreply()
    except OSError as error:
        raise Unsure from error
