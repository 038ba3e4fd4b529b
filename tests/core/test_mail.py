"""One letter to one person by the company's server; what goes wrong is said in words somebody can act on."""

from collections.abc import Iterator
from time import monotonic

import pytest

from app.core import clock, installation, mail
from app.core.mail import Delayed, Letter, MailSecurity, MailServer, NotDelivered, Reason, Rejected, delivery
from app.core.sealing import seal, unseal
from app.extensions import db
from tests.cast import Cast
from tests.mailbox import Mailbox, answering, free_port, mailbox, text_of, use

LETTER = Letter("jozef@example.org", "Zażółć", ("Witaj, Józefie.", "Ścieżka: https://x.example/" + "a" * 90), "pl", "1")


@pytest.fixture
def box(cast: Cast) -> Iterator[Mailbox]:
    with mailbox() as box:
        use(box.port)
        yield box


def server() -> MailServer:
    found = mail.server()
    assert found
    return found


def test_a_letter_arrives_as_it_was_written(box: Mailbox) -> None:
    mail.deliver(LETTER, server())
    [letter] = box.letters
    assert letter["To"] == "jozef@example.org"
    assert letter["From"].addresses[0].addr_spec == "post@example.org"
    assert letter["Subject"] == "Zażółć"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert text_of(letter) == "Witaj, Józefie.\n\nŚcieżka: https://x.example/" + "a" * 90 + "\n"


def test_a_second_try_is_known_by_its_number(box: Mailbox) -> None:
    other = Letter(LETTER.to, "x", ("y",), "en", "2")
    for each in (LETTER, LETTER, other):
        mail.deliver(each, server())
    first, again, third = (letter["Message-ID"] for letter in box.letters)
    assert first == again != third
    assert "jozef" not in first


@pytest.mark.parametrize("breaks", ["\r\nBcc: all@example.org", "\nBcc: all@example.org", "\r", "\0", "\x0b"])
def test_no_line_break_becomes_a_header(box: Mailbox, breaks: str) -> None:
    mail.deliver(Letter("a@example.org", f"Hi{breaks}", ("x",), "en", f"k{breaks}"), server())
    assert box.letters[0]["Bcc"] is None
    for to in (f"a@example.org{breaks}", f"a{breaks}@example.org"):
        with pytest.raises(Rejected, match="address"):
            mail.deliver(Letter(to, "x", ("x",), "en", "k"), server())
    wrong = MailServer("127.0.0.1", box.port, MailSecurity.NONE, f"post@example.org{breaks}")
    with pytest.raises(Rejected, match="address"):
        mail.deliver(LETTER, wrong)
    assert len(box.letters) == 1


@pytest.mark.parametrize(
    "to", ["", "nobody", "@example.org", "a@", "a@b@c", "a b@example.org", "a@example.org, b@x.org"]
)
def test_what_is_no_address_gets_no_letter(box: Mailbox, to: str) -> None:
    with pytest.raises(Rejected, match="address"):
        mail.deliver(Letter(to, "x", ("x",), "en", "k"), server())
    assert not box.letters


def reason(letter: Letter = LETTER) -> NotDelivered:
    with pytest.raises(NotDelivered) as refusal:
        mail.deliver(letter, server())
    return refusal.value


def test_nobody_answers(cast: Cast) -> None:
    use(port := free_port())
    assert (reason().reason, type(reason())) == (Reason.UNREACHABLE, Delayed)
    assert delivery._silent_until["127.0.0.1", port] > monotonic()


def test_encryption_that_is_not_there_is_not_done_without(box: Mailbox) -> None:
    use(box.port, security="starttls")
    assert reason().reason is Reason.NOT_ENCRYPTED
    use(box.port, security="tls")
    assert reason().reason in (Reason.NOT_ENCRYPTED, Reason.UNREACHABLE)
    assert not box.letters


