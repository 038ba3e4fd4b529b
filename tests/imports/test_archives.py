"""Security rule C3: what is built to kill its reader is refused, and the process that asked lives, with its memory."""

import os
import resource
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.imports.files import sheets
from app.imports.files.faults import Fault
from app.imports.reading import UnreadableFile, open_table
from tests.imports.workbooks import write_bare_xlsx, write_ods, write_zip

CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SMALL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def fault_of(path: Path) -> Fault:
    with pytest.raises(UnreadableFile) as caught:
        list(open_table(path).rows())
    return caught.value.fault


def test_the_smallest_workbook_is_read(tmp_path: Path) -> None:
    path = write_bare_xlsx(tmp_path / "small.xlsx", SMALL)
    assert list(open_table(path).rows()) == [(1, ["1"])]


def test_a_small_file_that_asks_for_550_gigabytes_is_refused_and_we_live(tmp_path: Path) -> None:
    path = write_bare_xlsx(tmp_path / "corners.xlsx", CORNERS)
    assert path.stat().st_size < 2000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert fault_of(path) is Fault.TOO_MUCH_MEMORY
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_100_000


def test_a_repeated_cell_of_an_ods_is_refused_likewise(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "repeat.ods", [["x"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="900000000"', 1
    )
    assert fault_of(write_zip(path, parts)) in (Fault.TOO_MUCH_MEMORY, Fault.TOO_MANY_COLUMNS, Fault.DAMAGED)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    prolog = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    path = write_bare_xlsx(tmp_path / "entity.xlsx", SMALL, prolog=prolog)
    if encoding != "utf-8":
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/other.xml", prolog.encode(encoding))
    assert fault_of(path) is Fault.SUSPICIOUS


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = write_bare_xlsx(tmp_path / "parts.xlsx", SMALL, {f"x/{number}.bin": "" for number in range(5000)})
    assert fault_of(path) is Fault.TOO_MANY_PARTS


@pytest.mark.parametrize("name", ["../outside.xml", "xl/../../x", "/etc/passwd", "..\\windows", "C:\\x"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    assert fault_of(write_bare_xlsx(tmp_path / "out.xlsx", SMALL, {name: "x"})) is Fault.SUSPICIOUS


def test_links_are_refused(tmp_path: Path) -> None:
    path = write_bare_xlsx(tmp_path / "link.xlsx", SMALL)
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert fault_of(path) is Fault.SUSPICIOUS


def test_parts_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = write_bare_xlsx(tmp_path / "overlap.xlsx", SMALL)
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", directory + 4)
    third = content.index(b"PK\x01\x02", second + 4)
    # Two entries of the directory now point to one and the same local header.
    content[third + 42 : third + 46] = content[second + 42 : second + 46]
    path.write_bytes(content)
    assert fault_of(path) is Fault.SUSPICIOUS


def test_encrypted_parts_are_called_by_their_name(tmp_path: Path) -> None:
    path = write_bare_xlsx(tmp_path / "locked.xlsx", SMALL)
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8 : directory + 10] = struct.pack("<H", 1)
    path.write_bytes(content)
    assert fault_of(path) is Fault.ENCRYPTED
    manifest = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    assert fault_of(write_ods(tmp_path / "locked.ods", [["x"]], manifest)) is Fault.ENCRYPTED


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    assert fault_of(write_zip(tmp_path / "letter.docx", {"word/document.xml": "<x/>"})) is Fault.NOT_A_TABLE


@pytest.mark.parametrize("cut", [30, 200, 600, -30])
def test_a_workbook_cut_short_is_damaged(tmp_path: Path, cut: int) -> None:
    path = write_bare_xlsx(tmp_path / "cut.xlsx", SMALL)
    path.write_bytes(path.read_bytes()[:cut])
    assert fault_of(path) is Fault.DAMAGED


def test_a_workbook_of_broken_xml_is_damaged(tmp_path: Path) -> None:
    assert fault_of(write_bare_xlsx(tmp_path / "xml.xlsx", "<row><c r='ZZZZ'><v>")) is Fault.DAMAGED


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = sheets.CHILD.replace("main(*sys.argv[2:])", "import signal; signal.alarm(1)\nwhile True: pass")
    monkeypatch.setattr(sheets, "CHILD", slow)
    assert fault_of(write_bare_xlsx(tmp_path / "slow.xlsx", SMALL)) is Fault.TOO_SLOW


def test_the_child_knows_nothing_of_the_application(tmp_path: Path) -> None:
    path = write_bare_xlsx(tmp_path / "small.xlsx", SMALL)
    asked = sheets.CHILD + 'print(*sorted({"flask", "sqlalchemy", "app.core"} & set(sys.modules)), sep=",")'
    command = [sys.executable, "-I", "-c", asked, str(sheets.APP), "list", str(path)]
    # Only to have the child's own imports listed: the engine never shows its output to anybody.
    answer = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    assert answer.stdout.splitlines()[-1] == ""
