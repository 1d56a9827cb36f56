"""Forecasts by rule

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('forecast_rule',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('percent', 'absolute', 'arrivals', 'yearly', name='forecast_rule_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('low', sa.Float(), nullable=True),
    sa.Column('middle', sa.Float(), nullable=True),
    sa.Column('high', sa.Float(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('arrivals', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('share_key', sa.Enum('population', 'indicator', 'typed', name='distribution_key', native_enum=False, create_constraint=True), nullable=True),
    sa.Column('share_indicator_id', sa.Integer(), nullable=True),
    sa.Column('shares', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('share_source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_forecast_rule_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['share_indicator_id'], ['indicator.id'], name=op.f('fk_forecast_rule_share_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forecast_rule'))
    )
    with op.batch_alter_table('forecast_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_forecast_rule_indicator_id'), ['indicator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_forecast_rule_share_indicator_id'), ['share_indicator_id'], unique=False)


def downgrade() -> None:
    op.drop_table('forecast_rule')
