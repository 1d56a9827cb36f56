"""The records as tables: which key, which fields, and which lists of links a record owns."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, Integer, Table

from steering.model import (
    Agreement,
    AgreementOrganisation,
    AgreementTask,
    Area,
    AreaMunicipality,
    Measure,
    MeasureNeed,
    MeasurePartner,
    MeasurePotential,
    MeasureTask,
    Need,
    NeedGroup,
    Potential,
    PotentialNeed,
    Programme,
    ProgrammeField,
    ProgrammeTask,
    Record,
    Responsibility,
    ResponsibilityGroup,
    SurveyAnswer,
    SurveyAnswerGroup,
    SurveyRequest,
    SurveyRequestTask,
)


@dataclass(frozen=True)
class Link:
    """A list that a record owns, kept as rows of a table of its own.

    `field` is the list's name in edits and in the history; `owner` and `member` are the columns
    of `record` that point to the owning record and to what is listed.
    """

    field: str
    record: type[Record]
    owner: str
    member: str


LINKS: dict[type[Record], tuple[Link, ...]] = {
    Responsibility: (Link("target_groups", ResponsibilityGroup, "responsibility_id", "target_group_id"),),
    Need: (Link("target_groups", NeedGroup, "need_id", "target_group_id"),),
    SurveyRequest: (Link("tasks", SurveyRequestTask, "request_id", "task_id"),),
    SurveyAnswer: (Link("target_groups", SurveyAnswerGroup, "answer_id", "target_group_id"),),
    Measure: (
        Link("tasks", MeasureTask, "measure_id", "task_id"),
        Link("partners", MeasurePartner, "measure_id", "organisation_id"),
        Link("needs", MeasureNeed, "measure_id", "need_id"),
        Link("potentials", MeasurePotential, "measure_id", "potential_id"),
    ),
    Programme: (
        Link("fields", ProgrammeField, "programme_id", "field_id"),
        Link("tasks", ProgrammeTask, "programme_id", "task_id"),
    ),
    Potential: (Link("needs", PotentialNeed, "potential_id", "need_id"),),
    Area: (Link("municipalities", AreaMunicipality, "area_id", "ags"),),
    Agreement: (
        Link("organisations", AgreementOrganisation, "agreement_id", "organisation_id"),
        Link("tasks", AgreementTask, "agreement_id", "task_id"),
    ),
}


@cache
def table_of(record: type[Record]) -> Table:
    """The table of a record type."""
    return Record.metadata.tables[str(record.__tablename__)]


TYPES: dict[str, type[Record]] = {table_of(record).name: record for record in Record.__subclasses__()}
OWNER_OF: dict[str, tuple[type[Record], Link]] = {
    table_of(link.record).name: (owner, link) for owner, links in LINKS.items() for link in links
}


def key_from_text(record: type[Record], text: str) -> Any:
    """A record's key from what the history kept of it."""
    return int(text) if isinstance(key_of(record).type, Integer) else text


def key_of(record: type[Record]) -> Column:
    """The primary key of a record type that is not a mere link."""
    (key,) = table_of(record).primary_key.columns
    return key


@cache
def pointing_to(record: type[Record]) -> tuple[Column, ...]:
    """The columns of all tables that refer to a record type, without the lists it owns itself."""
    own = {(table_of(link.record).name, link.owner) for link in LINKS.get(record, ())}
    name = table_of(record).name
    return tuple(
        column
        for table in Record.metadata.sorted_tables
        for column in table.columns
        if name in {key.column.table.name for key in column.foreign_keys}
        and (table.name, column.name) not in own
    )
