"""Portfolios for tests, from keyword records with defaults.

    portfolio(
        structures=[structure(id=1, fte=1.5)],
        fundings=[funding(id=1, structure_id=1, start="2024-01-01", end="2026-12-31")],
    )

Records are dictionaries of all fields of their model; days may be dates or ISO strings. Nothing is
validated, so that a test can also hold what cannot be entered. An end that is given is FIXED, one that
is not given is OPEN, unless `end_kind` says otherwise.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import count
from typing import Any

import numpy as np
import pandas as pd

from steering.analysis.changes import ScenarioChange
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import stored_changes
from steering.analysis.view import Horizon, Scenario, View
from steering.model import (
    ActionItem,
    Addendum,
    AgendaItem,
    Agreement,
    AgreementKind,
    AgreementOrganisation,
    AgreementTask,
    Area,
    AreaKind,
    AreaMunicipality,
    Assessment,
    AssessmentState,
    ClosedYear,
    Committee,
    CommitteeDate,
    ConfirmationItem,
    ConfirmationRequest,
    ConfirmationRound,
    Consultation,
    EndKind,
    ExtensionRule,
    Forecast,
    ForecastRule,
    ForecastRuleKind,
    ForecastVariant,
    Funding,
    Housing,
    HousingKind,
    Indicator,
    InternalFinding,
    Language,
    Level,
    Measure,
    MeasureCost,
    MeasureNeed,
    MeasurePartner,
    MeasurePotential,
    MeasureStatus,
    MeasureTask,
    Meeting,
    Milestone,
    Municipality,
    Need,
    NeedGroup,
    NeedKind,
    Observation,
    Organisation,
    Outcome,
    Participant,
    Payer,
    Period,
    PersonnelCost,
    Potential,
    PotentialKind,
    PotentialNeed,
    Programme,
    ProgrammeField,
    ProgrammeTask,
    PublicOffer,
    PublicSite,
    PublicText,
    Record,
    Responsibility,
    ResponsibilityGroup,
    Role,
    Settings,
    StandingPoint,
    Structure,
    StructureKind,
    Submission,
    SurveyAnswer,
    SurveyAnswerGroup,
    SurveyRequest,
    SurveyRequestTask,
    SurveyRound,
    TargetGroup,
    Task,
    TaskField,
    Wish,
)

Values = dict[str, Any]
Tables = dict[str, Any]  # the keywords of `portfolio`

# The keyword of `portfolio` for each record type it holds; settings are one row and always there.
TYPES: dict[str, type[Record]] = {
    "municipalities": Municipality,
    "areas": Area,
    "area_municipalities": AreaMunicipality,
    "organisations": Organisation,
    "fields": TaskField,
    "tasks": Task,
    "target_groups": TargetGroup,
    "programmes": Programme,
    "programme_fields": ProgrammeField,
    "programme_tasks": ProgrammeTask,
    "personnel_costs": PersonnelCost,
    "structures": Structure,
    "fundings": Funding,
    "closed_years": ClosedYear,
    "responsibilities": Responsibility,
    "responsibility_groups": ResponsibilityGroup,
    "agreements": Agreement,
    "agreement_organisations": AgreementOrganisation,
    "agreement_tasks": AgreementTask,
    "needs": Need,
    "need_groups": NeedGroup,
    "assessments": Assessment,
    "committees": Committee,
    "committee_dates": CommitteeDate,
    "meetings": Meeting,
    "participants": Participant,
    "agenda_items": AgendaItem,
    "outcomes": Outcome,
    "action_items": ActionItem,
    "addenda": Addendum,
    "internal_findings": InternalFinding,
    "standing_points": StandingPoint,
    "wishes": Wish,
    "measures": Measure,
    "measure_tasks": MeasureTask,
    "measure_partners": MeasurePartner,
    "measure_needs": MeasureNeed,
    "measure_potentials": MeasurePotential,
    "potentials": Potential,
    "potential_needs": PotentialNeed,
    "measure_costs": MeasureCost,
    "milestones": Milestone,
    "periods": Period,
    "indicators": Indicator,
    "observations": Observation,
    "forecasts": Forecast,
    "housing": Housing,
    "forecast_rules": ForecastRule,
    "confirmation_rounds": ConfirmationRound,
    "confirmation_requests": ConfirmationRequest,
    "confirmation_items": ConfirmationItem,
    "survey_rounds": SurveyRound,
    "survey_requests": SurveyRequest,
    "survey_request_tasks": SurveyRequestTask,
    "survey_answers": SurveyAnswer,
    "survey_answer_groups": SurveyAnswerGroup,
    "submissions": Submission,
    "consultations": Consultation,
    "public_offers": PublicOffer,
    "public_texts": PublicText,
    "public_sites": PublicSite,
}


def portfolio(
    *,
    settings: Mapping[str, Any] = types.MappingProxyType({}),
    dataset_id: str = "test",
    revision: int = 1,
    **records: Iterable[Mapping[str, Any]],
) -> Portfolio:
    """A Portfolio with the records named, every other frame empty, all columns with their right types."""
    unknown = set(records) - set(TYPES)
    if unknown:
        raise TypeError(f"no such records: {', '.join(sorted(unknown))}")
    frames = {table_name(kind): frame(kind, records.get(word, ())) for word, kind in TYPES.items()}
    frames["settings"] = frame(Settings, [record(Settings, **settings)])
    return Portfolio(dataset_id, revision, frames)


def frame(kind: type[Record], rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The frame of one table, as `storage.reading` hands it out."""
    listed = list(rows)
    return _made(kind, listed) if listed else _empty(kind)


