"""Potentials, the measures that make use of them, and points about them

Revision ID: 0028
Revises: 0021
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0028'
down_revision = '0026'
branch_labels = None
depends_on = None

_BEFORE = ('finding', 'measure', 'structure', 'agreement', 'funding', 'action', 'free')
_AFTER = ('finding', 'measure', 'structure', 'agreement', 'funding', 'action', 'potential', 'free')


def upgrade() -> None:
    op.create_table('potential',
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kind', sa.Enum('skilled_work', 'training', 'volunteering', 'housing', 'school', 'culture', 'economy', 'other', name='potential_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('state', sa.Enum('recognised', 'examined', 'used', 'not_pursued', name='potential_state', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('field_id', sa.Integer(), nullable=True),
    sa.Column('area_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('description', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('evidence', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=True),
    sa.Column('idea', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('next_step', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('proposal', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('proposal_facts', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_potential_area_id_area')),
    sa.ForeignKeyConstraint(['field_id'], ['field.id'], name=op.f('fk_potential_field_id_field')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_potential_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_potential_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_potential'))
    )
    with op.batch_alter_table('potential', schema=None) as batch_op:
        for column in ('area_id', 'field_id', 'indicator_id', 'organisation_id', 'proposal'):
            batch_op.create_index(batch_op.f(f'ix_potential_{column}'), [column], unique=False)
    _create_link('potential_need', 'potential', 'need')
    _create_link('measure_potential', 'measure', 'potential')
    _points_about(_AFTER)


def downgrade() -> None:
    # What was talked about stays on the agenda, without what it was about.
    op.execute("UPDATE agenda_item SET subject = 'free', subject_key = '' WHERE subject = 'potential'")
    _points_about(_BEFORE)
    op.drop_table('measure_potential')
    op.drop_table('potential_need')
    op.drop_table('potential')


def _create_link(table: str, owner: str, member: str) -> None:
    columns = [f'{owner}_id', f'{member}_id']
    op.create_table(table,
    *(sa.Column(column, sa.Integer(), nullable=False) for column in columns),
    *(
        sa.ForeignKeyConstraint([column], [f'{target}.id'], name=op.f(f'fk_{table}_{column}_{target}'))
        for column, target in zip(columns, (owner, member), strict=True)
    ),
    sa.PrimaryKeyConstraint(*columns, name=op.f(f'pk_{table}'))
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f'ix_{table}_{columns[1]}'), [columns[1]], unique=False)


def _points_about(subjects: tuple[str, ...]) -> None:
    """Have the database take these subjects of a point, and no others."""
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_agenda_item_subject'), type_='check')
        batch_op.create_check_constraint(op.f('ck_agenda_item_subject'), sa.column('subject').in_(subjects))
