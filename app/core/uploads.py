"""Files that people bring: stored under their digest, outside `static`, behind this small interface."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from flask import current_app

CHUNK = 1024 * 1024
TAKEN = "0" * 64  # in place of the digest of a file that was taken away for good: nothing is ever found under it


class TooLarge(Exception):
    """More bytes than this kind of upload may have."""


def store(stream: IO[bytes], max_bytes: int) -> str:
    """Write it whole or not at all; returns the SHA-256 under which it is found again."""
    folder = _folder()
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        path = Path(file.name)
        try:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > max_bytes:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    os.replace(path, folder / digest.hexdigest())
    return digest.hexdigest()


def path_of(digest: str) -> Path:
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError("not a digest")
    return _folder() / digest


@contextmanager
def held() -> Iterator[None]:
    """Between the look and the act nobody else takes a file into use, or away. It ends with the process.

    Whoever writes a row that needs a file holds them until its commit; whoever removes one, from the question on
    whether a row needs it.
    """
    with _folder().with_name(".uploads.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def remove(digest: str) -> None:
    path_of(digest).unlink(missing_ok=True)


def stored_before(moment: datetime) -> list[Path]:
    """All files older than that, also those that were never written to their end."""
    return [path for path in _folder().iterdir() if path.stat().st_mtime < moment.timestamp()]


def _folder() -> Path:
    folder: Path = current_app.config["UPLOADS"]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
