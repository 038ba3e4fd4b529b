"""Drafts of employees' results: what publishing would show, the button, and what was published."""

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.exceptions import NotFound

from app.core import clock, company_time
from app.core.errors import one_or_404
from app.core.navigation import Destination
from app.core.permissions import Permission, require
from app.extensions import db
from app.pulse import actions, queries
from app.pulse.models import DraftSet
from app.results import actions as results
from app.results.models import RULES, ResultSet
from app.results.queries import all_sets

bp = Blueprint("pulse", __name__, url_prefix="/pulse")
NAVIGATION = [Destination("pulse.list_drafts", _l("Employee results"), "pulse", Permission.RESULT_PUBLISH, rank=60)]
PAGE = 20


@bp.route("/drafts")
@require(Permission.RESULT_PUBLISH)
def list_drafts() -> ResponseReturnValue:
    wanted = queries.waiting(DraftSet.visible_to(current_user, Permission.RESULT_PUBLISH))
    page = db.paginate(wanted, page=_page(), per_page=PAGE, error_out=False)
    return render_template(
        "pulse/drafts.html",
        page=page,
        outlooks=actions.outlooks_of(page.items),
        threshold=actions.threshold(),
    )


@bp.route("/drafts/<int:draft_id>")
@require(Permission.RESULT_PUBLISH)
def show_draft(draft_id: int) -> ResponseReturnValue:
    draft = _draft(draft_id)
    outlook, names = actions.outlooks_of([draft])[draft.id], queries.unit_names()
    return render_template(
        "pulse/draft.html",
        draft=draft,
        count=outlook.answer_count,
        seen=actions.fingerprint(outlook),
        shown=[name for unit_id, name in names.items() if unit_id in outlook.shown],
        hidden=[name for unit_id, name in names.items() if unit_id in outlook.hidden],
        strangers=[name for unit_id, name in names.items() if unit_id in outlook.strangers],
        threshold=actions.threshold(),
        is_running=actions.is_running(draft, company_time.today()),
        rule=RULES[draft.rule],
    )


@bp.route("/drafts/<int:draft_id>/publication", methods=["POST"])
@require(Permission.RESULT_PUBLISH)
def publish_draft(draft_id: int) -> ResponseReturnValue:
    seen, draft = request.form.get("seen", ""), _draft_or_none(draft_id)
    if draft is None:
        return _gone()
    published = actions.publish_draft(draft, actor_id=current_user.id, now=clock.now(), seen=seen)
    db.session.commit()
    flash(_("%(what)s of %(period)s is published.", what=published.label, period=published.period.label), "good")
    return redirect(url_for(".list_sets"))


@bp.route("/drafts/<int:draft_id>/removal", methods=["POST"])
@require(Permission.RESULT_PUBLISH)
def remove_draft(draft_id: int) -> ResponseReturnValue:
    draft = _draft_or_none(draft_id)
    if draft is None:
        return _gone()
    actions.remove_draft(draft, actor_id=current_user.id)
    db.session.commit()
    flash(_("The draft is removed. Nothing of it was shown; it can be imported again."), "good")
    return redirect(url_for(".list_drafts"))


@bp.route("/sets")
@require(Permission.RESULT_PUBLISH)
def list_sets() -> ResponseReturnValue:
    wanted = all_sets(ResultSet.visible_to(current_user, Permission.RESULT_PUBLISH))
    return render_template("pulse/sets.html", page=db.paginate(wanted, page=_page(), per_page=PAGE, error_out=False))


@bp.route("/sets/<int:set_id>/withdrawal", methods=["POST"])
@require(Permission.RESULT_PUBLISH)
def withdraw_set(set_id: int) -> ResponseReturnValue:
    reached = ResultSet.visible_to(current_user, Permission.RESULT_PUBLISH)
    found = one_or_404(reached.where(ResultSet.id == set_id))
    results.withdraw(found, actor_id=current_user.id, now=clock.now())
    db.session.commit()
    flash(_("The set is withdrawn. Its period will not be shown again."), "good")
    return redirect(url_for(".list_sets"))


def _draft(draft_id: int) -> DraftSet:
    return one_or_404(_waiting(draft_id))


def _draft_or_none(draft_id: int) -> DraftSet | None:
    return db.session.scalar(_waiting(draft_id))


def _waiting(draft_id: int) -> sa.Select[DraftSet]:
    reached = DraftSet.visible_to(current_user, Permission.RESULT_PUBLISH)
    return queries.waiting(reached).where(DraftSet.id == draft_id)


def _gone() -> ResponseReturnValue:
    """A page that was left open, or pressed twice. Who reaches drafts is told how it went on; others find nothing."""
    if not current_user.holds_on_company(Permission.RESULT_PUBLISH):
        raise NotFound
    gone = _("That draft is no longer here: it was published, removed, or replaced by a later file. Nothing was done.")
    flash(gone, "warning")
    return redirect(url_for(".list_drafts"))


def _page() -> int:
    return max(request.args.get("page", 1, type=int), 1)
