"""What an operator types: `flask privacy replay-erasures`, after a restore."""

import sys

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.database import writing
from app.core.jobs import in_steps
from app.extensions import db
from app.privacy.actions.replaying import keep_list, replay

privacy_cli = AppGroup("privacy", help="What is held about people.")


@privacy_cli.command("replay-erasures")
def replay_erasures() -> None:
    """Erase again whom a restored backup brought back; exit 1 when somebody must look."""
    with writing():
        told = in_steps(replay(clock.now()))
        db.session.commit()
    keep_list()
    click.echo(
        f"{told.erased} people erased again, {told.there_already} were erased already, {told.unknown} not found."
    )
    sys.exit(1 if told.unknown else 0)


COMMANDS = [privacy_cli]
