"""Mail, as little as is needed: the server that the company names, one letter at a time, delivered by jobs.

What a letter says and to whom is its feature's business. The demo sends none.
"""

from app.core.mail.delivery import deliver, look
from app.core.mail.letter import Letter
from app.core.mail.refusals import OF_ONE_MAILBOX, Delayed, NotDelivered, Reason, Rejected
from app.core.mail.server import (
    MailSecurity,
    MailServer,
    change_server,
    is_possible,
    password_is_by_old_key,
    seal_password_anew,
    server,
)

__all__ = [
    "OF_ONE_MAILBOX",
    "Delayed",
    "Letter",
    "MailSecurity",
    "MailServer",
    "NotDelivered",
    "Reason",
    "Rejected",
    "change_server",
    "deliver",
    "is_possible",
    "look",
    "password_is_by_old_key",
    "seal_password_anew",
    "server",
]
