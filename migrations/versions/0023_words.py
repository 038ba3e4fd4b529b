"""words by which people and units are found, and the order of their names"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WORD = sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql")
SORTED = sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql")
CHUNK = 5000


def upgrade() -> None:
    for table, other in (("employee_word", "employee"), ("unit_word", "unit")):
        key = f"{other}_id"
        op.create_table(
            table,
            sa.Column(key, sa.Integer(), nullable=False),
            sa.Column("word", WORD, nullable=False),
            sa.ForeignKeyConstraint([key], [f"{other}.id"], name=op.f(f"fk_{table}_{key}_{other}")),
            sa.PrimaryKeyConstraint(key, "word", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_word", table, ["word", key])
    op.create_table(
        "job_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("job", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("word", "job", name=op.f("pk_job_word")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("employee") as batch_op:
        batch_op.add_column(sa.Column("sort_name", SORTED, nullable=False, server_default=""))
    _fill(op.get_bind())
    with op.batch_alter_table("employee") as batch_op:
        batch_op.alter_column("sort_name", server_default=None, existing_type=SORTED, existing_nullable=False)
        batch_op.create_index("ix_employee_sort_name", ["sort_name", "id"])
    op.create_index("ix_assignment_job", "assignment", ["job"])
    op.create_index("ix_assignment_employee_id_span", "assignment", ["employee_id", "starts_on", "ends_on", "unit_id"])


def downgrade() -> None:
    op.drop_index("ix_assignment_employee_id_span", table_name="assignment")
    op.drop_index("ix_assignment_job", table_name="assignment")
    with op.batch_alter_table("employee") as batch_op:
        batch_op.drop_index("ix_employee_sort_name")
        batch_op.drop_column("sort_name")
    op.drop_table("job_word")
    for table in ("unit_word", "employee_word"):
        op.drop_index(f"ix_{table}_word", table_name=table)
        op.drop_table(table)


def _fill(connection: sa.Connection) -> None:
    people = list(connection.execute(sa.text("SELECT id, name, number FROM employee")))
    sort = sa.text("UPDATE employee SET sort_name = :sorted WHERE id = :id")
    _write(connection, sort, ({"id": row.id, "sorted": _plain(row.name)[:200]} for row in people))
    found = ({"id": row.id, "word": word} for row in people for word in _words(row.name, row.number))
    _write(connection, sa.text("INSERT INTO employee_word (employee_id, word) VALUES (:id, :word)"), found)
    units = connection.execute(sa.text("SELECT id, name, code FROM unit")).all()
    found = ({"id": row.id, "word": word} for row in units for word in _words(row.name, row.code))
    _write(connection, sa.text("INSERT INTO unit_word (unit_id, word) VALUES (:id, :word)"), found)
    jobs = connection.scalars(sa.text("SELECT DISTINCT job FROM assignment")).all()
    named = ({"job": job, "word": word} for job in jobs for word in _words(job))
    _write(connection, sa.text("INSERT INTO job_word (word, job) VALUES (:word, :job)"), named)


def _write(connection: sa.Connection, statement: sa.TextClause, rows: Iterator[dict[str, object]]) -> None:
    told = list(rows)
    for start in range(0, len(told), CHUNK):
        connection.execute(statement, told[start : start + CHUNK])


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("ł", "l\u0335"))
    return "".join(each for each in letters if not unicodedata.combining(each))


def _words(*texts: str | None) -> set[str]:
    return {word[:60] for text in texts for word in _parts(_plain(text or ""))}


def _parts(text: str) -> Iterable[str]:
    for word in text.split():
        yield word
        yield from (word[sign.end() :] for sign in re.finditer(r"[^\w]+", word) if sign.end() < len(word))
