"""Files that went wrong by chance: a slip, a cut, an odd byte, another encoding. The same seed makes the same file."""

import io
import zipfile
from collections.abc import Callable
from random import Random

Mutates = Callable[[bytes, Random], bytes]
NASTY = [
    b'"', b"'", b"\x00", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\x1a", b"\xff\xfe", b"\xc3", b"=1+1", b"%", b"%(x)s", b"{}",
    b"1e999", b"-0", b"9" * 60, b"NaN", b"inf", b"0x1F", "٣".encode(), "½".encode(), "\u202e".encode(), "²".encode(),
    b"2026-13-45", b"0000-00-00", b"99999-01-01", b"0001-01-01", b"9999-12-31", b"31/12/9999 25:61", b"2026-Q9", b"N/D",
    b"Razem", b"300 or more", b"1,234", "\u00a0".encode(), "\u2028".encode(), "\U0001f600".encode(), b"\\", b"<b>",
    b"a" * 9000,
]  # fmt: skip
ENCODINGS = ["utf-16", "utf-16-be", "utf-8-sig", "cp1250", "cp1251", "cp1252", "utf-32", "utf-7"]
SEPARATORS = [b",", b";", b"\t", b"|"]


def mutated(content: bytes, random: Random) -> bytes:
    """One to four mishaps; of a workbook half of them befall a part inside it, which keeps the archive whole."""
    if content.startswith(b"PK") and random.random() < 0.6:
        return _inside(content, random)
    return _mishaps(content, random, WAYS)


def _mishaps(content: bytes, random: Random, ways: list[Mutates]) -> bytes:
    for _ in range(random.randint(1, 4)):
        content = random.choice(ways)(content, random)
    return content


def _inside(content: bytes, random: Random) -> bytes:
    old, new = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    names = old.namelist()
    unlucky = random.choice([name for name in names if "sheet" in name or "content" in name.lower()] or names)
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            part = old.read(name)
            archive.writestr(name, _mishaps(part, random, PLAIN) if name == unlucky else part)
    return new.getvalue()


def _place(content: bytes, random: Random) -> int:
    """Mostly below the first line: a broken header only ends the way sooner."""
    header = content.find(b"\n") + 1 if random.random() < 0.8 else 0
    return random.randint(min(header, len(content)), len(content))


def _flip(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 8)):
        if changed:
            changed[min(_place(content, random), len(changed) - 1)] = random.randrange(256)
    return bytes(changed)


def _insert(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(NASTY) + content[at:]


def _delete(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + content[at + random.randint(1, 40) :]


def _repeat(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    piece = content[at : at + random.randint(1, 60)]
    return content[:at] + piece * random.randint(2, 5) + content[at:]


def _cut(content: bytes, random: Random) -> bytes:
    return content[: _place(content, random)]


def _cell(content: bytes, random: Random) -> bytes:
    """Something else in place of a whole cell."""
    lines = content.split(b"\n")
    row = random.randrange(len(lines))
    separator = max(SEPARATORS, key=lines[row].count)
    cells = lines[row].split(separator)
    cells[random.randrange(len(cells))] = random.choice([*NASTY, b"", b"-", b"0", b"11", b"COMPANY", b"N1"])
    lines[row] = separator.join(cells)
    return b"\n".join(lines)


def _lines(content: bytes, random: Random) -> bytes:
    """Lines in another order, one of them twice and one gone."""
    header, *lines = content.split(b"\n")
    if lines:
        random.shuffle(lines)
        lines.append(lines[0])
        lines.pop(1 % len(lines))
    return b"\n".join([header, *lines])


def _separate(content: bytes, random: Random) -> bytes:
    old, new = random.sample(SEPARATORS, 2)
    return content.replace(old, new, random.choice([-1, 1, 7]))


def _encode(content: bytes, random: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")


PLAIN: list[Mutates] = [_flip, _insert, _delete, _repeat, _cut]
WAYS: list[Mutates] = [*PLAIN, _cell, _cell, _cell, _lines, _separate, _encode]
