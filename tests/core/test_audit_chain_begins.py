"""The first link of the log's chain."""

import sqlalchemy as sa

from app.core import audit
from app.core.audit import AuditHead
from app.core.audit.checking import head, verdict
from app.extensions import db


def test_a_chain_begins_anew_where_its_head_is_gone(database: None) -> None:
    """As after the demo was wiped away: in a new installation the head comes with the tables."""
    db.session.execute(sa.delete(AuditHead))
    for number in range(3):
        audit.record("unit.opened", "unit", number, actor_id=None)
        db.session.commit()
        assert head().position == number + 1
    assert verdict().is_whole
