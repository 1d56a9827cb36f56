"""Where the people live

Revision ID: 0024
Revises: 0021
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0024'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('housing',
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ags', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('kind', sa.Enum('decentral', 'shared', name='housing_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('reference_date', sa.Date(), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=True),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['ags'], ['municipality.ags'], name=op.f('fk_housing_ags_municipality')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_housing'))
    )
    with op.batch_alter_table('housing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_housing_ags'), ['ags'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('housing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_housing_ags'))

    op.drop_table('housing')
