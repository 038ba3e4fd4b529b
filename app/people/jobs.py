"""What runs by itself for people and units."""

from app.core import clock, company_time
from app.extensions import db
from app.people.actions import tree
from app.people.actions.guessing import forget_old
from app.people.actions.sessions import forget_ended


def refresh_tree() -> None:
    """Just after the company's midnight: what begins or ends today takes effect."""
    tree.refresh_tree(company_time.today())
    db.session.commit()


def forget_sessions() -> None:
    forget_ended(clock.now())
    forget_old(clock.now())
    db.session.commit()


JOBS = {"people.refresh_tree": refresh_tree, "people.forget_sessions": forget_sessions}
