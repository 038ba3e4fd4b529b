"""Which schema a database has, which ones this version knows, and the way from one to the other."""

import sqlalchemy as sa

from app.core.database import rebuilding
from config import ROOT

VERSIONS = ROOT / "migrations" / "versions"


def known_revisions() -> list[str]:
    return sorted(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*.py"))


def newest_revision() -> str:
    return known_revisions()[-1]


def revision_of(connection: sa.Connection) -> str | None:
    """None where there are no tables of ours."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(engine: sa.Engine, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - large, see `create_app`
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with rebuilding(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
