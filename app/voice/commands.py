"""`flask voice …`: bring customers' feedback, and prove the rollups."""

import sys
from itertools import islice
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.core.database import writing
from app.extensions import db
from app.imports.actions import ImportCommand, Said, Wish, run_import_command, said_options
from app.voice.actions.rebuilding import differences, mend

cli = AppGroup("voice", help="Customers' feedback: import and rollups.")
COMMANDS = [cli]
FILE = click.Path(path_type=Path)
TOLD = 10
BATCH = 1000


@cli.command("import", cls=ImportCommand)
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, help="A mapping file; without it the one that the file suggests.")
@click.option("--dry-run", is_flag=True, help="Judge every row and write nothing.")
@click.option("--report", type=FILE, help="Write the refused rows to this CSV file.")
@said_options
def import_feedback(file: Path, mapping: Path | None, dry_run: bool, report: Path | None, **said: Any) -> None:
    """Bring customers' answers, or groups that another tool has counted."""
    sys.exit(run_import_command(Wish("feedback", file, mapping, dry_run, report, said=Said.of(said)), click.echo))


@cli.command("rebuild-rollups")
def rebuild_rollups() -> None:
    """Count everything again from the rows. Says "equal", or what differed, and then mends it (exit 1)."""
    found = list(differences())
    db.session.rollback()
    if not found:
        click.echo("equal")
        return
    for each in found[:TOLD]:
        click.echo(str(each))
    if len(found) > TOLD:
        click.echo(f"… and {len(found) - TOLD} more")
    rest = iter(found)
    with writing():
        while batch := list(islice(rest, BATCH)):
            mend(batch)
            db.session.commit()
    click.echo(f"{len(found)} counts differed and were replaced.")
    sys.exit(1)
