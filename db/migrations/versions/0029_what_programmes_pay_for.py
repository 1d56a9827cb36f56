"""What programmes pay for, who may apply, where, and how much of the costs they bear

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

_APPLICANTS = tuple(
    f'{who}_applies' for who in ('county', 'municipality', 'welfare', 'association', 'business', 'authority')
)
_REGIONS = (
    '00', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '16',
    '091', '092', '093', '094', '095', '096', '097',
)
_SOURCES = ('purpose_source', 'applicants_source', 'region_source', 'share_source')


def upgrade() -> None:
    for table, member in (('programme_field', 'field'), ('programme_task', 'task')):
        _create_link(table, member)
    # Of programmes that were recorded before, nothing of this is known.
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose_derived', sa.Boolean(), nullable=False, server_default=sa.false()))
        for column in _APPLICANTS:
            batch_op.add_column(sa.Column(column, sa.Enum('eligible', 'excluded', name=column, native_enum=False, create_constraint=True), nullable=True))
        batch_op.add_column(sa.Column('applications_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('region', sa.Enum(*_REGIONS, name='funding_region', native_enum=False, create_constraint=True), nullable=True))
        for column in ('share_percent', 'own_share_percent'):
            batch_op.add_column(sa.Column(column, sa.Float(), nullable=True))
        for column in _SOURCES:
            batch_op.add_column(sa.Column(column, sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False, server_default=''))
    with op.batch_alter_table('programme', schema=None) as batch_op:
        for column in ('purpose_derived', *_SOURCES):
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('programme', schema=None) as batch_op:
        for name in (*_APPLICANTS, 'funding_region'):
            batch_op.drop_constraint(op.f(f'ck_programme_{name}'), type_='check')
        for column in (
            *_SOURCES, 'own_share_percent', 'share_percent', 'region', 'applications_until', *_APPLICANTS,
            'purpose_derived',
        ):
            batch_op.drop_column(column)
    op.drop_table('programme_task')
    op.drop_table('programme_field')


def _create_link(table: str, member: str) -> None:
    op.create_table(table,
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column(f'{member}_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f(f'fk_{table}_programme_id_programme')),
    sa.ForeignKeyConstraint([f'{member}_id'], [f'{member}.id'], name=op.f(f'fk_{table}_{member}_id_{member}')),
    sa.PrimaryKeyConstraint('programme_id', f'{member}_id', name=op.f(f'pk_{table}'))
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f'ix_{table}_{member}_id'), [f'{member}_id'], unique=False)
