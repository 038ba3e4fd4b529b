"""The first page of everybody: what asks for me, and how my unit is doing."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission, require
from app.home.views.blueprint import bp


@bp.route("/")
@require(Permission.ACCOUNT_USE)
def show_start() -> ResponseReturnValue:
    return render_template("home/start.html")
