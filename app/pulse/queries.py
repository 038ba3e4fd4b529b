"""What we ask about drafts. Numbers of answers are `actions`' to tell."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.core.alphabet import alphabetical
from app.core.periods import Period, parse_period
from app.core.permissions import Permission
from app.extensions import db
from app.imports.models import DataImport
from app.people.models import PERSON, TODAY, Account, Unit, given_units, told
from app.pulse.models import DraftSet


def waiting(drafts: sa.Select[DraftSet]) -> sa.Select[DraftSet]:
    """Of these, the drafts whose import is done; newest period first, each with its period and its import."""
    return (
        drafts.join(DraftSet.period)
        .join(DraftSet.source)
        .where(DataImport.is_visible)
        .options(contains_eager(DraftSet.period), contains_eager(DraftSet.source))
        .order_by(Period.starts_on.desc(), DraftSet.measure, DraftSet.id)
    )


def count_waiting(person: Account) -> int:
    """How many drafts wait for this person to publish them; the home page asks, so it is one question."""
    return db.session.scalar(_WAITING, told(person)) or 0


_MAY_PUBLISH = sa.exists().where(
    Unit.parent_id.is_(None), Unit.id.in_(given_units(Permission.RESULT_PUBLISH, PERSON, TODAY))
)
_WAITING = (
    sa.select(sa.func.count(DraftSet.id))
    .join(DataImport, DataImport.id == DraftSet.import_id)
    .where(DataImport.is_visible, _MAY_PUBLISH)
)


def drafts_named(name: str) -> sa.Select[DraftSet]:
    """`12`, `enps:2026-Q3` or `all`, as typed at the command line."""
    drafts = waiting(sa.select(DraftSet))
    if name == "all":
        return drafts
    if name.isdigit():
        return drafts.where(DraftSet.id == int(name))
    measure, _, period = name.partition(":")
    try:
        kind, starts_on, _ = parse_period(period)
    except ValueError:
        return drafts.where(sa.false())
    return drafts.where(DraftSet.measure == measure, Period.kind == kind, Period.starts_on == starts_on)


def unit_names() -> dict[int, str]:
    """All, in the order of the alphabet: they are sifted afterwards, for ten thousand ids are too many to ask with."""
    rows = [(unit_id, name) for unit_id, name in db.session.execute(sa.select(Unit.id, Unit.name))]
    return dict(sorted(rows, key=lambda row: alphabetical(row[1])))
