"""Exit 0 when the database in this SQLite file has the newest schema and belongs to a company (or the demo company).

    python -I -S bin/is_prepared.py FILE company|demo

`flask prepare` looks more closely, but loads the whole application first; a second start need not wait for it.
When in doubt the answer is no.
"""

import sqlite3
import sys
from pathlib import Path
from urllib.parse import quote

VERSIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"


def is_prepared(file: Path, kind: str) -> bool:
    newest = max(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*.py"))
    connection = sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, timeout=1)
    try:
        found = connection.execute("SELECT version_num, kind FROM alembic_version, installation").fetchall()
    finally:
        connection.close()
    return found == [(newest, kind)]


if __name__ == "__main__":
    try:
        sys.exit(0 if is_prepared(Path(sys.argv[1]), sys.argv[2]) else 1)
    except (sqlite3.Error, ValueError):
        sys.exit(1)
