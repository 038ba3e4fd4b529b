"""Passwords are looked at in threads of their own: four at most, and anew in a process that was forked."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from app.people.credentials import passwords
from tests.copies import Copy


class Counting:
    """Stands in for the hasher, and notices how many are at it."""

    def __init__(self) -> None:
        self.lock, self.now, self.most, self.one_too_many = threading.Lock(), 0, 0, threading.Event()

    def hash(self, password: str) -> str:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            if self.now > passwords.AT_ONCE:
                self.one_too_many.set()
        self.one_too_many.wait(0.2)
        with self.lock:
            self.now -= 1
        return password


def test_four_at_once_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    monkeypatch.setattr(passwords, "_current_hasher", lambda: counting)
    with ThreadPoolExecutor(12) as visitors:
        assert len(list(visitors.map(passwords.hash_password, ["correct horse"] * 12))) == 12
    assert counting.most == passwords.AT_ONCE == 4


def test_a_forked_process_hashes_in_threads_of_its_own(app: Flask, tmp_path: Path) -> None:
    def act() -> int:
        with app.app_context():
            return 0 if passwords.matches(stored, "correct horse") else 1

    with app.app_context():
        stored = passwords.hash_password("correct horse")
        with Copy(act, tmp_path / "log") as copy:
            assert copy.wait(20) == 0, copy.said()
