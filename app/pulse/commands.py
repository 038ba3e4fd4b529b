"""`flask pulse …`: bring employees' results, see what waits, publish it."""

import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.core import clock, company_time
from app.core.database import writing
from app.core.errors import Refused
from app.extensions import db
from app.imports.actions import ImportCommand, Said, Wish, run_import_command, said_options
from app.pulse import actions, queries
from app.results.queries import published_sets

cli = AppGroup("pulse", help="Employees' results: import, drafts, publication.")
FILE = click.Path(path_type=Path)


@cli.command("import", cls=ImportCommand)
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, help="A mapping file; without it the one that the file suggests.")
@click.option("--dry-run", is_flag=True, help="Judge every row and write nothing.")
@click.option("--report", type=FILE, help="Write the refused rows to this CSV file.")
@click.option(
    "--yes-replace",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Yes, answers of just so many units of the draft that waits shall go: asked for when a file lacks them.",
)
@said_options
def import_results(
    file: Path, mapping: Path | None, dry_run: bool, report: Path | None, yes_replace: int, **said: Any
) -> None:
    """Bring results of past pulses; they stay a draft until `flask pulse publish`."""
    wish = Wish("results", file, mapping, dry_run, report, yes_to=yes_replace, said=Said.of(said))
    sys.exit(run_import_command(wish, click.echo))


@cli.command("sets")
def list_sets() -> None:
    """Drafts that wait, and sets that are published."""
    drafts = db.session.scalars(queries.drafts_named("all")).all()
    outlooks = actions.outlooks_of(drafts)
    for draft in drafts:
        shown, hidden = len(outlooks[draft.id].shown), len(outlooks[draft.id].hidden)
        click.echo(f"draft {draft.id}: {draft.measure}:{draft.period.code}, {shown} units shown, {hidden} hidden")
    for each in db.session.scalars(published_sets()):
        click.echo(f"published {each.measure}:{each.period.code} on {each.published_at:%Y-%m-%d}")


@cli.command("publish")
@click.argument("name", metavar="SET")
def publish(name: str) -> None:
    """Publish a draft for ever: its number, MEASURE:PERIOD, or all whose period has ended."""
    with writing():
        drafts = db.session.scalars(queries.drafts_named(name)).all()
        early = [each for each in drafts if name == "all" and actions.is_running(each, company_time.today())]
        ids = [draft.id for draft in drafts if draft not in early]
        for each in early:
            click.echo(f"{each.measure}:{each.period.code} waits: its period has not ended. Name it to publish it now.")
        refused = [each for each in ids if not _published(each)]
    if not drafts:
        click.echo(f"There is no draft “{name}”. `flask pulse sets` lists what there is.", err=True)
    sys.exit(1 if refused or not drafts else 0)


def _published(draft_id: int) -> bool:
    draft = db.session.scalars(queries.drafts_named(str(draft_id))).one_or_none()
    if draft is None:
        click.echo(f"Draft {draft_id} is no longer there: somebody has published or removed it.", err=True)
        return False
    name = f"{draft.measure}:{draft.period.code}"
    try:
        actions.publish_draft(draft, actor_id=None, now=clock.now())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        click.echo(f"{name}: {refusal}", err=True)
        return False
    click.echo(f"{name} is published.")
    return True


COMMANDS = [cli]
