"""What an operator types about people: imports, and the first administrator."""

import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.core import clock, installation, settings
from app.core.api.offers import scopes_offered
from app.core.database import writing
from app.core.errors import Refused
from app.core.permissions import Permission
from app.extensions import db
from app.imports.actions import ImportCommand, Said, Wish, run_import_command, said_options
from app.people.actions.accounts import create_administrator
from app.people.actions.factors import remove_of
from app.people.actions.tokens import Wish as TokenWish
from app.people.actions.tokens import make_token
from app.people.actions.units import open_company
from app.people.credentials import passwords
from app.people.models.api_token import LONGEST_DAYS
from app.people.queries import account_called, company, has_factor
from app.people.queries.accounts import account_with_email
from app.people.queries.tokens import service_account_called

cli = AppGroup("people", help="People and units.")
admin_cli = AppGroup("admin", help="Administrators.")
token_cli = AppGroup("token", help="Tokens of the REST API.")
COMMANDS = [cli, admin_cli, token_cli]
FILE = click.Path(path_type=Path)  # a missing one is refused by the engine: exit 1, where click would say 2


@cli.command("import", cls=ImportCommand)
@click.argument("file", type=FILE)
@click.option("--kind", type=click.Choice(["units", "employees"]), required=True)
@click.option("--mapping", type=FILE, help="How the file's columns become ours (TOML).")
@click.option("--dry-run", is_flag=True, help="Check and count; write nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Refused rows go here (CSV).")
@click.option(
    "--yes-they-leave",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Yes, just so many people shall leave: asked for when a file lets many go.",
)
@click.option(
    "--yes-they-are-new",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Yes, just so many units are new: asked for when they look like ones that are here under other codes.",
)
@said_options
def import_people(file: Path, kind: str, mapping: Path | None, dry_run: bool, report: Path | None, **said: Any) -> None:
    """Import units or employees. Ends with 0 when all rows are in, 2 when some were refused, 1 when nothing was."""
    yes = {"units": said.pop("yes_they_are_new"), "employees": said.pop("yes_they_leave")}
    wish = Wish(kind, file, mapping_file=mapping, dry_run=dry_run, report=report, yes_to=yes[kind], said=Said.of(said))
    sys.exit(run_import_command(wish, click.echo))


@admin_cli.command("create")
@click.argument("email")
@click.option("--name", default="", help="How the administrator is called on the screen.")
def create_admin(email: str, name: str) -> None:
    """Create an administrator of the whole company; the password is asked for, or read from standard input."""
    password = _password()
    try:
        with writing():
            _create(email, name or email.partition("@")[0], password)
            db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{email} may now sign in and do everything.")


def _create(email: str, name: str, password: str) -> None:
    if "@" not in email.strip().strip("@"):
        raise Refused("An administrator signs in with an e-mail address, such as admin@example.org.")
    if fault := passwords.fault_of(password, (email, name)):
        raise Refused(fault)
    if installation.kind() is installation.InstallationKind.DEMO:
        raise Refused("This is the demo. Use a database of your own; nothing was changed.")
    if company() is None:
        installation.become(installation.InstallationKind.COMPANY, clock.now())
        open_company(str(settings.company("company_name")) or "Company")
    create_administrator(email, name, password)


@admin_cli.command("remove-factor")
@click.argument("name")
@click.option("--reason", default="asked of the operator", help="The person reads it at the next sign-in.")
def remove_factor(name: str, reason: str) -> None:
    """Remove the second factor of whoever signs in as NAME: the way back for the last administrator."""
    with writing():
        account = account_called(name)
        if account is None or not has_factor(account):
            raise click.ClickException("Nobody who signs in like this has a second factor. Nothing was changed.")
        remove_of(account, None, reason[:200], clock.now())
        db.session.commit()
    click.echo(f"{name} signs in with the password alone; all sign-ins are ended.")


@token_cli.command("create")
@click.argument("owner", metavar="EMAIL")
@click.option("--scope", "scopes", multiple=True, required=True, help="What it may do, such as unit:read; repeat it.")
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=90, show_default=True, help="Until it ends.")
@click.option("--name", default="made by the operator", help="By which it is known later.")
def create_token(owner: str, scopes: tuple[str, ...], days: int, name: str) -> None:
    """Make a token of an account, by its e-mail address, or of a service account, by its name. It is shown once."""
    wish = TokenWish(name, _offered(scopes), days)
    try:
        with writing():
            account = account_with_email(owner) if "@" in owner else service_account_called(owner)
            if account is None:
                raise Refused(f"There is no account “{owner}”. No token was made.")
            row, token = make_token(account, wish, now=clock.now(), actor_id=None)
            until = row.ends_at
            db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"In force until {until:%Y-%m-%d}. Shown once, so keep it now:", err=True)
    click.echo(token)


def _offered(scopes: tuple[str, ...]) -> list[Permission]:
    offered = {str(scope): scope for scope in scopes_offered()}
    if unknown := sorted(set(scopes) - offered.keys()):
        raise click.UsageError(f"No such scope: {', '.join(unknown)}. There are: {', '.join(sorted(offered))}.")
    return [offered[scope] for scope in scopes]


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