@cache
def _empty(kind: type[Record]) -> pd.DataFrame:
    return _made(kind, [])


def _made(kind: type[Record], rows: list[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: _column([row[name] for row in rows], dtype) for name, dtype in column_types(kind).items()}
    )


def record(kind: type[Record], /, **values: Any) -> Values:
    """All fields of a record: the values given, the model's defaults for the rest."""
    unknown = set(values) - set(kind.model_fields)
    if unknown:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return {
        name: values[name] if name in values else field.get_default(call_default_factory=True)
        for name, field in kind.model_fields.items()
    }


def table_name(kind: type[Record]) -> str:
    return str(kind.__tablename__)


@cache
def column_types(kind: type[Record]) -> Mapping[str, str]:
    """The pandas type of each column of a record's frame."""
    hints = typing.get_type_hints(kind)
    keys = {column.name for column in kind.metadata.tables[table_name(kind)].primary_key}
    return types.MappingProxyType({name: _dtype(hints[name], name in keys) for name in kind.model_fields})


def _dtype(hint: Any, primary_key: bool) -> str:
    options = set(typing.get_args(hint)) or {hint}
    optional = type(None) in options and not primary_key
    (kind,) = options - {type(None)}
    if issubclass(kind, str):
        return "str"
    if kind is date:
        return "datetime64[s]"
    if kind is int:
        return "Int64" if optional else "int64"
    return {bool: "bool", float: "float64"}[kind]


def _column(values: list[Any], dtype: str) -> Any:
    plain = [value.value if isinstance(value, StrEnum) else value for value in values]
    if dtype == "datetime64[s]":
        return np.array(["NaT" if pd.isna(value) else value for value in plain], dtype=dtype)
    return pd.array(plain, dtype=EXTENDED[dtype]) if dtype in EXTENDED else np.array(plain, dtype=dtype)


EXTENDED: dict[str, Any] = {"str": pd.StringDtype("python", na_value=np.nan), "Int64": pd.Int64Dtype()}
_IDS = count(1_000)


def structure(**values: Any) -> Values:
    """A post that is open-ended, unless its own validity says otherwise."""
    defaults: Values = {
        "id": next(_IDS),
        "name": "Stelle",
        "kind": StructureKind.POST,
        "organisation_id": 1,
        "end_kind": _end_kind(values.get("valid_until")),
    }
    return record(Structure, **defaults | values)


def funding(**values: Any) -> Values:
    """A carrying grant of the structure with id 1."""
    defaults: Values = {
        "id": next(_IDS),
        "structure_id": 1,
        "name": "Förderung",
        "end_kind": _end_kind(values.get("end")),
    }
    return record(Funding, **defaults | values)


