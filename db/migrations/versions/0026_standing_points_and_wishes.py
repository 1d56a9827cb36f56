"""Points that every round gets, and what participants propose for one

Revision ID: 0026
Revises: 0021
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

_GROUPS = ('open', 'resubmission', 'changed', 'deadline', 'own')
_MORE = ('opening', 'open', 'resubmission', 'changed', 'deadline', 'wish', 'own', 'closing')


def upgrade() -> None:
    op.create_table('standing_point',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('at_end', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_point'))
    )
    op.create_table('wish',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('wanted', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('status', sa.Enum('open', 'taken', 'put_off', name='wish_status', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('agenda_item_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['agenda_item_id'], ['agenda_item.id'], name=op.f('fk_wish_agenda_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_wish_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_wish_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wish'))
    )
    with op.batch_alter_table('wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wish_agenda_item_id'), ['agenda_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wish_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wish_organisation_id'), ['organisation_id'], unique=False)
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wishes_until', sa.Date(), nullable=True))
    _allow(_MORE)


def downgrade() -> None:
    op.execute("UPDATE agenda_item SET \"group\" = 'own' WHERE \"group\" IN ('opening', 'wish', 'closing')")
    _allow(_GROUPS)
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_column('wishes_until')
    op.drop_table('wish')
    op.drop_table('standing_point')


def _allow(groups: tuple[str, ...]) -> None:
    """Let a point stand under one of these headings."""
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_agenda_item_agenda_group'), type_='check')
        batch_op.create_check_constraint(
            op.f('ck_agenda_item_agenda_group'), sa.column('group').in_(groups)
        )
