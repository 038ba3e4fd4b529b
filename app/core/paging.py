"""Numbered pages of a long list that every visitor asks for: of columns, and put together once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import request
from flask_sqlalchemy.pagination import Pagination

from app.core.addresses import FARTHEST_PAGE
from app.core.database import plainly

SIZE: sa.BindParameter[int] = sa.bindparam("size", type_=sa.Integer())
OFFSET: sa.BindParameter[int] = sa.bindparam("offset", type_=sa.Integer())


class Question(NamedTuple):
    """`rows` has `SIZE` and `OFFSET` to be filled in; `total` tells how many there are on all pages."""

    rows: sa.Select[Any]
    total: sa.Select[int]


def page_of(question: Question, told: dict[str, Any], size: int) -> Pagination:
    """The page that the address asks for; where it has no number of a page, the first."""
    number = min(request.args.get("page", 1, type=int), FARTHEST_PAGE)
    return _Rows(number, size, size, error_out=False, question=question, told=told)


class _Rows(Pagination):
    def _query_items(self) -> list[Any]:
        told = {**self._query_args["told"], "size": self.per_page, "offset": self._query_offset}
        rows: Sequence[Any] = plainly(self._query_args["question"].rows, told).all()
        return list(rows)

    def _query_count(self) -> int:
        return int(plainly(self._query_args["question"].total, self._query_args["told"]).scalar_one())
