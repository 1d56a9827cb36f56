"""Indicators and their values in the municipalities

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('indicator',
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('target_group_id', sa.Integer(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['target_group_id'], ['target_group.id'], name=op.f('fk_indicator_target_group_id_target_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator'))
    )
    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_target_group_id'), ['target_group_id'], unique=False)

    op.create_table('observation',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('ags', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('reference_date', sa.Date(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['ags'], ['municipality.ags'], name=op.f('fk_observation_ags_municipality')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_observation_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_observation'))
    )
    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_observation_ags'), ['ags'], unique=False)
        batch_op.create_index(batch_op.f('ix_observation_indicator_id'), ['indicator_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_observation_indicator_id'))
        batch_op.drop_index(batch_op.f('ix_observation_ags'))

    op.drop_table('observation')
    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_indicator_target_group_id'))

    op.drop_table('indicator')
