"""An account, for whoever looks after accounts: is it open, where is it signed in, a way in once more."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, mail
from app.core.company_time import today
from app.core.errors import Refused, one_or_404
from app.core.permissions import Permission, require
from app.core.texts import ngettext
from app.extensions import db
from app.people import queries
from app.people.actions.accounts import close_account, open_account
from app.people.actions.outranking import may_open_for
from app.people.actions.sessions import end_session, end_sessions
from app.people.actions.ways_in import invite_again
from app.people.models import Account, AccountSession
from app.people.views.blueprint import bp
from app.people.views.me import me


@bp.route("/admin/accounts/<int:account_id>")
@require(Permission.ACCOUNT_MANAGE)
def show_account(account_id: int) -> ResponseReturnValue:
    account = _account(account_id)
    return render_template(
        "people/account.html",
        account=account,
        sessions=db.session.scalars(queries.sessions_of(account)).all(),
        ways=queries.ways_in_of(account),
        may_change=bool(may_open_for(me(), [account], today())),
        can_mail=mail.is_possible() and account.email is not None,
        now=clock.now(),
    )


def _account(account_id: int) -> Account:
    return one_or_404(Account.visible_to(current_user, Permission.ACCOUNT_MANAGE).where(Account.id == account_id))


def _account_to_change(account_id: int) -> Account:
    account = _account(account_id)
    if not may_open_for(me(), [account], today()):
        raise Refused(_("Nobody changes their own account here, or one with more rights than theirs. Nothing changed."))
    return account


@bp.route("/admin/accounts/<int:account_id>/sessions/<int:session_id>/closure", methods=["POST"])
@require(Permission.ACCOUNT_MANAGE, fresh=True)
def end_session_of(account_id: int, session_id: int) -> ResponseReturnValue:
    account = _account_to_change(account_id)
    theirs = AccountSession.visible_to(account, Permission.ACCOUNT_USE).where(AccountSession.id == session_id)
    end_session(one_or_404(theirs), actor_id=current_user.id)
    db.session.commit()
    flash(_("That sign-in is ended."), "good")
    return redirect(url_for(".show_account", account_id=account_id))


@bp.route("/admin/accounts/<int:account_id>/sessions/closure", methods=["POST"])
@require(Permission.ACCOUNT_MANAGE, fresh=True)
def end_sessions_of(account_id: int) -> ResponseReturnValue:
    ended = end_sessions(_account_to_change(account_id), actor_id=current_user.id)
    db.session.commit()
    flash(
        ngettext("%(num)s sign-in of this account is ended.", "%(num)s sign-ins of this account are ended.", ended),
        "good",
    )
    return redirect(url_for(".show_account", account_id=account_id))


@bp.route("/admin/accounts/<int:account_id>/invitation", methods=["POST"])
@require(Permission.ACCOUNT_MANAGE, fresh=True)
def send_way_in_again(account_id: int) -> ResponseReturnValue:
    account = _account_to_change(account_id)
    if not mail.is_possible() or not account.email or not account.is_active:
        raise Refused(
            _(
                "There is no mail server, no address, or the account is closed. Nothing was sent; a printed slip works "
                "without mail."
            )
        )
    invite_again(account, clock.now(), actor_id=current_user.id)
    db.session.commit()
    flash(_("A letter with a link is on its way to %(address)s.", address=account.email), "good")
    return redirect(url_for(".show_account", account_id=account_id))


@bp.route("/admin/accounts/<int:account_id>/closure", methods=["POST"])
@require(Permission.ACCOUNT_MANAGE, fresh=True)
def close_account_of(account_id: int) -> ResponseReturnValue:
    close_account(_account_to_change(account_id), clock.now(), actor_id=current_user.id)
    db.session.commit()
    flash(_("The account is closed, and all its sign-ins are ended."), "good")
    return redirect(url_for(".show_account", account_id=account_id))


@bp.route("/admin/accounts/<int:account_id>/opening", methods=["POST"])
@require(Permission.ACCOUNT_MANAGE, fresh=True)
def open_account_of(account_id: int) -> ResponseReturnValue:
    open_account(_account_to_change(account_id), actor_id=current_user.id)
    db.session.commit()
    flash(_("The account is open again, with the password it had."), "good")
    return redirect(url_for(".show_account", account_id=account_id))
