"""Which file a change came from, which single change it took back, and whether contact data were erased

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of older changes nobody knows any more whether they came from a file.
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.add_column(sa.Column('undoes_change', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('imported', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('erased', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.alter_column('imported', server_default=None)
        batch_op.alter_column('erased', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.drop_column('erased')
        batch_op.drop_column('imported')
        batch_op.drop_column('undoes_change')
