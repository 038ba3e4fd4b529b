"""Folders of backups: what lies in them, what was left by somebody who died there, and one at a time."""

import errno
import fcntl
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from config import Config

NAME = re.compile(r"rezonans-(\d{8}-\d{6})\.zip")
STAMP = "%Y%m%d-%H%M%S"
MAKING = ".making-"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_FOR_SQLITE = ("database or disk is full", "disk I/O error")


@dataclass(frozen=True)
class Kept:
    """An archive in the folder of nightly backups."""

    path: Path
    made_at: datetime

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def backups_folder() -> Path:
    config: Config = current_app.config["REZONANS"]
    return config.backups or config.data / "backups"


def name_for(moment: datetime) -> str:
    return f"rezonans-{moment.astimezone(UTC):{STAMP}}.zip"


def archives() -> list[Kept]:
    """The nightly ones, newest first. What somebody else put into the folder is not ours to count or to remove."""
    folder = backups_folder()
    if not folder.is_dir():
        return []
    named = ((path, NAME.fullmatch(path.name)) for path in folder.iterdir())
    found = [Kept(path, datetime.strptime(m[1], STAMP).replace(tzinfo=UTC)) for path, m in named if m]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


@contextmanager
def alone(folder: Path, sentence: str) -> Iterator[None]:
    """A lock that ends with the process, however it ends."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(sentence) from error
        for left in folder.glob(f"{MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """A place of one's own beside the goal, gone afterwards with all that is half done."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=MAKING) as name:
            yield Path(name)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Refused(no_space(folder)) from error
    except sqlite3.OperationalError as error:
        if str(error) not in FULL_FOR_SQLITE:
            raise
        raise Refused(no_space(folder)) from error


def no_space(folder: Path) -> str:
    return str(
        _l("There is not enough space in %(folder)s. What was there before is kept, and nothing half done is left.")
        % {"folder": folder}
    )


def refuse_without_space(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed:
        raise Refused(no_space(folder))


def settled(draft: Path, goal: Path) -> None:
    """Under its name only when it is on the disk whole."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(draft, goal)
    folder = os.open(goal.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
