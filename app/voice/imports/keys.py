"""What makes a repeated import safe: a key for each answer, the same whenever it is brought again."""

from hashlib import blake2b

from app.voice.imports.numbers import VALUE, Numbers
from app.voice.imports.rows import Answer

SHORT = 60  # bits of a digest kept in memory: a million keys collide once in two million files
SEPARATOR = "\x1f"


class Keys:
    """Keys of one file. Answers without an id of their own are told apart by their place among equal ones."""

    def __init__(self) -> None:
        self._known = Numbers()
        self._seen = Numbers()
        self._repeats: dict[int, int] = {}

    def key(self, answer: Answer) -> bytes:
        if answer.external_id is not None:
            return _digest(f"feedback{SEPARATOR}{answer.metric}{SEPARATOR}{answer.external_id}")
        base = _digest(_content(answer))
        short = _shortened(base)
        if self._seen.put(short, 0) is None:
            return base
        place = self._repeats[short] = self._repeats.get(short, 0) + 1
        return _digest(f"{base.hex()}{SEPARATOR}{place}")

    def begin_after(self, answer: Answer, count: int) -> None:
        """So many equal ones of the same file have their places already."""
        short = _shortened(_digest(_content(answer)))
        self._seen.add(short)
        self._repeats[short] = count - 1

    def stands_before(self, answer: Answer, key: bytes) -> bool | None:
        """Of an answer with an id: False when it is new in this file, True when it stood before, None if otherwise."""
        # Compared within this process only, so the language's own hash of the values will do.
        content = hash((*answer[:4], answer.touchpoint.casefold(), *answer[5:])) & VALUE
        before = self._known.put(_shortened(key), content)
        return False if before is None else True if before == content else None


def _content(answer: Answer) -> str:
    texts = (answer.touchpoint.casefold(), answer.channel, answer.language, answer.comment)
    return SEPARATOR.join((str(answer.unit_id), answer.day.isoformat(), answer.metric, str(answer.score), *texts))


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _shortened(digest: bytes) -> int:
    return int.from_bytes(digest[:8], "big") >> (64 - SHORT)
