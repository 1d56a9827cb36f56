"""Needs and assessments

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('assessment',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('state', sa.Enum('agreed', 'accepted', 'to_clarify', name='assessment_state', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('progress', sa.Enum('open', 'in_progress', 'done', name='progress', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('resubmit_on', sa.Date(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('seen_from', sa.Date(), nullable=True),
    sa.Column('seen_until', sa.Date(), nullable=True),
    sa.Column('seen_municipalities', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('key', name=op.f('uq_assessment_key'))
    )
    op.create_table('need',
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kind', sa.Enum('service', 'steering', name='need_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Float(), nullable=True),
    sa.Column('unit', sa.Enum('places', 'fte', 'ratio', name='need_unit', native_enum=False, create_constraint=True), nullable=True),
    sa.Column('priority', sa.Enum('high', 'medium', 'low', name='priority', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('level', sa.Enum('federal', 'state', 'bezirk', 'state_office', 'county', 'municipal', 'welfare', 'volunteer', 'business', name='level', native_enum=False, create_constraint=True), nullable=True),
    sa.Column('site', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_need_area_id_area')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_need_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need'))
    )
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_task_id'), ['task_id'], unique=False)

    op.create_table('need_group',
    sa.Column('need_id', sa.Integer(), nullable=False),
    sa.Column('target_group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_need_group_need_id_need')),
    sa.ForeignKeyConstraint(['target_group_id'], ['target_group.id'], name=op.f('fk_need_group_target_group_id_target_group')),
    sa.PrimaryKeyConstraint('need_id', 'target_group_id', name=op.f('pk_need_group'))
    )
    with op.batch_alter_table('need_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_group_target_group_id'), ['target_group_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('need_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_group_target_group_id'))

    op.drop_table('need_group')
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_task_id'))
        batch_op.drop_index(batch_op.f('ix_need_area_id'))

    op.drop_table('need')
    op.drop_table('assessment')
