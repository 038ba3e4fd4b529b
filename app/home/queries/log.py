"""The audit log: what the filters let through."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core import company_time
from app.core.audit import AuditEntry, AuditValue, in_place_of
from app.core.permissions import Permission
from app.people.models import Account
from app.people.queries.directory import containing

MOST_EXPORTED = 50_000


@dataclass(frozen=True)
class Filters:
    """As they stand in the address."""

    q: str = ""
    who: str = ""
    act: str = ""
    about: str = ""
    number: int | None = None
    since: date | None = None
    until: date | None = None


def entries(person: Account, asked: Filters) -> sa.Select[AuditEntry]:
    """The log, newest first. It is the whole company's, so a role on a part of the tree reaches none of it."""
    is_reached = sa.literal(person.holds_on_company(Permission.AUDIT_READ))
    found = sa.select(AuditEntry).where(is_reached, *_conditions(asked)).options(selectinload(AuditEntry.values))
    return found.order_by(AuditEntry.id.desc())


def _conditions(asked: Filters) -> Iterator[sa.ColumnElement[bool]]:
    if words := asked.q.replace("\0", "")[:200]:
        texts = (AuditValue.before, AuditValue.after)
        told = sa.exists().where(
            AuditValue.entry_id == AuditEntry.id, sa.or_(*(text.icontains(words, autoescape=True) for text in texts))
        )
        codes = [column.contains(words, autoescape=True) for column in (AuditEntry.action, AuditEntry.subject_kind)]
        yield sa.or_(*codes, told)
    if asked.who:
        people = sa.select(Account.id).where(containing(asked.who, Account.name, _email()))
        in_place = in_place_of(people.with_only_columns(sa.cast(Account.id, sa.String)))
        yield sa.or_(AuditEntry.actor_id.in_(people), in_place)
    if asked.act:
        yield AuditEntry.action == asked.act
    if asked.about:
        yield AuditEntry.subject_kind == asked.about
    if asked.number is not None:
        yield AuditEntry.subject_id == asked.number
    if asked.since:
        yield AuditEntry.at >= _midnight(asked.since)
    if asked.until:
        yield AuditEntry.at < _midnight(asked.until + timedelta(days=1))


def _email() -> sa.ColumnElement[str]:
    return sa.func.coalesce(Account.email, "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), company_time.zone())
