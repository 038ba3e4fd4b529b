"""What is in a backup, table by table."""

import sqlalchemy as sa

from app.core.kinds import kinds_by_name
from app.extensions import Base
from app.imports.models import DataImport


def kept_tables(metadata: sa.MetaData = Base.metadata) -> list[sa.Table]:
    """All but those that say `info={"backup": False}`, each after the ones that it refers to."""
    return [table for table in metadata.sorted_tables if table.info.get("backup", True)]


def kept_uploads() -> sa.Select[str]:
    """Digests of the files that rows in the backup need.

    Files of a private kind are left out: a file of employees' results holds single answers, which are destroyed once
    they are published, and would live on in the copy.
    """
    private = [name for name, kind in kinds_by_name().items() if kind.is_private]
    return sa.select(DataImport.digest).where(DataImport.kind.not_in(private)).distinct().order_by(DataImport.digest)
