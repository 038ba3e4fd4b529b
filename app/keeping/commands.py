"""`flask backup`, `flask restore`, `flask keys …`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa
from flask.cli import AppGroup, with_appcontext

from app.core import clock
from app.core.database import writing
from app.core.errors import Refused
from app.core.jobs import Job, JobState, in_steps, run
from app.extensions import db
from app.keeping.actions.backing_up import back_up
from app.keeping.actions.keys import end_old_keys, export_keys, rotate_keys, seal_anew
from app.keeping.actions.restoring import restore
from app.keeping.archive import Manifest
from app.keeping.second_place import ERASE_AGAIN

FILE = click.Path(path_type=Path, dir_okay=False)


@contextmanager
def _said_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal


@click.command("backup")
@click.argument("file", type=FILE)
@with_appcontext
def backup_command(file: Path) -> None:
    """Write a consistent copy of database and uploads to FILE, while everything runs. It holds no keys."""
    with _said_in_a_sentence():
        manifest = back_up(file.absolute(), clock.now())
    click.echo(f"{file} holds {_rows(manifest)}. It holds no keys: flask keys export FILE, and keep that elsewhere.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Also where there is a company already: all of it is replaced.")
@with_appcontext
def restore_command(file: Path, replace: bool) -> None:
    """Bring back what FILE holds: whole, or nothing is changed. Everybody signs in anew; nothing is sent at first."""
    with _said_in_a_sentence():
        manifest = restore(file.absolute(), clock.now(), replace=replace)
    with writing():
        db.session.commit()
    begun = sa.select(Job.id).where(Job.name == ERASE_AGAIN, Job.state == JobState.WAITING)
    for job_id in db.session.scalars(begun).all():
        run(job_id)
    click.echo(f"{_rows(manifest)} of {manifest.copied_at:%Y-%m-%d %H:%M} UTC are back. Everybody signs in anew.")
    click.echo("Not in a backup: API tokens (make new ones), invitations and slips (send or print them again),")
    click.echo("drafts of employees' results and their files (bring them again).")
    click.echo("Nothing is sent until somebody lets it go again, at /admin/health. Restart what was running.")


def _rows(manifest: Manifest) -> str:
    return f"{sum(manifest.counts.values())} rows and {len(manifest.uploads)} files"


keys = AppGroup("keys", help="The keys of this installation, which no backup holds.")


@keys.command("export")
@click.argument("file", type=FILE)
def export(file: Path) -> None:
    """Write all keys to FILE, a tar archive for its owner alone. Keep it apart from the backups."""
    with _said_in_a_sentence():
        count = export_keys(file.absolute())
    click.echo(f"{file} holds {count} files. To bring them back: tar -xf {file} -C $REZONANS_KEYS")


@keys.command("rotate")
@click.option("--end-old", is_flag=True, help="Make no new key, but stop believing the old ones.")
@click.option("--at-once", is_flag=True, help="With --end-old: although slips and sign-ins still hang on them.")
def rotate(end_old: bool, at_once: bool) -> None:
    """Make a new key, which signs and seals from now on; the old one is believed until --end-old."""
    with writing(), _said_in_a_sentence():
        if end_old:
            in_steps(seal_anew())
            end_old_keys(clock.now(), at_once=at_once)
        else:
            rotate_keys()
        db.session.commit()
    click.echo("The old keys are gone." if end_old else "There is a new key; the old one is believed until --end-old.")
    click.echo("Restart everything that runs, on every node, and give each node the same keys.")
    if not end_old:
        click.echo("What is sealed is sealed anew by night; flask doctor says when the old key can go.")


COMMANDS = [keys, backup_command, restore_command]
