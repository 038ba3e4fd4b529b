"""A mail server on this machine that takes what it is sent, or does what a test wants of it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.core import settings
from app.core.mail import delivery
from app.core.mail.server import PURPOSE
from app.core.sealing import seal
from app.extensions import db


class Mailbox:
    """What came in, and how the server answers: `refuse` is said to each recipient instead of 250."""

    def __init__(self) -> None:
        self.port = free_port()
        self.letters: list[EmailMessage] = []
        self.refuse = ""
        self.refuse_sender = ""
        self.verdict = "250 taken"  # "": it falls silent when it has the letter
        self.goodbye = "221 Bye"
        self.password = ""

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from, envelope.mail_options = address, list(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        if not self.verdict:
            server.transport.close()
        if self.verdict[:1] in ("2", ""):
            self.letters.append(letter)
        return self.verdict

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        return self.goodbye

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, told: Any) -> AuthResult:
        right = isinstance(told, LoginPassword) and told.password == self.password.encode()
        return AuthResult(success=right, handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mailbox(**options: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=box.port, authenticator=box.authenticate, **options)
    server.start()
    try:
        yield box
    finally:
        server.stop()


@contextmanager
def answering(greeting: bytes) -> Iterator[int]:
    """A server that says this to whoever comes, and closes the door."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    guest, _address = door.accept()
                    with guest:
                        guest.sendall(greeting)

        Thread(target=answer, daemon=True).start()
        yield door.getsockname()[1]


def use(port: int, **words: Any) -> None:
    """The company's mail goes to this port."""
    delivery._silent_until.clear()  # another test may have had this port
    told = {"mail_host": "127.0.0.1", "mail_port": port, "mail_security": "none", "mail_sender": "post@example.org"}
    password = words.pop("password", "")
    for name, value in (told | {f"mail_{name}": value for name, value in words.items()}).items():
        settings.set_company(name, value, actor_id=None)
    if password:
        settings.set_company("mail_password", seal(password, PURPOSE), actor_id=None)
    db.session.commit()  # whoever sends a letter lets go of the database first


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")
