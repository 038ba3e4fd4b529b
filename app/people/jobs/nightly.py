"""What runs by itself for people and units."""

from app.core import clock, company_time, retention
from app.extensions import db
from app.people.actions import tree
from app.people.actions.guessing import forget_old
from app.people.actions.import_writes import forget_writes
from app.people.actions.leavers import settle_last_days
from app.people.actions.roster import Bringing
from app.people.actions.sessions import forget_ended
from app.people.actions.tokens import forget_tokens
from app.people.actions.ways_in import forget_spent


def refresh_tree() -> None:
    """Just after the company's midnight: what begins or ends today takes effect."""
    tree.refresh_tree(company_time.today())
    settle_last_days(Bringing(None, clock.now(), company_time.today()))
    db.session.commit()


def forget_sessions() -> None:
    now = clock.now()
    forget_ended(retention.limit("sessions", now))
    forget_old(retention.limit("sign_in_failures", now))
    forget_tokens(retention.limit("api_tokens", now))
    forget_writes(retention.limit("import_writes", now))
    forget_spent(retention.limit("ways_in", now))
    db.session.commit()
