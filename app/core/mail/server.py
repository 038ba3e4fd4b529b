"""The company's mail server: settings like any other, but for the password, which is sealed and never shown again."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core import installation, settings
from app.core.sealing import Opened, opened, seal
from app.core.settings import Setting

PURPOSE = "mail password"


class MailSecurity(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


SETTINGS = [
    Setting("mail_host", _l("Mail server"), ""),
    Setting("mail_port", _l("Port"), 587, lambda value: isinstance(value, int) and 1 <= value <= 65535),
    Setting("mail_security", _l("Encryption"), MailSecurity.STARTTLS.value, lambda value: value in set(MailSecurity)),
    Setting("mail_user", _l("User name at the mail server"), ""),
    Setting("mail_sender", _l("Sender's address"), ""),
    Setting("mail_password", _l("Password at the mail server"), "", is_secret=True),
]
PLAIN = ("mail_host", "mail_port", "mail_security", "mail_user", "mail_sender")


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    security: MailSecurity
    sender: str
    sender_name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


def server() -> MailServer | None:
    """None when the company has named none, and in the demo, whatever is written there."""
    host, sender = str(settings.company("mail_host")), str(settings.company("mail_sender"))
    if not host or not sender or installation.is_demo():
        return None
    return MailServer(
        host=host,
        port=int(settings.company("mail_port")),
        security=MailSecurity(settings.company("mail_security")),
        sender=sender,
        sender_name=" ".join(str(settings.company("company_name")).split()),
        user=str(settings.company("mail_user")),
        password=found.text if (found := _password()) else "",
    )


def is_possible() -> bool:
    """Whether mail can be sent at all: pages ask before they offer it."""
    return bool(settings.company("mail_host") and settings.company("mail_sender")) and not installation.is_demo()


def has_password() -> bool:
    return bool(settings.company("mail_password"))


def password_is_by_old_key() -> bool:
    found = _password()
    return found is not None and found.by_old_key


def seal_password_anew() -> None:
    """With the newest key; the log is not told, as nothing that it remembers has changed."""
    found = _password()
    if found is not None and found.by_old_key:
        settings.reword_secret("mail_password", seal(found.text, PURPOSE))


def _password() -> Opened | None:
    return opened(str(settings.company("mail_password")), PURPOSE)


def change_server(words: dict[str, Any], password: str, *, actor_id: int) -> None:
    """An empty password keeps the one that is there; without a user there is none to keep."""
    for name in PLAIN:
        if settings.company(name) != words[name]:
            settings.set_company(name, words[name], actor_id=actor_id)
    if not words["mail_user"]:
        password, wanted = "", has_password()
    else:
        wanted = bool(password)
    if wanted:
        settings.set_company("mail_password", seal(password, PURPOSE) if password else "", actor_id=actor_id)
