"""Numbers in addresses: what no row, page or day can have is not there (404), or as if it had not been asked."""

from typing import Any

import sqlalchemy as sa
from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.pagination import Pagination
from werkzeug.routing import IntegerConverter, ValidationError

MOST = 2**31 - 1  # what PostgreSQL numbers rows with
FARTHEST_PAGE = 1_000_000


class RowNumber(IntegerConverter):
    """`<int:…>` in our routes. Beyond the bound the databases raise errors, and Python for thousands of digits."""

    regex = r"[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value)
        if number > MOST:
            raise ValidationError
        return number


def row_number(text: str) -> int:
    """For `request.args.get(…, type=row_number)`. Raises ValueError for what no row can have."""
    number = int(text)
    if not 0 <= number <= MOST:
        raise ValueError(text)
    return number


def bind_addresses(app: Flask) -> None:
    """Before the routes are made."""
    app.url_map.converters["int"] = RowNumber


class Database(SQLAlchemy):
    """Lists beyond any page that could be there are not asked of the database, which would count past its numbers."""

    def paginate(
        self, select: sa.Select[Any], *, page: int | None = None, error_out: bool = True, **options: Any
    ) -> Pagination:
        number = request.args.get("page", 1, type=int) if page is None else page
        if number > FARTHEST_PAGE:
            if error_out:
                abort(404)
            number = FARTHEST_PAGE
        return super().paginate(select, page=number, error_out=error_out, **options)
