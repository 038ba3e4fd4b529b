"""What jobs there are, and how their rows reach the worker."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from app.core.carrier import Carrier
from app.core.jobs.queue import forget, hand_over
from app.core.jobs.work import run
from app.extensions import db

Work = Callable[..., None]


def bind_jobs(app: Flask, functions: dict[str, Work], given_up: dict[str, Work] | None = None) -> None:
    """`functions` by name, as the features declare them, and what to do when one of them has failed for good.

    After each commit the new rows are handed to the carrier.
    """

    def run_with_app(job_id: int) -> None:
        with app.app_context():
            run(job_id)

    app.extensions["job_functions"] = functions
    app.extensions["job_given_up"] = given_up or {}
    app.extensions["carrier"] = Carrier(app.config["REZONANS"], run_with_app)
    if not sa.event.contains(db.session, "after_commit", hand_over):
        sa.event.listen(db.session, "after_commit", hand_over)
        sa.event.listen(db.session, "after_rollback", forget)
