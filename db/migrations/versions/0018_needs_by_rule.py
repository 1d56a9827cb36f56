"""A need's quantity may follow a Kennzahl, and a Kennzahl may have forecasts

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
import sqlmodel
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

    op.create_table('forecast',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('ags', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('variant', sa.Enum('low', 'middle', 'high', name='forecast_variant', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('reference_date', sa.Date(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['ags'], ['municipality.ags'], name=op.f('fk_forecast_ags_municipality')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_forecast_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forecast'))
    )
    with op.batch_alter_table('forecast', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_forecast_ags'), ['ags'], unique=False)
        batch_op.create_index(batch_op.f('ix_forecast_indicator_id'), ['indicator_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('forecast', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_forecast_indicator_id'))
        batch_op.drop_index(batch_op.f('ix_forecast_ags'))

    op.drop_table('forecast')
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_need_indicator_id_indicator'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_need_indicator_id'))
        batch_op.drop_column('per')
        batch_op.drop_column('indicator_id')
