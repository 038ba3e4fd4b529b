"""A database of the previous version, with data, comes up to this one and goes back down unharmed."""

from typing import Any

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from app.core.database import writing
from app.core.revisions import known_revisions, newest_revision, revision_of
from app.extensions import db
from app.people.models import Account
from app.pulse.actions import publish_draft
from app.pulse.queries import drafts_named
from tests.factories import days_ago
from tests.keeping.company import House, settle_in

Rows = dict[str, list[tuple[Any, ...]]]


def everything() -> Rows:
    """Every table as it stands there, whatever the models say."""
    found = sa.MetaData()
    found.reflect(db.engine)
    with db.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in found.sorted_tables
        }


def filled(house: House) -> None:
    settle_in(house)
    with writing():
        for draft in db.session.scalars(drafts_named("all")).all():
            publish_draft(draft, actor_id=None, now=days_ago(0))
        db.session.commit()
    db.session.remove()


def test_the_previous_version_with_data_comes_up_and_down_unharmed(house: House) -> None:
    filled(house)
    downgrade(revision=known_revisions()[-2])
    before = everything()
    assert before["account"]
    assert before["result_figure"]
    assert len(before["audit_entry"]) > 2
    upgrade()
    up = everything()
    kept = before.keys() & up.keys() - {"alembic_version"}
    assert {name: len(up[name]) for name in kept} == {name: len(before[name]) for name in kept}
    assert revision_of(db.session.connection()) == newest_revision()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Account)) == len(before["account"])
    db.session.remove()
    downgrade(revision=known_revisions()[-2])
    assert everything() == before
    upgrade()


def test_so_it_does_from_version_to_version(house: House) -> None:
    """Down as far as the first release went, and up again: nobody who was there is missing."""
    filled(house)
    before = everything()
    downgrade(revision="0007")
    upgrade()
    after = everything()
    for table in ("employee", "unit", "unit_version", "assignment", "result_set", "result_figure", "role_grant"):
        assert [row[0] for row in after[table]] == [row[0] for row in before[table]], table
    assert len(after["audit_entry"]) == len(before["audit_entry"])
