"""Column types that behave alike on SQLite and PostgreSQL."""

import enum
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, UTC in the table, aware out. SQLite forgets the zone, PostgreSQL does not; here both remember."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone must not reach the database.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Localised(TypeDecorator[dict[str, str]]):
    """One text in several languages, written by people: {"en": …, "pl": …}. Read it with `locales.localised`."""

    impl = sa.JSON
    cache_ok = True


class PersonName(TypeDecorator[str]):
    """The name of a person. Whoever was erased has none, and is called so in the reader's language."""

    impl = sa.String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return str(gettext("erased person")) if value == "" else value


def enum_values(members: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in members]


# Enums are stored by value and held to their members by a constraint in the database.
ENUM = sa.Enum(
    enum.Enum, values_callable=enum_values, native_enum=False, create_constraint=True, length=40, validate_strings=True
)

TYPES: dict[Any, Any] = {
    datetime: UtcDateTime(),
    enum.Enum: ENUM,
    dict[str, str]: Localised(),
    dict[str, Any]: sa.JSON(),
    bytes: sa.LargeBinary(),
}
