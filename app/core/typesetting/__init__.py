"""PDF by typst, in a process of its own with limits of its own (security.md J).

The source is one of ours; what people wrote reaches it as strings only, never as source. The process sees no file but
the fonts that we ship, and no network is needed.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog

from config import BOUNDS, ROOT

CHILD = Path(__file__).parent / "child.py"
FONTS = ROOT / "app/core/fonts"
SECONDS = 30
MOST_PAGES = BOUNDS["pdf_pages"]


class NotTypeset(Exception):
    """It took too long, too much memory, or the source is wrong; the log says which."""


def typeset(source: Path, told: dict[str, Any]) -> bytes:
    """`told` is what the source reads as `sys.inputs.told`, in JSON."""
    asked = json.dumps({"source": source.read_text(), "told": json.dumps(told)}).encode()
    with TemporaryDirectory() as empty:
        command = [sys.executable, "-I", str(CHILD), str(FONTS), empty]
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter and script)
                command, input=asked, capture_output=True, timeout=SECONDS, cwd=empty, env={}, check=False
            )
        except subprocess.TimeoutExpired:
            structlog.get_logger().error("typesetting.too_long", source=source.name)
            raise NotTypeset from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        # What the child says may hold people's words: only how it ended is kept.
        structlog.get_logger().error("typesetting.failed", source=source.name, status=done.returncode)
        raise NotTypeset
    return done.stdout
