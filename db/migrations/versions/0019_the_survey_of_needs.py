"""The survey of needs

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('survey_round',
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('mailbox', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_round'))
    )
    op.create_table('survey_request',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('ags', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=True),
    sa.Column('token', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('refused_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['ags'], ['municipality.ags'], name=op.f('fk_survey_request_ags_municipality')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_survey_request_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_id'], ['survey_round.id'], name=op.f('fk_survey_request_round_id_survey_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_request')),
    sa.UniqueConstraint('token', name=op.f('uq_survey_request_token'))
    )
    with op.batch_alter_table('survey_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_request_ags'), ['ags'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_request_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_request_round_id'), ['round_id'], unique=False)

    op.create_table('survey_request_task',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['survey_request.id'], name=op.f('fk_survey_request_task_request_id_survey_request')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_survey_request_task_task_id_task')),
    sa.PrimaryKeyConstraint('request_id', 'task_id', name=op.f('pk_survey_request_task'))
    )
    with op.batch_alter_table('survey_request_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_request_task_task_id'), ['task_id'], unique=False)

    op.create_table('survey_answer',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('service', 'steering', name='need_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('needed', sa.Enum('yes', 'no', 'unknown', name='needed', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('quantity', sa.Float(), nullable=True),
    sa.Column('unit', sa.Enum('places', 'fte', 'ratio', name='need_unit', native_enum=False, create_constraint=True), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('priority', sa.Enum('high', 'medium', 'low', name='priority', native_enum=False, create_constraint=True), nullable=True),
    sa.Column('level', sa.Enum('federal', 'state', 'bezirk', 'state_office', 'county', 'municipal', 'welfare', 'volunteer', 'business', name='level', native_enum=False, create_constraint=True), nullable=True),
    sa.Column('site', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('doubt', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('need_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_survey_answer_area_id_area')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_survey_answer_need_id_need')),
    sa.ForeignKeyConstraint(['request_id'], ['survey_request.id'], name=op.f('fk_survey_answer_request_id_survey_request')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_survey_answer_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_answer'))
    )
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_answer_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_answer_need_id'), ['need_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_answer_request_id'), ['request_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_answer_task_id'), ['task_id'], unique=False)

    op.create_table('survey_answer_group',
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('target_group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['survey_answer.id'], name=op.f('fk_survey_answer_group_answer_id_survey_answer')),
    sa.ForeignKeyConstraint(['target_group_id'], ['target_group.id'], name=op.f('fk_survey_answer_group_target_group_id_target_group')),
    sa.PrimaryKeyConstraint('answer_id', 'target_group_id', name=op.f('pk_survey_answer_group'))
    )
    with op.batch_alter_table('survey_answer_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_answer_group_target_group_id'), ['target_group_id'], unique=False)

    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('survey_months', sa.Integer(), nullable=False, server_default='24'))
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.alter_column('survey_months', server_default=None)



def downgrade() -> None:
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.drop_column('survey_months')

    with op.batch_alter_table('survey_answer_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_answer_group_target_group_id'))

    op.drop_table('survey_answer_group')
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_answer_task_id'))
        batch_op.drop_index(batch_op.f('ix_survey_answer_request_id'))
        batch_op.drop_index(batch_op.f('ix_survey_answer_need_id'))
        batch_op.drop_index(batch_op.f('ix_survey_answer_area_id'))

    op.drop_table('survey_answer')
    with op.batch_alter_table('survey_request_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_request_task_task_id'))

    op.drop_table('survey_request_task')
    with op.batch_alter_table('survey_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_request_round_id'))
        batch_op.drop_index(batch_op.f('ix_survey_request_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_survey_request_ags'))

    op.drop_table('survey_request')
    op.drop_table('survey_round')
