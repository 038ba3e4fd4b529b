"""A wrong setting is answered with its sentence, to whoever starts the application, and with nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bin.stand_in import ROOT


@pytest.mark.parametrize("command", [["flask", "--app", "wsgi", "prepare"], ["gunicorn", "wsgi:app", "--check-config"]])
@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"PUBLIC_URL": "rezonans.example"}, "PUBLIC_URL must be the address people type"),
        ({"DATABASE_URL": "mysql://localhost/rezonans"}, "DATABASE_URL names a database that Rezonans does not speak."),
        ({"REZONANS_KEYS": "/nowhere"}, "The key /nowhere/secret_key is missing."),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(
    tmp_path: Path, command: list[str], settings: dict[str, str], sentence: str
) -> None:
    (tmp_path / "secret_key").write_text("k" * 43)
    (tmp_path / "secret_key").chmod(0o600)
    folders = {"REZONANS_DATA": str(tmp_path), "REZONANS_KEYS": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=os.environ | folders | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith(sentence)
    assert answer.stderr.count("\n") == 1
