"""Who may see what: for a unit, for a person, and for oneself."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from app.core.company_time import today
from app.core.errors import one_or_404
from app.core.permissions import Permission, require
from app.people import queries
from app.people.actions.roles import endable
from app.people.models import Account, Grant, Unit
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.views.roles import act_of_mine
from app.people.wording import access
from app.people.wording.directory import Rows


@bp.route("/people/units/<int:unit_id>/access")
@require(Permission.UNIT_READ)
def show_access_to_unit(unit_id: int) -> ResponseReturnValue:
    """As open as the directory, which names who holds a role. What was, and why, only for those who give roles here."""
    unit, day = one_or_404(Unit.visible_to(current_user).where(Unit.id == unit_id)), today()
    gives = queries.holds_there(me(), Permission.ROLE_GRANT, unit.id)
    history = Grant.visible_to(me(), Permission.ROLE_GRANT).where(Grant.unit_id == unit.id)
    return render_template(
        "people/access_to_unit.html",
        unit=unit,
        crumbs=queries.path_to(unit),
        working=queries.count_in(unit, day),
        holders=access.holding_rows(queries.holdings_on(unit, day)),
        gives=gives,
        history=_history(queries.role_history(history)) if gives else [],
    )


def _history(grants: Sequence[Grant], *, of_person: bool = False) -> Rows:
    may_end = endable(act_of_mine(), grants) if current_user.may(Permission.ROLE_GRANT) else frozenset[int]()
    return access.history_rows(grants, may_end, of_person=of_person)


@bp.route("/people/accounts/<int:account_id>/access")
@require(Permission.ROLE_GRANT)
def show_access_of_account(account_id: int) -> ResponseReturnValue:
    reached = Account.visible_to(me(), Permission.ROLE_GRANT).options(joinedload(Account.employee))
    account = one_or_404(reached.where(Account.id == account_id))
    return _access_page(account, is_own=account.id == current_user.id)


@bp.route("/settings/access")
@require(Permission.ACCOUNT_USE)
def show_own_access() -> ResponseReturnValue:
    return _access_page(me(), is_own=True)


def _access_page(account: Account, *, is_own: bool) -> ResponseReturnValue:
    day = today()
    grants = queries.role_history(sa.select(Grant).where(Grant.account_id == account.id))
    deputies = queries.deputyships_about(account)
    return render_template(
        "people/access.html",
        account=account,
        is_own=is_own,
        works_in=queries.unit_of(account, day),
        holdings=access.own_rows(queries.holdings_of(account, day)),
        history=_history(grants, of_person=True),
        deputies=access.deputy_rows(deputies, day),
        lends=not account.is_service and any(grant.ends_on is None or grant.ends_on > day for grant in grants),
    )
