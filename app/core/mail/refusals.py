"""Why a letter was not taken, as far as the person who looks after mail can do something about it."""

import smtplib
import ssl
from enum import StrEnum

from app.core.jobs import NotYet


class Reason(StrEnum):
    UNREACHABLE = "unreachable"
    NOT_ENCRYPTED = "not_encrypted"
    NOT_SIGNED_IN = "not_signed_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    OTHER = "other"
    HELD = "held"  # this is a restored copy, and nobody has let it send yet


class NotDelivered(Exception):
    """`is_final`: the server said no to this very letter, and would again."""

    def __init__(self, reason: Reason, *, is_final: bool = False) -> None:
        super().__init__(reason.value)
        self.reason, self.is_final = reason, is_final


class HeldBack(NotDelivered, NotYet):
    """What waits for somebody to let it go is not refused, and must not run out of tries meanwhile."""

    def __init__(self) -> None:
        super().__init__(Reason.HELD)


def refusal(error: Exception) -> NotDelivered:
    """Only the kind of error: what a server answers may hold addresses."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return NotDelivered(Reason.NOT_SIGNED_IN)
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _answer in error.recipients.values()]
            return NotDelivered(Reason.RECIPIENT, is_final=all(500 <= code < 600 for code in codes))
        case smtplib.SMTPSenderRefused():
            return NotDelivered(Reason.SENDER)
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return NotDelivered(Reason.NOT_ENCRYPTED)
        case smtplib.SMTPServerDisconnected() | smtplib.SMTPConnectError() | OSError():
            return NotDelivered(Reason.OTHER if _is_answer(error) else Reason.UNREACHABLE)
    return NotDelivered(Reason.OTHER)


def _is_answer(error: Exception) -> bool:
    """smtplib's own errors derive from OSError; these came from a server that could be reached."""
    unreached = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)
    return isinstance(error, smtplib.SMTPException) and not isinstance(error, unreached)
