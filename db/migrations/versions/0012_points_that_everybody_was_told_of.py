"""Points that everybody was told of under their number

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

# Of rounds to which people were invited, that run or were held, everybody knows the points but for the
# internal ones, among them those about an internal finding.
_TOLD = """
    UPDATE agenda_item SET announced = :yes
    WHERE internal = :no
      AND meeting_id IN (SELECT id FROM meeting WHERE status IN ('invited', 'running', 'closed'))
      AND NOT (subject = 'finding' AND subject_key IN (SELECT key FROM internal_finding))
"""


def upgrade() -> None:
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('announced', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        sa.text(_TOLD).bindparams(
            sa.bindparam('yes', True, sa.Boolean()), sa.bindparam('no', False, sa.Boolean())
        )
    )
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.alter_column('announced', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_column('announced')
