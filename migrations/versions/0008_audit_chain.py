"""audit chain: each entry bound to the one before it, values behind commitments, and no way to alter either"""

import json
import os
from collections.abc import Iterator
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CHUNK = 1000
BEGINNING = bytes(32)
TABLES = ("audit_entry", "audit_value", "audit_link", "audit_head")

# Nobody changes an entry; of a value one may only take away what was there. Nobody removes anything from a company's
# log; where there is no company (the demo is wiped whole, an empty place is filled) the rows may go.
KEPT_VALUE = """NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.field = OLD.field
    AND NEW.commitment = OLD.commitment AND NEW."before" IS NULL AND NEW."after" IS NULL AND NEW.salt IS NULL"""
CHANGES = {
    "audit_entry": "",
    "audit_value": f"WHEN (NOT ({KEPT_VALUE}))",
    "audit_link": "",
    "audit_head": "WHEN (NEW.id <> OLD.id OR NEW.position <= OLD.position)",
}
COMPANY = "EXISTS (SELECT 1 FROM installation WHERE kind = 'company')"


def upgrade() -> None:
    op.create_table(
        "audit_link",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_link_entry_id_audit_entry")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_link_entry_id")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    with op.batch_alter_table("audit_value", schema=None) as batch_op:
        batch_op.add_column(sa.Column("salt", sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column("commitment", sa.LargeBinary(length=32), nullable=True))
    _chain(op.get_bind())
    with op.batch_alter_table("audit_value", schema=None) as batch_op:
        batch_op.alter_column("commitment", existing_type=sa.LargeBinary(length=32), nullable=False)
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for name in ("change", "removal", *(("wiping",) if is_postgresql else ())):
            on = f" ON {table}" if is_postgresql else ""
            op.execute(f"DROP TRIGGER {table}_{name}{on}")
    if is_postgresql:
        op.execute("DROP FUNCTION audit_is_append_only()")
        op.execute("DROP FUNCTION audit_of_a_company_stays()")
    op.drop_table("audit_head")
    op.drop_table("audit_link")
    with op.batch_alter_table("audit_value", schema=None) as batch_op:
        batch_op.drop_column("commitment")
        batch_op.drop_column("salt")


def _guard_sqlite() -> None:
    says = "the audit log is append-only"
    for table, when in CHANGES.items():
        op.execute(
            f"CREATE TRIGGER {table}_change BEFORE UPDATE ON {table} {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_removal BEFORE DELETE ON {table} WHEN {COMPANY} "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )


def _guard_postgresql() -> None:
    refuse = "RAISE EXCEPTION 'the audit log is append-only';"
    op.execute(f"CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$")
    op.execute(
        "CREATE FUNCTION audit_of_a_company_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {COMPANY} THEN {refuse} END IF; RETURN OLD; END $$"
    )
    for table, when in CHANGES.items():
        each = f"ON {table} FOR EACH ROW"
        op.execute(f"CREATE TRIGGER {table}_change BEFORE UPDATE {each} {when} EXECUTE FUNCTION audit_is_append_only()")
        op.execute(f"CREATE TRIGGER {table}_removal BEFORE DELETE {each} EXECUTE FUNCTION audit_of_a_company_stays()")
        op.execute(
            f"CREATE TRIGGER {table}_wiping BEFORE TRUNCATE ON {table} EXECUTE FUNCTION audit_of_a_company_stays()"
        )


def _chain(connection: sa.Connection) -> None:
    """The entries that are there already, in the order of their ids."""
    entry, value, link, head = _tables()
    position, last = 0, BEGINNING
    for entries in _chunks(connection, entry):
        commitments = _commit(connection, value, [row.id for row in entries])
        links = []
        for row in entries:
            position += 1
            moment = row.at.isoformat(timespec="microseconds")
            facts = _canonical([moment, row.actor_id, row.action, row.subject_kind, row.subject_id])
            digest = sha256(facts + b"".join(sorted(commitments.get(row.id, [])))).digest()
            last = sha256(last + _canonical([position, row.id]) + digest).digest()
            links.append({"position": position, "entry_id": row.id, "hash": last})
        connection.execute(sa.insert(link), links)
    connection.execute(sa.insert(head).values(id=1, position=position, hash=last))


def _tables() -> tuple[sa.Table, ...]:
    known = sa.MetaData()
    return (
        sa.Table(
            "audit_entry",
            known,
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("at", sa.DateTime()),
            sa.Column("actor_id", sa.Integer()),
            sa.Column("action", sa.String()),
            sa.Column("subject_kind", sa.String()),
            sa.Column("subject_id", sa.Integer()),
        ),
        sa.Table(
            "audit_value",
            known,
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("entry_id", sa.Integer()),
            sa.Column("field", sa.String()),
            sa.Column("before", sa.Text()),
            sa.Column("after", sa.Text()),
            sa.Column("salt", sa.LargeBinary()),
            sa.Column("commitment", sa.LargeBinary()),
        ),
        sa.Table(
            "audit_link",
            known,
            sa.Column("position", sa.Integer()),
            sa.Column("entry_id", sa.Integer()),
            sa.Column("hash", sa.LargeBinary()),
        ),
        sa.Table(
            "audit_head",
            known,
            sa.Column("id", sa.Integer()),
            sa.Column("position", sa.Integer()),
            sa.Column("hash", sa.LargeBinary()),
        ),
    )


def _chunks(connection: sa.Connection, entry: sa.Table) -> Iterator[list[sa.Row]]:
    after = 0
    while rows := connection.execute(
        sa.select(entry).where(entry.c.id > after).order_by(entry.c.id).limit(CHUNK)
    ).all():
        yield list(rows)
        after = rows[-1].id


def _commit(connection: sa.Connection, value: sa.Table, entry_ids: list[int]) -> dict[int, list[bytes]]:
    """Each value gets its salt and its commitment."""
    found: dict[int, list[bytes]] = {}
    rows = connection.execute(sa.select(value).where(value.c.entry_id.in_(entry_ids))).all()
    changes = []
    for row in rows:
        salt = os.urandom(16)
        commitment = sha256(salt + _canonical([row.field, row.before, row.after])).digest()
        found.setdefault(row.entry_id, []).append(commitment)
        changes.append({"of": row.id, "salted": salt, "bound": commitment})
    if changes:
        one = sa.update(value).where(value.c.id == sa.bindparam("of"))
        connection.execute(one.values(salt=sa.bindparam("salted"), commitment=sa.bindparam("bound")), changes)
    return found


def _canonical(parts: list[object]) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
