"""What an operator types about the house itself: `flask jobs …`."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock, company_time
from app.core.errors import Refused
from app.core.jobs import run_now
from app.core.timer import last_runs, schedule, serve

jobs = AppGroup("jobs", help="Scheduled and queued work.")


@jobs.command("list")
def list_jobs() -> None:
    """The table of what runs by itself: when it ran last, and when it runs next."""
    now, zone = clock.now(), company_time.zone()
    last = last_runs(now)
    click.echo(f"{'job':<26}{'daily at':<10}{'last begun':<20}next ({zone.key})")
    for each in schedule():
        ran = f"{last[each.job].astimezone(zone):%Y-%m-%d %H:%M}" if each.job in last else "never"
        after = each.next_after(now, zone).astimezone(zone)
        click.echo(f"{each.job:<26}{each.hour:02}:{each.minute:02}     {ran:<20}{after:%Y-%m-%d %H:%M}")


@jobs.command("run")
@click.argument("name")
def run_job(name: str) -> None:
    """Do one job of the table now, here."""
    names = [each.job for each in schedule()]
    if name not in names:
        click.echo(f"There is no job “{name}”. There are: {', '.join(names)}.", err=True)
        sys.exit(1)
    try:
        run_now(name)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{name} is done.")


@jobs.command("serve")
def serve_jobs() -> None:
    """Do scheduled and queued work until stopped. One such process is enough; of several, one is the timer."""
    serve(current_app._get_current_object())  # type: ignore[attr-defined]  # threads need the application itself


COMMANDS = [jobs]