def programme(**values: Any) -> Values:
    identity = values.get("id", next(_IDS))
    defaults: Values = {
        "id": identity,
        "slug": f"programm-{identity}",
        "name": "Programm",
        "end_kind": _end_kind(values.get("valid_until")),
    }
    return record(Programme, **defaults | values)


def closed_year(**values: Any) -> Values:
    """2025, closed for all fundings."""
    defaults: Values = {"id": next(_IDS), "year": 2025, "closed_on": "2026-03-31", "closed_by": "Kämmerei"}
    return record(ClosedYear, **defaults | values)


def personnel_cost(**values: Any) -> Values:
    """70,000 euros a year for a post of any kind, as of 2026."""
    defaults: Values = {"id": next(_IDS), "name": "Personalkosten", "rate_cents": 7_000_000, "year": 2026}
    return record(PersonnelCost, **defaults | values)


def organisation(**values: Any) -> Values:
    identity = values.get("id", next(_IDS))
    defaults: Values = {
        "id": identity,
        "slug": f"organisation-{identity}",
        "name": "Landkreis",
        "level": Level.COUNTY,
    }
    return record(Organisation, **defaults | values)


def responsibility(**values: Any) -> Values:
    """The structure with id 1 delivers the task with id 1 in the area with id 1."""
    defaults: Values = {
        "id": next(_IDS),
        "structure_id": 1,
        "task_id": 1,
        "area_id": 1,
        "role": Role.DELIVER,
    }
    return record(Responsibility, **defaults | values)


def responsibility_group(**values: Any) -> Values:
    return record(ResponsibilityGroup, **{"responsibility_id": 1, "target_group_id": 1} | values)


def municipality(**values: Any) -> Values:
    ags = values.get("ags", "09473112")
    defaults: Values = {
        "ags": ags,
        "ars": f"{ags[:5]}0{ags[5:]}{ags[5:]}",
        "name": "Ahorn",
        "kind": "Gemeinde",
    }
    return record(Municipality, **defaults | values)


def area(**values: Any) -> Values:
    return record(Area, **{"id": 1, "name": "kreisweit", "kind": AreaKind.DISTRICT} | values)


def area_municipality(**values: Any) -> Values:
    return record(AreaMunicipality, **{"area_id": 1, "ags": "09473112"} | values)


def task_field(**values: Any) -> Values:
    identity = values.get("id", 1)
    return record(TaskField, **{"id": identity, "slug": f"feld-{identity}", "name": "Sprache"} | values)


def task(**values: Any) -> Values:
    identity = values.get("id", 1)
    defaults: Values = {"id": identity, "field_id": 1, "slug": f"aufgabe-{identity}", "name": "Sprachkurse"}
    return record(Task, **defaults | values)


def target_group(**values: Any) -> Values:
    identity = values.get("id", 1)
    return record(TargetGroup, **{"id": identity, "slug": f"gruppe-{identity}", "name": "alle"} | values)


def agreement(**values: Any) -> Values:
    defaults: Values = {"id": next(_IDS), "name": "Vereinbarung", "kind": AgreementKind.COOPERATION}
    return record(Agreement, **defaults | values)


def agreement_organisation(**values: Any) -> Values:
    return record(AgreementOrganisation, **{"agreement_id": 1, "organisation_id": 1} | values)


def agreement_task(**values: Any) -> Values:
    return record(AgreementTask, **{"agreement_id": 1, "task_id": 1} | values)


def need(**values: Any) -> Values:
    """Service is needed for the task with id 1 in the area with id 1, how much is not said."""
    defaults: Values = {
        "id": next(_IDS),
        "name": "Bedarf",
        "kind": NeedKind.SERVICE,
        "task_id": 1,
        "area_id": 1,
    }
    return record(Need, **defaults | values)


def need_group(**values: Any) -> Values:
    return record(NeedGroup, **{"need_id": 1, "target_group_id": 1} | values)


def assessment(**values: Any) -> Values:
    """A finding that is yet to be clarified."""
    identity = values.get("id", next(_IDS))
    defaults: Values = {"id": identity, "key": f"hinweis-{identity}", "state": AssessmentState.TO_CLARIFY}
    return record(Assessment, **defaults | values)


