"""The administrator's page says when the last backup was made, when a restore was last rehearsed, and what is held."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.core import clock, mail, restoration
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.core.restoration import Restoration
from app.extensions import db
from app.home.queries.health import health
from app.keeping.models import Rehearsal
from app.keeping.places import name_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import days_ago, make_account, make_grant
from tests.mailbox import mailbox, use

PAGE = "/admin/health"


@pytest.fixture
def backups(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("app.keeping.queries.backups.backups_folder", lambda: tmp_path)
    monkeypatch.setattr("app.keeping.places.backups_folder", lambda: tmp_path)
    return tmp_path


def rehearse(days: int, failure: str | None = None) -> None:
    when = days_ago(days)
    rehearsal = Rehearsal(archive="one.zip", copied_at=when, began_at=when, finished_at=when, row_count=41)
    rehearsal.failure = failure
    db.session.add(rehearsal)
    db.session.flush()


def hold() -> None:
    db.session.add(Restoration(restored_at=clock.now(), copied_at=days_ago(3), stopped_count=2))
    db.session.flush()


def is_well(name: str) -> bool:
    return {check.name: check.is_well for check in health()}[name]


def test_it_says_what_there_is_not_yet(cast: Cast, browser: Browser, backups: Path) -> None:
    text = browser.sign_in(cast.adam).get(PAGE).text
    assert text.count("none yet") == 2
    assert is_well("backups"), "a company of today has its first backup tonight"
    assert is_well("rehearsal")


def test_it_says_when(cast: Cast, browser: Browser, backups: Path) -> None:
    (backups / name_for(days_ago(1))).write_bytes(b"x" * 2_000_000)
    rehearse(4)
    text = browser.sign_in(cast.adam).get(PAGE).text
    assert "2\N{NO-BREAK SPACE}MB" in text
    assert "41 rows" in text
    assert "1 backup" in text
    assert "none yet" not in text


def test_an_old_backup_needs_hands(cast: Cast, backups: Path) -> None:
    (backups / name_for(days_ago(3))).write_bytes(b"x")
    assert not is_well("backups")


def test_a_rehearsal_that_failed_needs_hands_until_one_is_good(cast: Cast, browser: Browser, backups: Path) -> None:
    rehearse(9)
    rehearse(2, "The rows do not fit together.")
    assert not is_well("rehearsal")
    assert "could not be restored" in browser.sign_in(cast.adam).get(PAGE).text
    rehearse(1)
    assert is_well("rehearsal")


def test_a_rehearsal_long_ago_needs_hands(cast: Cast, backups: Path) -> None:
    rehearse(40)
    assert not is_well("rehearsal")


def test_what_a_restored_copy_holds_back_is_let_go_once(cast: Cast, browser: Browser) -> None:
    hold()
    assert not is_well("sending")
    browser.sign_in(cast.adam)
    assert "2 jobs that were waiting" in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/release").status_code == 302
    assert restoration.held() is None
    assert is_well("sending")
    assert db.session.query(AuditEntry).filter_by(action="sending.released").count() == 1
    assert browser.post(f"{PAGE}/release").status_code == 409, "the second time there is nothing"


def test_who_holds_the_role_on_a_part_lets_nothing_go(cast: Cast, browser: Browser) -> None:
    hold()
    part = make_account("part@example.org", name="Part")
    make_grant(part, Role.ADMINISTRATOR, cast.north)
    assert browser.sign_in(part).post(f"{PAGE}/release").status_code == 409
    assert restoration.held() is not None


def test_nobody_else_does(cast: Cast, browser: Browser) -> None:
    hold()
    assert browser.post(f"{PAGE}/release").status_code == 302, "to the sign-in"
    assert browser.sign_in(cast.hanna).post(f"{PAGE}/release").status_code == 403
    assert restoration.held() is not None


def test_a_restored_copy_sends_no_letter(cast: Cast) -> None:
    with mailbox() as box:
        use(box.port)
        hold()
        letter = mail.Letter(to="ewa@example.org", subject="Hello", paragraphs=("Hello",), language="en", key="k" * 32)
        server = mail.server()
        assert server is not None
        with pytest.raises(mail.NotDelivered) as refused:
            mail.deliver(letter, server)
        assert refused.value.reason is mail.Reason.HELD
        assert box.letters == []
        restoration.release(cast.adam.id, clock.now() + timedelta(minutes=1))
        mail.deliver(letter, server)
        assert len(box.letters) == 1
