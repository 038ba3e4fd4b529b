"""PDF in a process of its own, with limits of its own."""

from pathlib import Path

import pytest

from app.core import typesetting
from app.core.typesetting import NotTypeset
from tests.cast import Cast


def test_typesetting_has_its_limits(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.typ"
    endless.write_text("#let f(n) = if n > 0 { f(n - 1) + f(n - 1) } else { 0 }\n#f(60)")
    monkeypatch.setattr(typesetting, "SECONDS", 2)
    with pytest.raises(NotTypeset):
        typesetting.typeset(endless, {})
    reading = tmp_path / "reading.typ"
    reading.write_text('#read("/etc/passwd")')
    with pytest.raises(NotTypeset):
        typesetting.typeset(reading, {})