def committee(**values: Any) -> Values:
    identity = values.get("id", 1)
    return record(Committee, **{"id": identity, "slug": f"gremium-{identity}", "name": "Kreistag"} | values)


def committee_date(**values: Any) -> Values:
    """A sitting whose papers are due on the day itself, unless said otherwise."""
    defaults: Values = {"id": next(_IDS), "committee_id": 1, "papers_due": values.get("day")}
    return record(CommitteeDate, **defaults | values)


def meeting(**values: Any) -> Values:
    """A round in preparation."""
    return record(Meeting, **{"id": next(_IDS), "day": "2026-06-30"} | values)


def participant(**values: Any) -> Values:
    defaults: Values = {"id": next(_IDS), "meeting_id": 1, "organisation_id": 1}
    return record(Participant, **defaults | values)


def agenda_item(**values: Any) -> Values:
    """A free topic of the round with id 1."""
    return record(AgendaItem, **{"id": next(_IDS), "meeting_id": 1, "name": "Punkt"} | values)


def outcome(**values: Any) -> Values:
    return record(Outcome, **{"id": next(_IDS), "agenda_item_id": 1, "text": "Ergebnis"} | values)


def action_item(**values: Any) -> Values:
    defaults: Values = {
        "id": next(_IDS),
        "agenda_item_id": 1,
        "name": "klären",
        "organisation_id": 1,
        "due": "2026-07-31",
    }
    return record(ActionItem, **defaults | values)


def addendum(**values: Any) -> Values:
    defaults: Values = {"id": next(_IDS), "meeting_id": 1, "text": "Nachtrag", "added_on": "2026-07-02"}
    return record(Addendum, **defaults | values)


def internal_finding(**values: Any) -> Values:
    return record(InternalFinding, **{"id": next(_IDS), "key": "hinweis"} | values)


def potential(**values: Any) -> Values:
    """A chance that was recognised in the field with id 1, for the area with id 1."""
    defaults: Values = {
        "id": next(_IDS),
        "name": "Potenzial",
        "kind": PotentialKind.OTHER,
        "field_id": 1,
        "area_id": 1,
    }
    return record(Potential, **defaults | values)


def public_offer(**values: Any) -> Values:
    """What may be public of the structure with id 1: nothing, unless the values say so."""
    return record(PublicOffer, **{"id": next(_IDS), "structure_id": 1} | values)


def public_text(**values: Any) -> Values:
    """An English title of the public offer with id 1."""
    defaults: Values = {"id": next(_IDS), "language": Language.ENGLISH, "title": "Title"}
    owner = {} if "potential_id" in values else {"offer_id": 1}
    return record(PublicText, **defaults | owner | values)


def public_site(**values: Any) -> Values:
    return record(PublicSite, **{"name": "Angebote im Landkreis"} | values)


def standing_point(**values: Any) -> Values:
    return record(StandingPoint, **{"id": next(_IDS), "name": "Begrüßung"} | values)


def wish(**values: Any) -> Values:
    """What the organisation with id 1 proposes for the round with id 1."""
    defaults: Values = {
        "id": next(_IDS),
        "meeting_id": 1,
        "name": "Wunsch",
        "organisation_id": 1,
        "proposed_on": "2026-06-01",
    }
    return record(Wish, **defaults | values)


def measure(*effects: ScenarioChange, **values: Any) -> Values:
    """A planned measure with these effects."""
    defaults: Values = {
        "id": next(_IDS),
        "name": "Maßnahme",
        "status": MeasureStatus.PLANNED,
        "effects": stored_changes.as_text(effects),
    }
    return record(Measure, **defaults | values)


def measure_cost(**values: Any) -> Values:
    """Own money of the measure with id 1, in 2027."""
    defaults: Values = {"id": next(_IDS), "measure_id": 1, "year": 2027, "payer": Payer.OWN}
    return record(MeasureCost, **defaults | values)


