"""Acting on the chart in a test, as the confirmed page does it."""

from datetime import date

from app.core import clock, company_time
from app.extensions import db
from app.people.actions.reorganisation.carrying_out import carry_out
from app.people.actions.reorganisation.consequences import Decision
from app.people.actions.reorganisation.foreseeing import Foreseen, foresee
from app.people.chart.wishes import Wish
from app.people.models import Account, Reorganisation, Unit


def act(wish: Wish, actor: Account, unit: Unit | None = None) -> Reorganisation:
    """`unit` is the one on whose page it is decided."""
    page = unit or db.session.query(Unit).order_by(Unit.id).first()
    assert page is not None
    done = carry_out(seen(wish, actor), Decision(actor, page.id, "", clock.now(), company_time.today()))
    db.session.flush()
    db.session.expire_all()
    return done


def seen(wish: Wish, actor: Account) -> Foreseen:
    return foresee(wish, actor, company_time.today())


def in_days(days: int) -> date:
    return date.fromordinal(company_time.today().toordinal() + days)
