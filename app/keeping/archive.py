"""The archive: one ZIP file, stored without compression, written in one go, its table of contents last.

`manifest.json` says what is in it and the SHA-256 of each part. A file that was cut short has no table of contents at
its end, and one that was changed has another digest: neither is restored.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused

FORMAT = 1
MANIFEST, DATABASE, UPLOAD = "manifest.json", "database.sqlite", "uploads/"
CHUNK = 1024 * 1024
LONGEST_MANIFEST = 64 * CHUNK
EPOCH = (1980, 1, 1, 0, 0, 0)  # no part tells a time of its own
PARTS = re.compile(r"database\.sqlite|tables/[a-z_]+|uploads/[0-9a-f]{64}")


@dataclass
class Manifest:
    """What the archive says of itself."""

    format: int
    made_at: str
    kind: str
    database: str
    revision: str
    counts: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def copied_at(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def uploads(self) -> list[str]:
        return [name.removeprefix(UPLOAD) for name in self.digests if name.startswith(UPLOAD)]


class Writer:
    """Puts parts into an open file, one after the other."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True)
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        """Broken off it is given up now, or the library would try to end it later and complain on the terminal."""
        with suppress(OSError, ValueError):
            self._zip.close()

    def add(self, name: str, chunks: Iterable[bytes | bytearray | memoryview]) -> None:
        digest = hashlib.sha256()
        # Beside the writing, which has a checksum of its own to reckon: one after the other took half as long again.
        with self._zip.open(_entry(name), "w", force_zip64=True) as part, ThreadPoolExecutor(1) as beside:
            for chunk in chunks:
                digested = beside.submit(digest.update, chunk)
                part.write(chunk)
                digested.result()  # whoever gives the chunks may write the next one into the same place
        self._digests[name] = digest.hexdigest()

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self.add(name, iter(lambda: file.read(CHUNK), b""))

    def finish(self, manifest: Manifest) -> None:
        manifest.digests = self._digests
        self._zip.writestr(_entry(MANIFEST), json.dumps(asdict(manifest), indent=1))
        self._zip.close()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o600 << 16
    return entry


class Reader:
    """An archive that is whole: everything that the manifest names is there, and is what it was."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest = _manifest(self._zip)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError) as error:
            raise Refused(_NOT_ONE) from error

    def close(self) -> None:
        self._zip.close()

    def verify(self) -> None:
        for name, digest in self.manifest.digests.items():
            found = hashlib.sha256()
            try:
                for chunk in self.chunks(name):
                    found.update(chunk)
            except (zipfile.BadZipFile, KeyError, EOFError) as error:
                raise Refused(_NOT_ONE) from error
            if found.hexdigest() != digest or (name.startswith(UPLOAD) and name != UPLOAD + digest):
                raise Refused(_NOT_ONE)

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(name)

    def size_of(self, name: str) -> int:
        return self._zip.getinfo(name).file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        with self.open(name) as part:
            yield from iter(lambda: part.read(CHUNK), b"")

    def extract(self, name: str, to: Path) -> None:
        with to.open("wb") as file:
            for chunk in self.chunks(name):
                file.write(chunk)


_NOT_ONE = _l(
    "This file is not a backup of Rezonans, or it is cut short or damaged. Nothing was changed; take another backup."
)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    entry = archive.getinfo(MANIFEST)
    if entry.file_size > LONGEST_MANIFEST:
        raise ValueError("a manifest of that length is none")
    told: Mapping[str, Any] = json.loads(archive.read(entry))
    if told["format"] != FORMAT:
        raise Refused(_l("This backup was made by another version of Rezonans, which writes them in another way."))
    manifest = Manifest(**told)
    if not all(PARTS.fullmatch(name) for name in manifest.digests) or manifest.copied_at.tzinfo is None:
        raise ValueError("parts that no backup has")
    if any(part.compress_type != zipfile.ZIP_STORED for part in archive.infolist()):
        raise ValueError("compressed")
    return manifest
