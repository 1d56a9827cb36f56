"""The confirmation round

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('confirmation_round',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('mailbox', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmation_round'))
    )
    op.create_table('confirmation_request',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('token', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_confirmation_request_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_id'], ['confirmation_round.id'], name=op.f('fk_confirmation_request_round_id_confirmation_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmation_request')),
    sa.UniqueConstraint('token', name=op.f('uq_confirmation_request_token'))
    )
    with op.batch_alter_table('confirmation_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_confirmation_request_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_confirmation_request_round_id'), ['round_id'], unique=False)

    op.create_table('confirmation_item',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('record', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('record_key', sa.Integer(), nullable=False),
    sa.Column('sent', sa.Text(), nullable=False),
    sa.Column('verdict', sa.Enum('open', 'confirmed', 'corrected', 'gone', 'unclear', 'added', name='verdict', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('remark', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['request_id'], ['confirmation_request.id'], name=op.f('fk_confirmation_item_request_id_confirmation_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmation_item'))
    )
    with op.batch_alter_table('confirmation_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_confirmation_item_request_id'), ['request_id'], unique=False)

    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmed_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.drop_column('confirmed_on')

    with op.batch_alter_table('confirmation_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_confirmation_item_request_id'))

    op.drop_table('confirmation_item')
    with op.batch_alter_table('confirmation_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_confirmation_request_round_id'))
        batch_op.drop_index(batch_op.f('ix_confirmation_request_organisation_id'))

    op.drop_table('confirmation_request')
    op.drop_table('confirmation_round')
