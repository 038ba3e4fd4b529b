"""Addresses of the built bundles, whose names hold a digest of what is in them."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, current_app


def asset(name: str) -> str:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return _address(app.static_url_path or "", app.static_folder or "", name)


@cache
def _address(prefix: str, folder: str, name: str) -> str:
    # Not url_for: the page that refuses a strange host has no addresses to build.
    return f"{prefix}/dist/{_built(folder).get(name, name)}"


@cache
def _built(folder: str) -> dict[str, str]:
    """Without a front-end build the pages still work, as plain forms and links."""
    path = Path(folder) / "dist" / "manifest.json"
    if not path.exists():
        return {}
    names: dict[str, str] = json.loads(path.read_text())
    return names
