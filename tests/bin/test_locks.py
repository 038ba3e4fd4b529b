"""The locked requirements: exact, with digests, and nothing installed that differs from them."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.bin.stand_in import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")


def pins(lock: str) -> dict[str, str]:
    """Each package's line with its digests."""
    text = re.sub(r"\\\n", " ", (ROOT / lock).read_text())
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split("==")[0]: line for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_one_version_and_its_digests(lock: str) -> None:
    wrong = [
        line for line in pins(lock).values() if not re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert wrong == []


def test_tests_run_with_the_packages_that_the_product_runs_with() -> None:
    tools = pins("requirements-dev.txt")
    assert {name: tools.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")


@pytest.mark.parametrize("lock", LOCKS)
def test_what_was_asked_for_is_what_was_locked(lock: str) -> None:
    asked = (ROOT / lock.replace(".txt", ".in")).read_text()
    named = re.findall(r"^([a-z0-9.-]+)(?:\[[a-z]+\])?==(\S+)$", asked, re.MULTILINE)
    locked = pins(lock)
    assert named
    assert [pin for pin in named if not locked.get(pin[0], "").startswith("{}=={} ".format(*pin))] == []


def test_a_package_with_another_digest_is_not_installed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pretender-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("pretender-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: pretender\nVersion: 1\n")
        wheel.writestr("pretender-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("pretender-1.dist-info/RECORD", "")
    (tmp_path / "lock.txt").write_text(f"pretender==1 --hash=sha256:{'0' * 64}\n")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "place"], check=True)
    install = f'. "{ROOT}/bin/lib.sh"; PIP_NO_INDEX=1 PIP_FIND_LINKS=. pip_install place -r lock.txt'
    answer = subprocess.run(["bash", "-c", install], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert "DO NOT MATCH THE HASHES" in answer.stderr
