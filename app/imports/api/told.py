"""An import as programs are told of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask.typing import ResponseReturnValue

from app.core.imports import Mapping
from app.core.outside import Why
from app.imports.models import DataImport
from app.imports.queries import done_before_each
from app.imports.settling import said_elsewhere
from app.imports.views.blueprint import may_look_into

OK, CREATED, ACCEPTED = 200, 201, 202


def answer_with(import_: DataImport) -> ResponseReturnValue:
    """202 while the worker has it: whoever wants the end asks again."""
    return import_told(import_), ACCEPTED if import_.is_at_work else OK


def imports_told(imports: Iterable[DataImport]) -> list[dict[str, Any]]:
    imports = list(imports)
    earlier = done_before_each(imports)
    return [_told(each, earlier.get(each.id)) for each in imports]


def import_told(import_: DataImport) -> dict[str, Any]:
    return imports_told([import_])[0]


def _told(import_: DataImport, earlier: int | None) -> dict[str, Any]:
    may_look = may_look_into(import_)
    asked = {"count": import_.asks_about, "text": import_.asked} if import_.asks_about and may_look else None
    return {
        "id": import_.id,
        "kind": import_.kind,
        "state": str(import_.status),
        "file_name": import_.file_name,
        "file_size": import_.file_size,
        "created_at": import_.created_at.isoformat(),
        "accepted_at": _moment(import_.accepted_at),
        "visible_at": _moment(import_.visible_at),
        "rows": _rows(import_) if may_look else None,
        "outside": _outside(import_) if may_look else [],
        "question": asked,
        "failures": [said_elsewhere(message) for message in import_.failures],
        "same_as": earlier,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _outside(import_: DataImport) -> list[dict[str, Any]]:
    return [
        {"why": str(each.why), "line": each.line, "text": each.text, "is_taken": each.is_taken}
        for why in Why
        for each in import_.lines_outside(why)
    ]


def _rows(import_: DataImport) -> dict[str, int]:
    return {
        "read": import_.row_count,
        "new": import_.new_count,
        "changed": import_.changed_count,
        "unchanged": import_.unchanged_count,
        "refused": import_.refused_count,
        "skipped": import_.skipped_count,
        "waiting": import_.waiting_count,
        "left_out": import_.left_out_count,
        "written": import_.loaded_count,
    }


def mapping_told(mapping: Mapping) -> dict[str, Any]:
    """In the form in which it is taken: what is told can be sent back."""
    scale = mapping.scale
    told = {"rule": str(scale.rule), "low": scale.low, "high": scale.high, "of": scale.of} if scale else None
    return {
        "kind": mapping.kind,
        "sheet": mapping.sheet,
        "sheet_title": mapping.sheet_title,
        "header_row": mapping.header_row,
        "group_row": mapping.group_row,
        "first_row": mapping.first_row,
        "rows_below": mapping.rows_below,
        "not_totals": list(mapping.not_totals),
        "date_order": str(mapping.date_order) if mapping.date_order else None,
        "columns": {ours: list(headers) for ours, headers in mapping.columns.items()},
        "constants": mapping.constants,
        "values": mapping.values,
        "skip": {header: list(texts) for header, texts in mapping.skip.items()},
        "scale": told,
    }
