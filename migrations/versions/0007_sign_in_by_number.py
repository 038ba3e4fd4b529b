"""sign in by number: an account needs no e-mail address, and everybody who works here has one"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Going down, accounts without an address get one that nobody can own, by which coming up knows them again.
STAND_IN = "@no-address.invalid"


def upgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("email", existing_type=sa.String(length=254), nullable=True)
    op.execute(
        sa.text("UPDATE account SET email = NULL WHERE employee_id IS NOT NULL AND email LIKE :stand_in").bindparams(
            stand_in=f"%{STAND_IN}"
        )
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_account_email_or_employee"), "email IS NOT NULL OR employee_id IS NOT NULL"
        )
    op.execute(
        sa.text(
            "INSERT INTO account (name, employee_id, language, time_zone, created_at) "
            "SELECT name, id, language, time_zone, :now FROM employee "
            "WHERE email IS NULL AND (ends_on IS NULL OR ends_on > :today) "
            "AND NOT EXISTS (SELECT 1 FROM account WHERE account.employee_id = employee.id)"
        ).bindparams(
            sa.bindparam("now", datetime.now(UTC).replace(tzinfo=None), type_=sa.DateTime()),
            sa.bindparam("today", datetime.now(UTC).date(), type_=sa.Date()),
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_account_email_or_employee"), type_="check")
    op.execute(sa.text("UPDATE account SET email = id || :stand_in WHERE email IS NULL").bindparams(stand_in=STAND_IN))
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("email", existing_type=sa.String(length=254), nullable=False)
