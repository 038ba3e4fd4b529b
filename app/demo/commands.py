"""`flask demo load`, `flask demo remove`, `flask demo people`."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from app.core.database import writing
from app.core.errors import Refused
from app.demo import actions
from app.extensions import db


@contextmanager
def _said_in_a_sentence() -> Iterator[None]:
    """An operator gets the refusal, not a trace."""
    try:
        yield
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal


demo_cli = AppGroup("demo", help="The demo company: invented people and numbers, never beside real data.")


@demo_cli.command("load")
@click.option("--if-empty", is_flag=True, help="Say nothing when the demo is already there.")
def load(if_empty: bool) -> None:
    with writing(), _said_in_a_sentence():  # from the first look on: a reader that turns writer fails at once
        if actions.is_complete() and not if_empty:
            click.echo("The demo company is already here. Remove it first with: flask --app wsgi demo remove")
        for _step in actions.load(click.echo):
            db.session.commit()


@demo_cli.command("remove")
def remove() -> None:
    with writing(), _said_in_a_sentence():
        digests = actions.remove()
        db.session.commit()
        actions.forget_files(digests)
    click.echo("The demo company is gone; the place is empty again.")


@demo_cli.command("people")
def people() -> None:
    click.echo(actions.who_signs_in())


COMMANDS = [demo_cli]
