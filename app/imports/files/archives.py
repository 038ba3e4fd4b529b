"""Is this archive safe to hand to a library? Asked before any library opens it (security.md C3).

Runs in the child process under its limits, so that even the list of contents cannot exhaust anything that matters.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.imports.files.faults import Fault, FileFault

MAX_PARTS = 5_000
MAX_INSIDE = 300 * 1024 * 1024
CHUNK = 1024 * 1024
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCAL_HEADER = struct.Struct("<4s22xHH")
DECLARATIONS = [
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
]
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def checked_kind(path: Path) -> str:
    """Return 'xlsx', 'xlsm' or 'ods', or raise FileFault; every byte was inflated and counted on the way."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _refuse_odd_list(parts)
            _refuse_overlap(file, parts, archive.start_dir)
            _refuse_bombs(archive, parts)
            return _kind(archive)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise FileFault(Fault.DAMAGED) from error


def _refuse_odd_list(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS:
        raise FileFault(Fault.TOO_MANY_PARTS)
    for part in parts:
        if part.flag_bits & 0x1:
            raise FileFault(Fault.ENCRYPTED)
        if stat.S_ISLNK(part.external_attr >> 16) or _leads_out(part.filename) or part.compress_type not in METHODS:
            raise FileFault(Fault.SUSPICIOUS)
    if len({part.filename for part in parts}) != len(parts):
        raise FileFault(Fault.SUSPICIOUS)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in PurePosixPath(name.replace("\\", "/")).parts


def _refuse_overlap(file: BinaryIO, parts: list[zipfile.ZipInfo], directory_start: int) -> None:
    """Entries that share bytes make a small file inflate without end; Python before 3.11.8 does not notice."""
    ends = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < ends:
            raise FileFault(Fault.SUSPICIOUS)
        file.seek(part.header_offset)
        _, name_length, extra_length = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
        ends = part.header_offset + LOCAL_HEADER.size + name_length + extra_length + part.compress_size
    if ends > directory_start:
        raise FileFault(Fault.SUSPICIOUS)


def _refuse_bombs(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    inflated = 0
    for part in parts:
        overlap = b""
        is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        for chunk in _chunks(archive, part):
            inflated += len(chunk)
            if inflated > MAX_INSIDE:
                raise FileFault(Fault.TOO_MUCH_INSIDE)
            if is_xml and any(mark in overlap + chunk for mark in DECLARATIONS):
                raise FileFault(Fault.SUSPICIOUS)
            overlap = chunk[-32:]


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "content.xml" in names and "mimetype" in names:
        if not archive.read("mimetype").strip().startswith(ODS_TYPE):
            raise FileFault(Fault.NOT_A_TABLE)
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise FileFault(Fault.ENCRYPTED)
        return "ods"
    if "xl/workbook.bin" in names:
        raise FileFault(Fault.LEGACY)
    if "[Content_Types].xml" not in names or not any(name.lower() == "xl/workbook.xml" for name in names):
        raise FileFault(Fault.NOT_A_TABLE)
    return "xlsm" if b"macroEnabled" in archive.read("[Content_Types].xml") else "xlsx"
