"""What the start does not load: it would cost time until the first page, and memory in every process."""

import os
import subprocess
import sys
from pathlib import Path

from tests.bin.stand_in import ROOT

NOT_YET = {"numpy", "scipy", "python_calamine", "xlsxwriter", "typst", "holidays", "alembic", "psycopg"}
LOADED = "import sys, wsgi; print(*sorted({name.split('.')[0] for name in sys.modules}))"


def test_what_few_pages_need_waits_for_them(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("k" * 43)
    (tmp_path / "secret_key").chmod(0o600)
    settings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "TEST_DATABASE_URL"}}
    settings |= {"REZONANS_DATA": str(tmp_path), "REZONANS_KEYS": str(tmp_path)}
    command = [sys.executable, "-c", LOADED]
    answer = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert "flask" in loaded
    assert not loaded & NOT_YET
