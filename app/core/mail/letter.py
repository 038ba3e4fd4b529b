"""One letter: plain text to one person. `EmailMessage` refuses line breaks in headers; here they never get that far."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.core.mail.server import MailServer


class BadAddress(Exception):
    """No letter can be addressed like that."""


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    paragraphs: tuple[str, ...]
    language: str
    key: str  # the same for each try at the same letter, so that a mailbox can tell a repeated one

    def message(self, server: MailServer, now: datetime) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(server.sender_name, addr_spec=_one_address(server.sender))
        message["To"] = Address(addr_spec=_one_address(self.to))
        message["Subject"] = " ".join(self.subject.split())
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{hashlib.sha256(self.key.encode()).hexdigest()[:40]}@{server.sender.split('@')[-1]}>"
        message["Auto-Submitted"] = "auto-generated"  # so that no absence note answers it
        message.set_content("\n\n".join(self.paragraphs) + "\n", cte="quoted-printable")
        message["Content-Language"] = self.language
        return message


def _one_address(text: str) -> str:
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError) as error:
        raise BadAddress from error
    if not address.domain or not (text.isprintable() and text.isascii()):
        raise BadAddress
    return text
