"""A copy of the scripts beside a stand-in application, with everything ready, so that a start takes a second."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bin.stand_in import MARK_AS_READY, PATIENCE, ROOT, STAND_IN, Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "a place with spaces"
    shutil.copytree(ROOT / "bin", folder / "bin")
    for name in ("app", ".venv/bin"):
        (folder / name).mkdir(parents=True)
    for name in ("requirements.txt", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder)
    (folder / "wsgi.py").write_text(STAND_IN)
    python = folder / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    subprocess.run(["bash", "-euc", MARK_AS_READY], cwd=folder, check=True)
    place = Place(folder)
    yield place
    for start in place.starts:
        start.process.terminate()
        start.process.wait(PATIENCE)
    clean = place.nothing_is_left()
    place.sweep()
    assert clean
