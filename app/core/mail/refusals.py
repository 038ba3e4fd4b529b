"""Why a letter was not taken, as far as the person who looks after mail can do something about it."""

import smtplib
import ssl
from enum import StrEnum

from app.core.jobs import ForGood, Later, NotYet


class Reason(StrEnum):
    UNREACHABLE = "unreachable"
    NOT_ENCRYPTED = "not_encrypted"
    NOT_SIGNED_IN = "not_signed_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    ADDRESS = "address"  # no letter can be addressed like that, so nobody was asked
    UNSURE = "unsure"  # handed over, and then nothing was heard: it may have arrived
    OTHER = "other"
    HELD = "held"  # this is a restored copy, and nobody has let it send yet


OF_ONE_MAILBOX = (Reason.RECIPIENT, Reason.ADDRESS)  # says nothing about the next letter


class NotDelivered(Exception):
    """Not taken: `Delayed` for now, or `Rejected` for good."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Delayed(NotDelivered, Later):
    """The server is not there, or asks to come back later."""


class Rejected(NotDelivered, ForGood):
    """It said no, and would again; or it may have taken the letter, and a second try would be a second letter."""


class HeldBack(NotDelivered, NotYet):
    """What waits for somebody to let it go is not refused, and must not run out of tries meanwhile."""

    def __init__(self) -> None:
        super().__init__(Reason.HELD)


def refusal(error: Exception) -> NotDelivered:
    """Only the kind of error: what a server answers may hold addresses."""
    reason = _reason(error)
    return Rejected(reason) if reason is Reason.UNSURE or _says_never(error) else Delayed(reason)


class Unsure(smtplib.SMTPException):
    """Nothing was heard after the letter."""


def _says_never(error: Exception) -> bool:
    """Answers from 500 up are meant for good; those from 400 up, and silence, for now (RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _reason(error: Exception) -> Reason:
    match error:
        case Unsure():
            return Reason.UNSURE
        case smtplib.SMTPAuthenticationError():
            return Reason.NOT_SIGNED_IN
        case smtplib.SMTPRecipientsRefused():
            return Reason.RECIPIENT
        case smtplib.SMTPSenderRefused():
            return Reason.SENDER
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return Reason.NOT_ENCRYPTED
        case smtplib.SMTPServerDisconnected() | OSError():
            return Reason.OTHER if _is_answer(error) else Reason.UNREACHABLE
    return Reason.OTHER


def _is_answer(error: Exception) -> bool:
    """smtplib's own errors derive from OSError; these came from a server that could be reached."""
    return isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected)