@pytest.mark.parametrize(
    ("asked", "why"),
    [("refuse", Reason.RECIPIENT), ("refuse_sender", Reason.SENDER), ("verdict", Reason.OTHER)],
)
@pytest.mark.parametrize(("answer", "kind"), [("550 never here", Rejected), ("451 come back later", Delayed)])
def test_an_answer_is_for_good_or_for_now(
    box: Mailbox, asked: str, why: Reason, answer: str, kind: type[NotDelivered]
) -> None:
    setattr(box, asked, answer)
    refusal = reason()
    assert (refusal.reason, type(refusal)) == (why, kind)
    assert "jozef" not in repr(refusal) + str(refusal.__cause__)
    assert refusal.__suppress_context__, "the log shows no address"
    assert not box.letters


@pytest.mark.parametrize(("greeting", "kind"), [(b"554 no service\r\n", Rejected), (b"421 too busy\r\n", Delayed)])
def test_a_server_that_refuses_at_the_door(cast: Cast, greeting: bytes, kind: type[NotDelivered]) -> None:
    with answering(greeting) as port:
        use(port)
        assert type(reason()) is kind


def test_a_server_that_falls_silent_after_the_letter_may_have_it(box: Mailbox) -> None:
    box.verdict = ""
    refusal = reason()
    assert (refusal.reason, type(refusal)) == (Reason.UNSURE, Rejected)
    assert len(box.letters) == 1, "so it is not sent again"


def test_a_line_that_begins_with_a_period_is_no_end(box: Mailbox) -> None:
    mail.deliver(Letter(LETTER.to, "x", (".", ".well\r\n..known"), "en", "k"), server())
    assert text_of(box.letters[0]) == ".\n\n.well\n..known\n"


def test_a_server_that_did_not_answer_is_left_alone_for_a_while(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else hundreds of letters would wait ten seconds each for it, with all other work behind them."""
    monkeypatch.setattr(delivery, "conversation", lambda _server: pytest.fail("asked"))
    monkeypatch.setitem(delivery._silent_until, ("127.0.0.1", box.port), monotonic() + 9)
    assert reason().reason is Reason.UNREACHABLE
    monkeypatch.undo()
    monkeypatch.setitem(delivery._silent_until, ("127.0.0.1", box.port), monotonic() + 9)
    mail.deliver(LETTER, server(), somebody_waits=True)
    monkeypatch.setitem(delivery._silent_until, ("127.0.0.1", box.port), monotonic())
    mail.deliver(LETTER, server())
    assert len(box.letters) == 2


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_password_is_sealed_and_used(cast: Cast) -> None:
    with mailbox(auth_require_tls=False, auth_required=True) as box:
        box.password = "open sesame"
        use(box.port, user="post", password="open sesame")
        mail.deliver(LETTER, server())
        assert len(box.letters) == 1
        use(box.port, user="post", password="another one")
        assert (reason().reason, type(reason())) == (Reason.NOT_SIGNED_IN, Rejected)
    assert "another one" not in repr(server())


def test_another_key_reads_nothing(cast: Cast) -> None:
    sealed = seal("open sesame", "this")
    assert unseal(sealed, "this") == "open sesame"
    assert unseal(sealed, "that") is None
    assert unseal("nonsense", "this") is None


def test_the_demo_sends_nothing(box: Mailbox) -> None:
    db.session.get_one(installation.Installation, 1).kind = installation.InstallationKind.DEMO
    db.session.flush()
    assert mail.server() is None
    assert not mail.is_possible()


def test_without_a_server_or_a_sender_there_is_no_mail(cast: Cast) -> None:
    assert mail.server() is None
    use(25, sender="")
    assert mail.server() is None


def test_the_date_is_that_of_the_clock(box: Mailbox) -> None:
    mail.deliver(LETTER, server())
    assert abs((box.letters[0]["Date"].datetime - clock.now()).total_seconds()) < 60


@pytest.mark.parametrize("answer", ["250 OK", "421 I am closing"])
def test_what_was_taken_is_delivered_whatever_the_goodbye(box: Mailbox, answer: str) -> None:
    box.goodbye = answer
    mail.deliver(LETTER, server())
    assert len(box.letters) == 1