def milestone(**values: Any) -> Values:
    """A step of the measure with id 1, yet to be taken."""
    defaults: Values = {"id": next(_IDS), "measure_id": 1, "name": "Meilenstein", "day": "2027-01-01"}
    return record(Milestone, **defaults | values)


def indicator(**values: Any) -> Values:
    """A count of persons, of no target group."""
    return record(Indicator, **{"id": next(_IDS), "name": "Kennzahl"} | values)


def observation(**values: Any) -> Values:
    """A value of the indicator with id 1 in Ahorn, at the end of 2025."""
    defaults: Values = {
        "id": next(_IDS),
        "indicator_id": 1,
        "ags": "09473112",
        "reference_date": "2025-12-31",
        "value": 0.0,
    }
    return record(Observation, **defaults | values)


def forecast(**values: Any) -> Values:
    """The middle forecast of the indicator with id 1 in Ahorn, for the end of 2028."""
    defaults: Values = {
        "id": next(_IDS),
        "indicator_id": 1,
        "ags": "09473112",
        "variant": ForecastVariant.MIDDLE,
        "reference_date": "2028-12-31",
        "value": 0.0,
    }
    return record(Forecast, **defaults | values)


def housing(**values: Any) -> Values:
    """People in decentralised accommodation in Ahorn at the end of 2025."""
    defaults: Values = {
        "id": next(_IDS),
        "ags": "09473112",
        "kind": HousingKind.DECENTRAL,
        "reference_date": "2025-12-31",
    }
    if not {"persons", "places"} & values.keys():
        defaults |= {"persons": 20, "places": 30}
    return record(Housing, **defaults | values)


def forecast_rule(**values: Any) -> Values:
    """The values of the indicator with id 1 grow by 0, 10 and 20 per cent a year through 2029."""
    defaults: Values = {
        "id": next(_IDS),
        "indicator_id": 1,
        "kind": ForecastRuleKind.PERCENT,
        "source": "Annahme",
    }
    trend: Values = {"low": 0.0, "middle": 10.0, "high": 20.0, "last_day": "2029-12-31"}
    known = defaults | values
    is_trend = known["kind"] in (ForecastRuleKind.PERCENT, ForecastRuleKind.ABSOLUTE)
    return record(ForecastRule, **(trend if is_trend else {}) | known)


def period(first: str, last: str) -> Values:
    return record(Period, id=next(_IDS), first=first, last=last)


def confirmation_round(**values: Any) -> Values:
    """A round that went out on 01.10.2026, to be answered by 31.10."""
    defaults: Values = {"id": 1, "name": "Rückmeldung 2026", "sent_on": "2026-10-01", "due": "2026-10-31"}
    return record(ConfirmationRound, **defaults | values)


def confirmation_request(**values: Any) -> Values:
    identity = values.get("id", 1)
    defaults: Values = {
        "id": identity,
        "round_id": 1,
        "organisation_id": identity,
        "token": f"kennung-{identity:08d}",
    }
    return record(ConfirmationRequest, **defaults | values)


def confirmation_item(**values: Any) -> Values:
    """The structure with id 1, not answered yet."""
    defaults: Values = {"id": next(_IDS), "request_id": 1, "record": "structure", "record_key": 1}
    return record(ConfirmationItem, **defaults | values)


def view(
    as_of: str = "2026-06-30",
    *,
    today: str | None = None,
    first: str = "2025-01-01",
    last: str = "2035-12-31",
    rule: str = ExtensionRule.SECURED,
) -> View:
    """A View by ISO days; today is the day looked at unless it is given."""
    return View(
        as_of=date.fromisoformat(as_of),
        today=date.fromisoformat(today or as_of),
        horizon=Horizon(date.fromisoformat(first), date.fromisoformat(last)),
        scenario=Scenario(ExtensionRule(rule)),
    )


def records_of(frame: pd.DataFrame) -> list[Values]:
    """Its rows as records of their columns."""
    return [{str(column): value for column, value in row.items()} for row in frame.to_dict("records")]


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """Row by row, with the columns by name: of what type a cell is, no column of a frame can say."""
    return frame.itertuples()


def _end_kind(end: Any) -> EndKind:
    return EndKind.OPEN if end is None else EndKind.FIXED
