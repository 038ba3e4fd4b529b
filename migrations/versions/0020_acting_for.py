"""acting for: what deputies did in somebody's place is found without reading all values of the log"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_audit_value_acting_for", "audit_value"


def upgrade() -> None:
    of_deputies = sa.text("field = 'acting_for_id'")
    op.create_index(NAME, TABLE, ["after"], sqlite_where=of_deputies, postgresql_where=of_deputies)


def downgrade() -> None:
    op.drop_index(NAME, TABLE)
