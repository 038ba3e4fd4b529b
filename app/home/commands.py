"""What an operator types: `flask prepare` (bin/run does it), `flask doctor`."""

import sys
from functools import partial
from shlex import quote

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core import clock, installation
from app.core.database import writing
from app.core.errors import Refused
from app.core.keys import first_run_code
from app.core.revisions import newest_revision, revision_of
from app.demo import actions as demo
from app.extensions import db
from app.home.queries.health import health
from app.keeping.actions.rehearsing import rehearse
from config import Config


@click.command("prepare")
@click.option("--demo", "wants_demo", is_flag=True, help="Load the demo company into an empty database.")
@with_appcontext
def prepare(wants_demo: bool) -> None:
    """Bring the database to the code's schema; with --demo load the demo company when nothing is there yet."""
    is_current = revision_of(db.session.connection()) == newest_revision()
    db.session.rollback()  # what follows begins anew, as a writer
    if not is_current:
        from flask_migrate import upgrade  # noqa: PLC0415 - Alembic is large, see `create_app`

        upgrade()
    if wants_demo:
        _load_demo()
        click.echo(demo.who_signs_in())
    elif installation.kind() is installation.InstallationKind.EMPTY:
        code = first_run_code()
        click.echo(f"Nothing is set up yet. From another machine than this, open /first-run?code={code}")


def _load_demo() -> None:
    """What is done goes to standard error: bin/run says at each start what stands on standard output."""
    try:
        with writing():
            for _step in demo.load(partial(click.echo, err=True)):
                db.session.commit()
    except Refused as refusal:
        raise click.ClickException(f"{refusal}{_how_to_start_it()}") from refusal


def _how_to_start_it() -> str:
    """Who set up a company here before the first-run page of the demo's place told them not to finds it again."""
    config: Config = current_app.config["REZONANS"]
    if not config.is_demo_place or installation.kind() is not installation.InstallationKind.COMPANY:
        return ""
    folders = f"REZONANS_DATA={quote(str(config.data))} REZONANS_KEYS={quote(str(config.keys))}"
    named = ' DATABASE_URL="$DEMO_DATABASE_URL"' if config.is_database_named else ""
    return (
        f"\nThe company's data lies in {config.data}. To start it: {folders}{named} bin/run"
        "\nFor a demo beside it name another folder: REZONANS_DATA=other bin/run demo"
    )


@click.command("doctor")
@click.option("--restore", "is_rehearsal", is_flag=True, help="First restore the newest backup beside the real place.")
@with_appcontext
def doctor(is_rehearsal: bool) -> None:
    """Look at everything that must work; exit 1 when something needs hands."""
    if is_rehearsal:
        _rehearse()
    checks = list(health(whole_log=True))
    for check in checks:
        click.echo(f"{'well ' if check.is_well else 'HANDS'}  {check.name}: {check.sentence}")
    sys.exit(0 if all(check.is_well for check in checks) else 1)


def _rehearse() -> None:
    """What came of it stands among the checks; it changes nothing else."""
    if rehearse(clock.now()) is None:
        first = (
            "The demo is not backed up." if installation.is_demo() else "Make one first: flask jobs run keeping.back_up"
        )
        click.echo(f"There is no backup to rehearse with. {first}", err=True)
    db.session.commit()


COMMANDS = [prepare, doctor]
