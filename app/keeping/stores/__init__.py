"""How each database copies itself while it runs, and takes a copy back in one last step."""

from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from app.extensions import db
from app.keeping.archive import Manifest, Reader, Writer
from app.keeping.stores.sqlite import SqliteStore


class Store(Protocol):
    name: str
    broken: tuple[type[Exception], ...]  # what it raises of rows that break a rule, past SQLAlchemy

    def copy(self, writer: Writer, manifest: Manifest, folder: Path) -> list[str]:
        """Write the rows as they are at one moment; say what was written. Returns the digests of files they need."""
        ...

    def size(self) -> int:
        """About how many bytes a copy takes while it is made."""
        ...

    def scratch(self, folder: Path) -> sa.Engine:
        """An empty place beside the real one. What an earlier one that was killed left behind is removed."""
        ...

    def fill(self, scratch: sa.Engine, reader: Reader, folder: Path) -> dict[str, int]:
        """Put the archive's rows in, where the schema stands. Returns how many came into each table."""
        ...

    def complaints(self, scratch: sa.Engine) -> list[str]:
        """Constraints that do not hold."""
        ...

    def swap(self, scratch: sa.Engine) -> None:
        """The real one becomes what the scratch is: whole, or not at all."""
        ...

    def remove(self, scratch: sa.Engine) -> None: ...


def store() -> Store:
    engine = db.engine.engine
    if engine.dialect.name == "sqlite":
        return SqliteStore(engine)
    from app.keeping.stores.postgresql import PostgresqlStore  # noqa: PLC0415 - its driver takes 9 MB

    return PostgresqlStore(engine)
