"""Getting people in: who has no way in yet, invitations by mail, slips on paper."""

from datetime import date

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound

from app.core import clock, mail
from app.core.addresses import row_number
from app.core.alphabet import alphabetical
from app.core.company_time import today
from app.core.errors import Refused, one_or_404
from app.core.permissions import Permission, require
from app.core.texts import ngettext
from app.extensions import db
from app.people import queries
from app.people.actions.outranking import may_open_for, without_factor
from app.people.actions.ways_in import invite, keep_slips
from app.people.models import Account, AccountFactor, Unit
from app.people.queries.entry import EntryCounts, Newcomer, entry_counts, newcomer, newcomers, units_of_entry
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.wording import directory
from app.people.wording.slips import Stack, sheets_of, stack_of

PAGE = 50


@bp.route("/admin/entrance")
@require(Permission.ENTRY_OPEN)
def show_entrance() -> ResponseReturnValue:
    unit = _shown_unit(request.args.get("unit", type=row_number))
    q = request.args.get("q", "").strip()
    below = db.paginate(units_of_entry(me(), unit, q), per_page=PAGE, max_per_page=PAGE, error_out=False)
    units = sorted(below.items, key=lambda each: alphabetical(each.name))
    counts = entry_counts(me(), [unit.id, *(each.id for each in units)], clock.now(), today())
    return render_template(
        "people/entrance.html",
        unit=unit,
        crumbs=queries.path_to(unit),
        counts=counts.get(unit.id, EntryCounts()),
        q=q,
        below=below,
        rows=directory.entry_rows([(each, counts.get(each.id, EntryCounts())) for each in units]),
        can_mail=mail.is_possible(),
    )


def _shown_unit(unit_id: int | None) -> Unit:
    """The one that is asked for, else the highest that one may give ways in for."""
    units = Unit.visible_to(current_user, Permission.ENTRY_OPEN)
    if unit_id is not None:
        return one_or_404(units.where(Unit.id == unit_id))
    held = units.with_only_columns(Unit.id)
    highest = units.where(sa.or_(Unit.parent_id.is_(None), Unit.parent_id.not_in(held))).order_by(Unit.id)
    found = db.session.scalars(highest.limit(1)).first()
    if found is None:
        raise NotFound
    return found


def _people_of(unit_id: int, *, also_waiting: bool = False) -> list[Newcomer]:
    """Without those who hold more rights than whoever asks: their way in is not in these hands."""
    unit = one_or_404(Unit.visible_to(current_user, Permission.ENTRY_OPEN).where(Unit.id == unit_id))
    found = newcomers(current_user, unit.id, clock.now(), today(), also_waiting=also_waiting)
    accounts = may_open_for(me(), [one.account for one in found], today())
    open_for = {each.id for each in without_factor(accounts)}
    return [one for one in found if one.account.id in open_for]


@bp.route("/admin/entrance/<int:unit_id>/invitations", methods=["POST"])
@require(Permission.ENTRY_OPEN, fresh=True)
def send_invitations(unit_id: int) -> ResponseReturnValue:
    people = [one.account for one in _people_of(unit_id) if one.account.email]
    if not mail.is_possible():
        raise Refused(
            _("No mail server is named yet, or this is the demo. Nobody was invited; printed slips work without mail.")
        )
    count = invite(people, clock.now(), actor_id=current_user.id)
    db.session.commit()
    flash(ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", count), "good")
    return redirect(url_for(".show_entrance", unit=unit_id))


@bp.route("/admin/entrance/<int:unit_id>/slips", methods=["POST"])
@require(Permission.ENTRY_OPEN, fresh=True)
def print_slips(unit_id: int) -> ResponseReturnValue:
    """`whom=all`: everybody who has not come in yet, whatever they were given before."""
    everybody = request.form.get("whom") == "all"
    people = _people_of(unit_id, also_waiting=everybody)
    chosen = people if everybody else [one for one in people if not one.account.email]
    if not chosen:
        raise Refused(_("Nobody here needs a slip. Nothing was printed."))
    return _printed(stack_of(chosen, clock.now()))


def _printed(stack: Stack) -> ResponseReturnValue:
    """Typeset without holding the lock; kept only when there is a sheet to hand out."""
    actor_id = current_user.id
    db.session.rollback()
    sheets = sheets_of(stack)
    keep_slips(stack.slips, clock.now(), actor_id=actor_id)
    db.session.commit()
    headers = {"Content-Disposition": "attachment; filename=slips.pdf"}
    return Response(sheets, mimetype="application/pdf", headers=headers)


@bp.route("/people/employees/<int:employee_id>/slip", methods=["GET", "POST"])
@require(Permission.SLIP_PRINT, fresh=True)
def print_own_slip(employee_id: int) -> ResponseReturnValue:
    """For somebody of one's units who is locked out and has no mailbox."""
    one = newcomer(me(), employee_id, today())
    if one is None:
        raise NotFound
    factor = _factor_to_remove(one.account)
    refusal = _why_no_slip(one.account, factor, today())
    if request.method == "GET" or refusal:
        page = render_template(
            "people/print_slip.html", one=one, refusal=refusal, factor=factor, employee_id=employee_id
        )
        return page, 409 if request.method == "POST" else 200
    return _printed(stack_of([one], clock.now()))


def _why_no_slip(account: Account, factor: AccountFactor | None, day: date) -> str:
    if factor is not None:
        return str(_("This person has a second factor, so a slip alone opens nothing. Remove the factor first."))
    if queries.has_factor(account):
        return str(_("This person has a second factor, so a slip alone opens nothing. They ask an administrator."))
    if may_open_for(me(), [account], day):
        return "" if account.is_active else str(_("This account is closed. Ask your administrator to open it again."))
    if account.id == current_user.id:
        return str(_("Nobody prints a slip for themselves. Change your password in your settings."))
    return str(_("This person holds rights that you do not hold. Ask an administrator who does."))


def _factor_to_remove(account: Account) -> AccountFactor | None:
    """What stands in the way, for whoever may take it away: nobody is sent to themselves."""
    mine = AccountFactor.visible_to(current_user, Permission.FACTOR_REMOVE)
    return db.session.scalar(mine.where(AccountFactor.account_id == account.id))
