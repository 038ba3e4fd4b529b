"""The kinds of import there are: each feature declares its own, `create_app` collects them."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, current_app

from app.core.imports import ImportKind


def bind_kinds(app: Flask, kinds: Iterable[ImportKind]) -> None:
    app.extensions["import_kinds"] = {kind.name: kind for kind in kinds}


def kinds_by_name() -> dict[str, ImportKind]:
    kinds: dict[str, ImportKind] = current_app.extensions["import_kinds"]
    return kinds


def kind_named(name: str) -> ImportKind:
    return kinds_by_name()[name]


def kinds_for(person: Any) -> list[ImportKind]:
    """Those that the person may bring, somewhere."""
    return [kind for kind in kinds_by_name().values() if person.may(kind.permission)]
