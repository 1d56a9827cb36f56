"""Papers that were handed in, and what came of them

Revision ID: 0025
Revises: 0021
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

_BEFORE = ('noted', 'recommended', 'decided', 'postponed', 'rejected')
_AFTER = ('noted', 'recommended', 'decided', 'amended', 'postponed', 'rejected', 'withdrawn')


def _results(values):
    """Which results of a committee a measure may have."""
    listed = ', '.join(f"'{value}'" for value in values)
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_measure_committee_result'), type_='check')
        batch_op.create_check_constraint('committee_result', sa.text(f'result IN ({listed})'))


def upgrade() -> None:
    _results(_AFTER)
    op.create_table('paper_file',
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_paper_file'))
    )
    op.create_table('submission',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('link', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('about', sa.Enum('whole', 'plan', 'programme', 'measure', 'finding', name='about', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('subject_key', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('ends', sa.Text(), nullable=False),
    sa.Column('handed_in_on', sa.Date(), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('wording', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission'))
    )
    op.create_table('consultation',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('result', sa.Enum('noted', 'recommended', 'decided', 'amended', 'postponed', 'rejected', 'withdrawn', name='committee_result', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('unanimous', sa.Boolean(), nullable=False),
    sa.Column('votes_for', sa.Integer(), nullable=True),
    sa.Column('votes_against', sa.Integer(), nullable=True),
    sa.Column('abstentions', sa.Integer(), nullable=True),
    sa.Column('postponed_to', sa.Date(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_consultation_committee_id_committee')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_consultation_submission_id_submission')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation'))
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_submission_id'), ['submission_id'], unique=False)


def downgrade() -> None:
    op.drop_table('consultation')
    op.drop_table('submission')
    op.drop_table('paper_file')
    op.execute("UPDATE measure SET result = 'decided' WHERE result = 'amended'")
    op.execute("UPDATE measure SET result = NULL WHERE result = 'withdrawn'")
    _results(_BEFORE)
