"""What everyone may read: entries of the public directory, their texts in other languages, and releases

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_OFFER_SHOWS = ('kind', 'carrier', 'what', 'for_whom', 'tasks', 'target_groups', 'reach', 'address', 'contact', 'opening', 'end', 'places', 'confirmed')
_POTENTIAL_SHOWS = ('kind', 'field', 'area', 'description', 'evidence', 'idea', 'next_step')


def upgrade() -> None:
    op.create_table('public_offer',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('structure_id', sa.Integer(), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('what', _TEXT(length=1000), nullable=False),
    sa.Column('for_whom', _TEXT(length=1000), nullable=False),
    sa.Column('street', _TEXT(length=200), nullable=False),
    sa.Column('postal_code', _TEXT(length=5), nullable=False),
    sa.Column('town', _TEXT(length=100), nullable=False),
    sa.Column('contact', _TEXT(length=200), nullable=False),
    sa.Column('phone', _TEXT(length=60), nullable=False),
    sa.Column('mailbox', _TEXT(length=200), nullable=False),
    sa.Column('website', _TEXT(length=500), nullable=False),
    sa.Column('opening', _TEXT(length=1000), nullable=False),
    *(sa.Column(f'shows_{each}', sa.Boolean(), nullable=False) for each in _OFFER_SHOWS),
    sa.ForeignKeyConstraint(['structure_id'], ['structure.id'], name=op.f('fk_public_offer_structure_id_structure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_offer'))
    )
    op.create_index(op.f('ix_public_offer_structure_id'), 'public_offer', ['structure_id'], unique=True)
    op.create_table('public_text',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=True),
    sa.Column('potential_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.Enum('de-simple', 'en', 'fr', 'ar', 'fa', 'uk', 'ru', 'tr', 'pl', 'ro', name='language', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('title', _TEXT(length=200), nullable=False),
    sa.Column('text', _TEXT(length=1000), nullable=False),
    sa.ForeignKeyConstraint(['offer_id'], ['public_offer.id'], name=op.f('fk_public_text_offer_id_public_offer')),
    sa.ForeignKeyConstraint(['potential_id'], ['potential.id'], name=op.f('fk_public_text_potential_id_potential')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_text'))
    )
    op.create_index(op.f('ix_public_text_offer_id'), 'public_text', ['offer_id'])
    op.create_index(op.f('ix_public_text_potential_id'), 'public_text', ['potential_id'])
    op.create_table('public_site',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', _TEXT(length=200), nullable=False),
    sa.Column('introduction', _TEXT(length=1000), nullable=False),
    sa.Column('address', _TEXT(length=500), nullable=False),
    sa.Column('mailbox', _TEXT(length=200), nullable=False),
    sa.Column('licence', sa.Enum('undecided', 'dl-zero-de/2.0', 'dl-by-de/2.0', 'cc-by/4.0', name='data_licence', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('imprint', sa.Text(), nullable=False),
    sa.Column('privacy', sa.Text(), nullable=False),
    sa.Column('accessibility', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_site'))
    )
    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('actor', _TEXT(length=200), nullable=False),
    sa.Column('digest', _TEXT(length=64), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release'))
    )
    with op.batch_alter_table('potential', schema=None) as batch_op:
        for each in _POTENTIAL_SHOWS:
            batch_op.add_column(sa.Column(f'shows_{each}', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('potential', schema=None) as batch_op:
        for each in _POTENTIAL_SHOWS:
            batch_op.alter_column(f'shows_{each}', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('potential', schema=None) as batch_op:
        for each in reversed(_POTENTIAL_SHOWS):
            batch_op.drop_column(f'shows_{each}')
    op.drop_table('release')
    op.drop_table('public_site')
    op.drop_table('public_text')
    op.drop_table('public_offer')
