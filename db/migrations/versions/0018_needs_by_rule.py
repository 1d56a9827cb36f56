"""A need's quantity may follow a Kennzahl

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.add_column(sa.Column('indicator_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('per', sa.Float(), nullable=True))
        batch_op.create_index(batch_op.f('ix_need_indicator_id'), ['indicator_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_need_indicator_id_indicator'), 'indicator', ['indicator_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_need_indicator_id_indicator'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_need_indicator_id'))
        batch_op.drop_column('per')
        batch_op.drop_column('indicator_id')
