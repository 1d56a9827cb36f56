"""By what a sitting is known again, how the days before it are counted, how long a paper is drafted

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

_UNITS = ('days', 'working_days', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday')


def _unit(name: str) -> sa.Column:
    # Leads that were entered before were counted in days.
    kind = sa.Enum(*_UNITS, name=name, native_enum=False, create_constraint=True)
    return sa.Column(name, kind, nullable=False, server_default='days')


def upgrade() -> None:
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.add_column(_unit('lead_unit'))
        batch_op.add_column(sa.Column('invitation_days', sa.Integer(), nullable=True))
        batch_op.add_column(_unit('invitation_unit'))
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.alter_column('lead_unit', server_default=None)
        batch_op.alter_column('invitation_unit', server_default=None)
    with op.batch_alter_table('committee_date', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False, server_default=''))
    with op.batch_alter_table('committee_date', schema=None) as batch_op:
        batch_op.alter_column('reference', server_default=None)
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('drafting_days', sa.Integer(), nullable=False, server_default='10'))
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.alter_column('drafting_days', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.drop_column('drafting_days')
    with op.batch_alter_table('committee_date', schema=None) as batch_op:
        batch_op.drop_column('reference')
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_committee_lead_unit'), type_='check')
        batch_op.drop_constraint(op.f('ck_committee_invitation_unit'), type_='check')
        batch_op.drop_column('invitation_unit')
        batch_op.drop_column('invitation_days')
        batch_op.drop_column('lead_unit')
