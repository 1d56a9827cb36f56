"""Drafts of papers

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('paper_text',
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=130), nullable=False),
    sa.Column('paper', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('part', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('based_on', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_paper_text'))
    )
    op.create_index(op.f('ix_paper_text_paper'), 'paper_text', ['paper'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_paper_text_paper'), table_name='paper_text')
    op.drop_table('paper_text')
