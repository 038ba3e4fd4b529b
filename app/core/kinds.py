"""The kinds of import there are: each feature declares its own, `create_app` collects them."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, current_app

from app.core.imports import ImportKind


def bind_kinds(app: Flask, kinds: Iterable[ImportKind]) -> None:
    app.extensions["import_kinds"] = {kind.name: kind for kind in kinds}


def kind_named(name: str) -> ImportKind:
    kinds: dict[str, ImportKind] = current_app.extensions["import_kinds"]
    return kinds[name]


def kinds_for(person: Any) -> list[ImportKind]:
    kinds: dict[str, ImportKind] = current_app.extensions["import_kinds"]
    return [kind for kind in kinds.values() if person.may(kind.permission)]
