"""Which questions a page asks only to know what its reader may: told apart from those that fetch what it shows.

A question is one of rights
- when it is asked by what knows the reader's rights (`RIGHTS`), whatever it reads, or by the guard of a view (but for
  the settings of the company, which say what day it is there);
- when it reads roles or deputies for a function whose answer is yes or no, whatever it brings;
- when it reads roles or deputies and brings nothing that a page could show: keys, truths, and roles themselves without
  a name beside them (but for a copy of all that is held about somebody, which brings their reasons word by word);
- when a second row is looked up with rights, and the page would be refused without it.

A condition on rights within a question that brings what the page shows costs no question, and is none.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, FunctionType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.context import _ORMCompileState
from werkzeug.local import LocalProxy

from app.core import permissions
from app.core.errors import one_or_404
from app.extensions import db
from app.people.actions import outranking
from app.people.actions.granting import Rights
from app.people.models import Account, reach, units_where

ABOUT_RIGHTS = ("role_grant", "deputyship")
PLAIN = {*ABOUT_RIGHTS, "unit_tree"}
MOST = 2  # for any page
ONE_ROW = one_or_404.__code__


def _codes_of(*owners: Any) -> Iterator[CodeType]:
    """Of all that these classes and modules define themselves."""
    for owner in owners:
        for thing in vars(owner).values():
            found = getattr(thing, "fget", None) or getattr(thing, "func", None) or thing
            if isinstance(found, FunctionType) and found.__module__ == getattr(owner, "__module__", owner.__name__):
                yield found.__code__


RIGHTS = {
    *_codes_of(Rights, reach.Reach, reach, outranking),
    *(thing.__code__ for thing in (Account.may, Account.holds_on_company, Account.roles.func, units_where)),
}


def _yes_or_no() -> set[CodeType]:
    """Every function of the application that says itself that it answers so; types are checked strictly."""
    ours = (vars(module) for name, module in list(sys.modules.items()) if name.startswith("app."))
    found = (function for things in ours for thing in list(things.values()) for function in _functions_of(thing))
    codes = {each.__code__ for each in found if each.__annotations__.get("return") in (bool, "bool")}
    assert codes, "nothing of the application is loaded"
    return codes


def _functions_of(thing: Any) -> Iterator[FunctionType]:
    """Itself, what it wraps, and those of a class. `gc.get_objects` names none that was loaded before `gc.freeze`."""
    if type(thing) is LocalProxy:  # leads to nothing where there is no request
        return
    if isinstance(thing, type):
        own = vars(thing).values() if thing.__module__.startswith("app.") else ()
        yield from (function for each in list(own) for function in _functions_of(each))
    for each in (thing, *(getattr(thing, name, None) for name in ("fget", "func", "__func__", "__wrapped__"))):
        if isinstance(each, FunctionType) and (each.__module__ or "").startswith("app."):
            yield each


class Meter:
    """What was asked since `begin`, and of that what was asked for rights."""

    def __init__(self) -> None:
        self.of_rights: list[str] = []
        self._deciding = _yes_or_no()
        self._rows = 0

    def begin(self) -> None:
        self.of_rights, self._rows = [], 0

    def is_dear(self) -> bool:
        return len(self.of_rights) > MOST

    def look(self, statement: str, context: Any) -> None:
        codes = set(_stack())
        if statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")) or "setting_value" in statement:
            return
        if codes & RIGHTS or self._is_guarding(codes):
            self.of_rights.append(statement)
        elif any(name in statement for name in ABOUT_RIGHTS):
            self._rows += ONE_ROW in codes
            is_second = ONE_ROW in codes and self._rows > 1
            if is_second or codes & self._deciding or not _brings_something(context):
                self.of_rights.append(statement)

    def _is_guarding(self, codes: set[CodeType]) -> bool:
        """In the guard of a view and not in the view: the account itself is asked for before."""
        names = {code.co_name for code in codes if code.co_filename == permissions.__file__}
        return "guarded" in names and not any("/views" in c.co_filename or "/api" in c.co_filename for c in codes)


def _stack() -> Iterator[CodeType]:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


def _brings_something(context: Any) -> bool:
    """A word, a day or a number of something else than roles."""
    if context.compiled is None:
        return False
    is_of_models = isinstance(context.compiled.compile_state, _ORMCompileState)
    columns = ((each, _column_of(each.objects)) for each in context.compiled._result_columns)
    return any(_is_shown(each.type, column, is_of_models=is_of_models) for each, column in columns)


def _column_of(objects: tuple[Any, ...]) -> sa.Column[Any] | None:
    bases = (base for thing in objects for base in getattr(thing, "base_columns", ()))
    return next((base for base in bases if isinstance(base, sa.Column)), None)


def _is_shown(kind: Any, column: sa.Column[Any] | None, *, is_of_models: bool) -> bool:
    is_word = isinstance(kind, sa.String) and not isinstance(kind, sa.Enum)
    if column is None:  # put together: a number, a name
        return is_word or isinstance(kind, sa.Integer | sa.Float)
    if column.table.name in PLAIN:
        return is_word and not is_of_models
    return not (column.primary_key or column.foreign_keys)


@contextmanager
def measuring() -> Iterator[Meter]:
    meter, connection = Meter(), db.engines[None]

    def look(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        meter.look(statement, context)

    sa.event.listen(connection, "before_cursor_execute", look)
    try:
        yield meter
    finally:
        sa.event.remove(connection, "before_cursor_execute", look)
