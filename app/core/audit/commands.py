"""`flask audit …`: is the log as it was written, and where does it end?"""

import sys

import click
import structlog
from flask.cli import AppGroup

from app.core.audit.checking import Head, head, verdict

audit_cli = AppGroup("audit", help="The log of what was done.")


def _as_head(text: str | None) -> Head | None:
    if text is None:
        return None
    place, _, digest = text.partition(":")
    try:
        return Head(int(place), bytes.fromhex(digest))
    except ValueError as error:
        raise click.ClickException(
            "A head looks like 812:9f86d0…, as the line “audit.head” of the log says it."
        ) from error


@audit_cli.command("head")
def show_head() -> None:
    """Print where the log ends: a place and a hash, to keep outside of the database."""
    click.echo(str(head()))


@audit_cli.command("verify")
@click.option("--head", "known", help="A head that was kept: was anything before it altered since?")
def verify(known: str | None) -> None:
    """Walk the whole log; exit 1 and name the entries when it is not as it was written."""
    found = verdict(known=_as_head(known))
    for fault in found.faults:
        click.echo(fault)
    click.echo(f"{found.checked} entries were looked at; the log ends at {found.head}.")
    sys.exit(0 if found.is_whole else 1)


def log_head() -> None:
    """By night: the end of the chain goes to the log of the server, where who alters the database does not reach."""
    found = head()
    structlog.get_logger().info("audit.head", position=found.position, hash=found.hash.hex())


COMMANDS = [audit_cli]
JOBS = {"audit.log_head": log_head}
