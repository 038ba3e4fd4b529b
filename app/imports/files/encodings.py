"""Which encoding a text file is in. Read from end to end, in chunks: the first odd byte may be the last."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1024 * 1024
SAMPLE = 256 * 1024
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
WESTERN = "àâäáãåçèéêëìíîïñòôöóõøùúûüßÀÂÄÁÃÅÇÈÉÊËÌÍÎÏÑÒÔÖÓÕØÙÚÛÜ"
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
HIGH_BYTE = rb"[\x80-\xff]"
# A letter stands next to a letter; a pound sign or a quotation mark of the same byte value seldom does on both sides.
LETTER = re.compile(rb"(?<=[A-Za-z\x80-\xff])[\x80-\xff]|[\x80-\xff](?=[A-Za-z\x80-\xff])")
CYRILLIC_RUN = re.compile(rb"[\xa8\xb8\xc0-\xff]{2,}")


@dataclass(frozen=True)
class Encoding:
    name: str
    errors: str = "strict"


def encoding_of(path: Path) -> Encoding:
    """The mark at the beginning, else UTF-8 where the whole file is, else the code page that its letters speak for."""
    with path.open("rb") as file:
        head = file.read(CHUNK)
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return Encoding(name, "replace")
    if wide := _unmarked_utf_16(head):
        return Encoding(wide, "replace")
    odd = _lines_beyond_utf_8(path)
    if not odd:
        return Encoding("utf-8")
    # A stray byte in a file that is otherwise UTF-8 costs one character, not all the others.
    if _is_mostly_utf_8(odd):
        return Encoding("utf-8", "replace")
    return Encoding(_code_page(odd), "replace")


def _unmarked_utf_16(head: bytes) -> str | None:
    if not head:
        return None
    zeros_even, zeros_odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if zeros_odd > 0.4 * half and zeros_even < 0.1 * half:
        return "utf-16-le"
    if zeros_even > 0.4 * half and zeros_odd < 0.1 * half:
        return "utf-16-be"
    return None


def _lines_beyond_utf_8(path: Path) -> bytes:
    """Empty where the file is UTF-8; else the bytes around the first place that is not, as a sample of its letters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                file.seek(max(0, file.tell() - len(chunk) + error.start - 1024))
                return file.read(SAMPLE)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            file.seek(-min(SAMPLE, file.tell()), 2)
            return file.read()
    return b""


def _is_mostly_utf_8(sample: bytes) -> bool:
    bad = sample.decode("utf-8", errors="replace").count("\ufffd") - sample.count("\ufffd".encode())
    high = len(re.findall(HIGH_BYTE, sample))
    return bad * 10 < high


def _code_page(sample: bytes) -> str:
    letters = LETTER.findall(sample)
    if not letters:
        return "cp1252"
    in_runs = sum(len(run) for run in CYRILLIC_RUN.findall(sample))
    # Russian words are high bytes from end to end; Polish, German and French ones hold one or two among Latin letters.
    if in_runs > 0.6 * len(letters):
        return "cp1251"
    candidates = {"cp1252": WESTERN, "cp1250": POLISH, "iso-8859-2": POLISH}
    return max(candidates, key=lambda name: _hits(letters, candidates[name].encode(name)))


def _hits(letters: list[bytes], wanted: bytes) -> int:
    return sum(letter in wanted for letter in letters)
