"""What can be wrong with a file, by name. Imports nothing: the child process that reads sheets must stay small."""

from enum import StrEnum


class Fault(StrEnum):
    GONE = "gone"
    TAKEN = "taken"
    EMPTY = "empty"
    NOT_A_TABLE = "not-a-table"
    WEB_PAGE = "web-page"
    LEGACY = "legacy"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    SUSPICIOUS = "suspicious"
    TOO_MANY_PARTS = "too-many-parts"
    TOO_MUCH_INSIDE = "too-much-inside"
    TOO_MUCH_MEMORY = "too-much-memory"
    TOO_SLOW = "too-slow"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_ROWS = "too-many-rows"
    LONG_CELL = "long-cell"
    NO_SUCH_SHEET = "no-such-sheet"
    NO_TITLED_SHEET = "no-titled-sheet"
    TITLED_TWICE = "titled-twice"
    BROKEN_TEXT = "broken-text"
    OPEN_QUOTE = "open-quote"


class FileFault(Exception):
    """Raised below the sentences; whoever speaks to people turns it into one."""

    def __init__(self, fault: Fault, **params: str) -> None:
        super().__init__(fault, params)
        self.fault = fault
        self.params = params


MAX_COLUMNS = 1_000
MAX_SHEET_ROWS = 200_000
# A sheet may carry titles above its header and footnotes below; they are not what the bound is about.
SPARE_ROWS = 100
# The limit that Python's csv module has by itself; sheets get the same.
MAX_CELL = 131_072
