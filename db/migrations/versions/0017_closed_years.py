"""Budget years that are closed

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table('closed_year',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('funding_id', sa.Integer(), nullable=True),
    sa.Column('proof_on', sa.Date(), nullable=True),
    sa.Column('note', text(length=5000), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=False),
    sa.Column('closed_by', text(length=200), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('opened_by', text(length=200), nullable=False),
    sa.Column('reason', text(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['funding_id'], ['funding.id'], name=op.f('fk_closed_year_funding_id_funding')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closed_year'))
    )
    with op.batch_alter_table('closed_year', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_closed_year_year'), ['year'], unique=False)
        batch_op.create_index(batch_op.f('ix_closed_year_funding_id'), ['funding_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('closed_year', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_closed_year_funding_id'))
        batch_op.drop_index(batch_op.f('ix_closed_year_year'))
    op.drop_table('closed_year')
