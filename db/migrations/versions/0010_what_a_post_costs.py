"""What a post costs: rules of the house, and the rate a directive names

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_KINDS = ('post', 'facility', 'project', 'service', 'network', 'volunteer', 'accommodation')


def upgrade() -> None:
    op.create_table('personnel_cost',
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('structure_kind', sa.Enum(*_KINDS, name='structure_kind', native_enum=False, create_constraint=True), nullable=True),
    sa.Column('rate_cents', sa.BigInteger(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_personnel_cost'))
    )
    # Where a programme was recorded before, nothing is said about a rate.
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rate_cents', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('rate_kind', sa.Enum(*_KINDS, name='structure_kind', native_enum=False, create_constraint=True), nullable=True))
        batch_op.add_column(sa.Column('rate_at_most', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('rate_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False, server_default=''))
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.alter_column('rate_at_most', server_default=None)
        batch_op.alter_column('rate_note', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_programme_structure_kind'), type_='check')
        batch_op.drop_column('rate_note')
        batch_op.drop_column('rate_at_most')
        batch_op.drop_column('rate_kind')
        batch_op.drop_column('rate_cents')

    op.drop_table('personnel_cost')
