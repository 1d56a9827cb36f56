"""The records of the inventory

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agreement',
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
    sa.Column('kind', sa.Enum('responsibility', 'service', 'cooperation', name='agreement_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('notice_months', sa.Integer(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement'))
    )
    op.create_table('area',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kind', sa.Enum('district', 'group', 'municipality', name='area_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area'))
    )
    op.create_table('boundary',
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('role', sa.Enum('own', 'neighbour', name='boundary_role', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('geometry', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('label_longitude', sa.Float(), nullable=False),
    sa.Column('label_latitude', sa.Float(), nullable=False),
    sa.Column('attribution', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_boundary'))
    )
    op.create_table('change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('record', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('record_key', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('field', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('undoes', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change'))
    )
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_batch'), ['batch'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_record'), ['record'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_record_key'), ['record_key'], unique=False)

    op.create_table('committee',
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('short_name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee')),
    sa.UniqueConstraint('slug', name=op.f('uq_committee_slug'))
    )
    op.create_table('dataset',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dataset_id', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dataset'))
    )
    op.create_table('field',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_field')),
    sa.UniqueConstraint('slug', name=op.f('uq_field_slug'))
    )
    op.create_table('municipality',
    sa.Column('ags', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('ars', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('inhabited', sa.Boolean(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=True),
    sa.Column('reference_date', sa.Date(), nullable=True),
    sa.Column('area_km2', sa.Float(), nullable=True),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('postcode', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.PrimaryKeyConstraint('ags', name=op.f('pk_municipality'))
    )
    op.create_table('organisation',
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('short_name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('level', sa.Enum('federal', 'state', 'bezirk', 'state_office', 'county', 'municipal', 'welfare', 'volunteer', 'business', name='level', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['organisation.id'], name=op.f('fk_organisation_parent_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('slug', name=op.f('uq_organisation_slug'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_parent_id'), ['parent_id'], unique=False)

    op.create_table('programme',
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('short_name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('funder', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('funder_level', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('topic', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('end_kind', sa.Enum('fixed', 'open', 'annual', 'unknown', name='end_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('deadline_on', sa.Date(), nullable=True),
    sa.Column('deadline_day', sa.Integer(), nullable=True),
    sa.Column('deadline_month', sa.Integer(), nullable=True),
    sa.Column('deadline_years_before', sa.Integer(), nullable=False),
    sa.Column('successor', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('confidence', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('slug', name=op.f('uq_programme_slug'))
    )
    op.create_table('settings',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('district_key', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('district_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('horizon_years_back', sa.Integer(), nullable=False),
    sa.Column('horizon_years_ahead', sa.Integer(), nullable=False),
    sa.Column('warning_months', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settings'))
    )
    op.create_table('target_group',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('everyone', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target_group')),
    sa.UniqueConstraint('slug', name=op.f('uq_target_group_slug'))
    )
    op.create_table('agreement_organisation',
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_agreement_organisation_agreement_id_agreement')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_agreement_organisation_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('agreement_id', 'organisation_id', name=op.f('pk_agreement_organisation'))
    )
    with op.batch_alter_table('agreement_organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_organisation_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('area_municipality',
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('ags', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['ags'], ['municipality.ags'], name=op.f('fk_area_municipality_ags_municipality')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_area_municipality_area_id_area')),
    sa.PrimaryKeyConstraint('area_id', 'ags', name=op.f('pk_area_municipality'))
    )
    with op.batch_alter_table('area_municipality', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_municipality_ags'), ['ags'], unique=False)

    op.create_table('committee_date',
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('papers_due', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_committee_date_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_date'))
    )
    with op.batch_alter_table('committee_date', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_committee_date_committee_id'), ['committee_id'], unique=False)

    op.create_table('structure',
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('end_kind', sa.Enum('fixed', 'open', 'annual', 'unknown', name='end_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('extension', sa.Enum('not_needed', 'not_yet_possible', 'applied', 'expected', 'unclear', 'ruled_out', name='extension', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('expected_until', sa.Date(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kind', sa.Enum('post', 'facility', 'project', 'service', 'network', 'volunteer', 'accommodation', name='structure_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('catchment_id', sa.Integer(), nullable=True),
    sa.Column('fte', sa.Float(), nullable=True),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('on_loss', sa.Enum('ends', 'continues', 'unclear', name='on_loss', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('fte_after', sa.Float(), nullable=True),
    sa.Column('seat_place', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('seat_ags', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=True),
    sa.Column('seat_latitude', sa.Float(), nullable=True),
    sa.Column('seat_longitude', sa.Float(), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['catchment_id'], ['area.id'], name=op.f('fk_structure_catchment_id_area')),
    sa.ForeignKeyConstraint(['department_id'], ['organisation.id'], name=op.f('fk_structure_department_id_organisation')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_structure_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_structure'))
    )
    with op.batch_alter_table('structure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_structure_catchment_id'), ['catchment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_structure_department_id'), ['department_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_structure_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('task',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('field_id', sa.Integer(), nullable=False),
    sa.Column('slug', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('legal_character', sa.Enum('voluntary', 'own_duty', 'delegated', 'state_office', 'third_party', 'unchecked', name='legal_character', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('legal_basis', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('several_providers_wanted', sa.Boolean(), nullable=False),
    sa.Column('per_site', sa.Boolean(), nullable=False),
    sa.Column('checked', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['field_id'], ['field.id'], name=op.f('fk_task_field_id_field')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task')),
    sa.UniqueConstraint('slug', name=op.f('uq_task_slug'))
    )
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_field_id'), ['field_id'], unique=False)

    op.create_table('agreement_task',
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_agreement_task_agreement_id_agreement')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_agreement_task_task_id_task')),
    sa.PrimaryKeyConstraint('agreement_id', 'task_id', name=op.f('pk_agreement_task'))
    )
    with op.batch_alter_table('agreement_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_task_task_id'), ['task_id'], unique=False)

    op.create_table('funding',
    sa.Column('end_kind', sa.Enum('fixed', 'open', 'annual', 'unknown', name='end_kind', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('extension', sa.Enum('not_needed', 'not_yet_possible', 'applied', 'expected', 'unclear', 'ruled_out', name='extension', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('expected_until', sa.Date(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('structure_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('payer', sa.Enum('grant', 'own', 'third', name='payer', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('payer_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('part', sa.Enum('carrying', 'co_financing', name='funding_part', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('start', sa.Date(), nullable=True),
    sa.Column('end', sa.Date(), nullable=True),
    sa.Column('fte', sa.Float(), nullable=True),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('amount_cents', sa.BigInteger(), nullable=True),
    sa.Column('amount_basis', sa.Enum('per_year', 'total', 'unknown', name='amount_basis', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('amount_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('share_percent', sa.Float(), nullable=True),
    sa.Column('accompanies_id', sa.Integer(), nullable=True),
    sa.Column('notice_date', sa.Date(), nullable=True),
    sa.Column('notice_reference', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('notice_authority', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('approved_from', sa.Date(), nullable=True),
    sa.Column('approved_until', sa.Date(), nullable=True),
    sa.Column('budget_item', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('proof_due', sa.Date(), nullable=True),
    sa.Column('early_start', sa.Boolean(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.ForeignKeyConstraint(['accompanies_id'], ['funding.id'], name=op.f('fk_funding_accompanies_id_funding')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_funding_programme_id_programme')),
    sa.ForeignKeyConstraint(['structure_id'], ['structure.id'], name=op.f('fk_funding_structure_id_structure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_funding'))
    )
    with op.batch_alter_table('funding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_funding_accompanies_id'), ['accompanies_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_funding_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_funding_structure_id'), ['structure_id'], unique=False)

    op.create_table('responsibility',
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('provenance', sa.Enum('documented', 'derived', 'example', name='provenance', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('provenance_note', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('structure_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('statutory', 'lead', 'deliver', 'support', 'inform', name='role', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('delivers', sa.Boolean(), nullable=False),
    sa.Column('site', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_responsibility_area_id_area')),
    sa.ForeignKeyConstraint(['structure_id'], ['structure.id'], name=op.f('fk_responsibility_structure_id_structure')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_responsibility_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responsibility'))
    )
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_responsibility_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_responsibility_structure_id'), ['structure_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_responsibility_task_id'), ['task_id'], unique=False)

    op.create_table('responsibility_group',
    sa.Column('responsibility_id', sa.Integer(), nullable=False),
    sa.Column('target_group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['responsibility_id'], ['responsibility.id'], name=op.f('fk_responsibility_group_responsibility_id_responsibility')),
    sa.ForeignKeyConstraint(['target_group_id'], ['target_group.id'], name=op.f('fk_responsibility_group_target_group_id_target_group')),
    sa.PrimaryKeyConstraint('responsibility_id', 'target_group_id', name=op.f('pk_responsibility_group'))
    )
    with op.batch_alter_table('responsibility_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_responsibility_group_target_group_id'), ['target_group_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('responsibility_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_responsibility_group_target_group_id'))

    op.drop_table('responsibility_group')
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_responsibility_task_id'))
        batch_op.drop_index(batch_op.f('ix_responsibility_structure_id'))
        batch_op.drop_index(batch_op.f('ix_responsibility_area_id'))

    op.drop_table('responsibility')
    with op.batch_alter_table('funding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_funding_structure_id'))
        batch_op.drop_index(batch_op.f('ix_funding_programme_id'))
        batch_op.drop_index(batch_op.f('ix_funding_accompanies_id'))

    op.drop_table('funding')
    with op.batch_alter_table('agreement_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreement_task_task_id'))

    op.drop_table('agreement_task')
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_task_field_id'))

    op.drop_table('task')
    with op.batch_alter_table('structure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_structure_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_structure_department_id'))
        batch_op.drop_index(batch_op.f('ix_structure_catchment_id'))

    op.drop_table('structure')
    with op.batch_alter_table('committee_date', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_committee_date_committee_id'))

    op.drop_table('committee_date')
    with op.batch_alter_table('area_municipality', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_municipality_ags'))

    op.drop_table('area_municipality')
    with op.batch_alter_table('agreement_organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreement_organisation_organisation_id'))

    op.drop_table('agreement_organisation')
    op.drop_table('target_group')
    op.drop_table('settings')
    op.drop_table('programme')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_parent_id'))

    op.drop_table('organisation')
    op.drop_table('municipality')
    op.drop_table('field')
    op.drop_table('dataset')
    op.drop_table('committee')
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_record_key'))
        batch_op.drop_index(batch_op.f('ix_change_record'))
        batch_op.drop_index(batch_op.f('ix_change_batch'))

    op.drop_table('change')
    op.drop_table('boundary')
    op.drop_table('area')
    op.drop_table('agreement')
