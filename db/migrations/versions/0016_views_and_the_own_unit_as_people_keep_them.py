"""Views under a name, and the own unit as a filter, as people keep them

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('own_unit',
    sa.Column('whose', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('filtering', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('whose', name=op.f('pk_own_unit'))
    )
    op.create_table('saved_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('page', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_view_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view'))
    )
    op.create_index(op.f('ix_saved_view_person_id'), 'saved_view', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_saved_view_person_id'), table_name='saved_view')
    op.drop_table('saved_view')
    op.drop_table('own_unit')
