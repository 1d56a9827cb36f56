"""Data of any size, the same for the same seed: assignments for `coverage.segments`, and whole Portfolios.

Whole columns are drawn at once, so that 50,000 structures take seconds.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import pandas_dtype

from benchmarks.land import BAVARIA, LANDKREIS, Land, Numbers, land
from steering.analysis.portfolio import Portfolio
from steering.model import (
    Agreement,
    AgreementKind,
    AgreementOrganisation,
    AgreementTask,
    AmountBasis,
    Area,
    AreaKind,
    AreaMunicipality,
    EndKind,
    Extension,
    Funding,
    FundingPart,
    LegalCharacter,
    Level,
    Municipality,
    Need,
    NeedGroup,
    NeedKind,
    NeedUnit,
    OnLoss,
    Organisation,
    Payer,
    Programme,
    Provenance,
    Record,
    Responsibility,
    ResponsibilityGroup,
    Role,
    Structure,
    StructureKind,
    TargetGroup,
    Task,
    TaskField,
)
from tests import builders

Chance = np.random.Generator
Tables = dict[type[Record], pd.DataFrame]

FIELDS = ("Steuerung", "Sprache", "Arbeit", "Bildung", "Wohnen", "Beratung", "Ehrenamt", "Gesundheit")
TASKS = 5 * len(FIELDS)
GROUPS = ("alle", "Asylsuchende", "Schutzberechtigte", "Geduldete", "EU-Zugewanderte", "Kinder", "Frauen")
SITES = ("", "", "", "", "Grundschule", "Mittelschule")
PROGRAMMES = 15

# In each Kreis:
ORGANISATIONS = 40  # the Kreis, its office, units of the office, and others
UNITS = 8
SOME_MUNICIPALITIES = 6  # areas of several municipalities
AGREEMENTS = 10
NEEDS = 30

BY_ASSIGNMENTS = 60  # a structure's assignments, counted by municipality


def assignments(count: int, seed: int = 1) -> pd.DataFrame:
    """So many leads and deliverers in Bavaria from 2018 on, for `coverage.segments`.

    A structure answers for three tasks in the municipalities of its Kreis, often more than once, so that its
    own intervals overlap too. A tenth of the starts and a fifth of the ends are open.
    """
    chance = np.random.default_rng(seed)
    bavaria = land(BAVARIA)
    structure = chance.integers(0, max(count // BY_ASSIGNMENTS, 1), count)
    place = bavaria.anywhere(structure % len(bavaria.many), chance)
    start = np.datetime64("2018-01-01") + chance.integers(0, 12 * 365, count)
    end = start + chance.integers(0, 4 * 365, count)
    start[chance.random(count) < 0.1] = np.datetime64("NaT")
    end[chance.random(count) < 0.2] = np.datetime64("NaT")
    return pd.DataFrame(
        {
            "task": 1 + (structure * 7 + chance.integers(0, 3, count)) % TASKS,
            "municipality": np.array(bavaria.ags).astype(np.int64)[place],
            "structure": 1 + structure,
            "role": chance.choice(np.array([1, 2, 2], dtype=np.int8), count),
            "start": start.astype("datetime64[s]"),
            "end": end.astype("datetime64[s]"),
        }
    )


def portfolio(structures: int, municipalities: int = LANDKREIS, seed: int = 1) -> Portfolio:
    """An inventory around the year 2026, in one Landkreis or in all Kreise of Bavaria.

    About two fundings and three responsibilities per structure; three quarters live on funding.
    """
    chance = np.random.default_rng(seed)
    where = land(municipalities)
    tables = _places(where, chance) | _catalogue(chance) | _organisations(where, chance)
    home = chance.integers(0, len(where.many), structures)
    tables[Structure] = _structures(home, where, chance)
    tables[Funding] = _fundings(tables[Structure], chance)
    tables |= _responsibilities(home, where, chance) | _needs(where, chance)
    empty = builders.portfolio(dataset_id=f"generated-{structures}-{municipalities}-{seed}")
    made = {builders.table_name(kind): frame for kind, frame in tables.items()}
    return Portfolio(empty.dataset_id, empty.revision, {**empty.frames, **made})


def _table(record: type[Record], count: int, /, **columns: Any) -> pd.DataFrame:
    """A table of examples: the columns given, the model's defaults for the rest, ids from 1 on."""
    given: dict[str, Any] = {"id": np.arange(1, count + 1), "provenance": Provenance.EXAMPLE, **columns}
    made = {}
    for name, dtype in builders.column_types(record).items():
        default = record.model_fields[name].get_default(call_default_factory=True)
        column = pd.Series(given.get(name, default), index=pd.RangeIndex(count))
        made[name] = column.astype(pandas_dtype(dtype))
    return pd.DataFrame(made)


def _places(where: Land, chance: Chance) -> Tables:
    """Per Kreis: the whole of it, some of its municipalities together, and each one."""
    kreise, count = len(where.many), len(where.ags)
    groups = np.repeat(np.arange(kreise), SOME_MUNICIPALITIES)
    several = np.repeat(np.arange(len(groups)), 4)
    member = where.anywhere(groups[several], chance)
    kinds = (AreaKind.DISTRICT, AreaKind.GROUP, AreaKind.MUNICIPALITY)
    area = np.concatenate([where.kreis, kreise + several, kreise + len(groups) + np.arange(count)])
    rows = np.concatenate([np.arange(count), member, np.arange(count)])
    population = np.round(np.exp(chance.normal(8.2, 0.9, count)))
    links = pd.DataFrame({"area_id": area + 1, "ags": np.array(where.ags)[rows]}).drop_duplicates()
    return {
        Municipality: _table(
            Municipality,
            count,
            ags=where.ags,
            ars=[f"{ags[:5]}0{ags[5:]}{ags[5:]}" for ags in where.ags],
            name=_numbered("Gemeinde", count),
            kind="Gemeinde",
            population=np.where(chance.random(count) < 0.02, np.nan, population),
            reference_date=pd.Timestamp("2022-12-31"),
        ),
        Area: _table(
            Area,
            kreise + len(groups) + count,
            name=_numbered("Gebiet", kreise + len(groups) + count),
            kind=np.repeat([kind.value for kind in kinds], [kreise, len(groups), count]),
        ),
        AreaMunicipality: _table(AreaMunicipality, len(links), **_columns(links)),
    }


def _areas(kreis: Numbers, where: Land, chance: Chance) -> Numbers:
    """An area for each row: three in ten the whole Kreis, one in ten a part of it, else one municipality."""
    kreise = len(where.many)
    part = kreise + kreis * SOME_MUNICIPALITIES + chance.integers(0, SOME_MUNICIPALITIES, len(kreis))
    one = kreise * (1 + SOME_MUNICIPALITIES) + where.anywhere(kreis, chance)
    drawn = chance.random(len(kreis))
    return 1 + np.select([drawn < 0.3, drawn < 0.4], [kreis, part], one)


def _catalogue(chance: Chance) -> Tables:
    fields, groups = len(FIELDS), len(GROUPS)
    return {
        TaskField: _table(TaskField, fields, slug=[name.lower() for name in FIELDS], name=FIELDS),
        Task: _table(
            Task,
            TASKS,
            field_id=1 + np.arange(TASKS) % fields,
            slug=_numbered("aufgabe", TASKS),
            name=_numbered("Aufgabe", TASKS),
            legal_character=_any(LegalCharacter, TASKS, chance),
            several_providers_wanted=chance.random(TASKS) < 0.2,
            per_site=chance.random(TASKS) < 0.1,
        ),
        TargetGroup: _table(
            TargetGroup,
            groups,
            slug=[name.lower() for name in GROUPS],
            name=GROUPS,
            everyone=np.arange(groups) == 0,
        ),
        Programme: _table(
            Programme,
            PROGRAMMES,
            slug=_numbered("programm", PROGRAMMES),
            name=_numbered("Programm", PROGRAMMES),
        ),
    }


def _organisations(where: Land, chance: Chance) -> Tables:
    """Per Kreis: itself, its office below, units below the office, and carriers of every level beside."""
    kreise = len(where.many)
    count, agreements = kreise * ORGANISATIONS, kreise * AGREEMENTS
    place = np.arange(count) % ORGANISATIONS
    itself = np.arange(count) - place + 1
    above = np.select([place == 1, (place > 1) & (place < 2 + UNITS)], [itself, itself + 1], 0)
    own_parties = np.repeat(np.arange(agreements) // AGREEMENTS * ORGANISATIONS, 2)
    parties = np.arange(2 * agreements) % 2 * (2 + UNITS) + own_parties + 1
    parties += np.arange(2 * agreements) % 2 * chance.integers(0, ORGANISATIONS - UNITS - 2, 2 * agreements)
    tasks = chance.permuted(np.tile(np.arange(1, TASKS + 1), (agreements, 1)), axis=1)[:, :3]
    return {
        Organisation: _table(
            Organisation,
            count,
            slug=_numbered("organisation", count),
            name=_numbered("Organisation", count),
            level=np.where(place < 2 + UNITS, Level.COUNTY.value, _any(Level, count, chance)),
            parent_id=np.where(above > 0, above, np.nan),
        ),
        Agreement: _table(
            Agreement,
            agreements,
            name=_numbered("Vereinbarung", agreements),
            kind=_any(AgreementKind, agreements, chance),
            valid_from=_new_year(chance.integers(2018, 2026, agreements)),
        ),
        AgreementOrganisation: _table(
            AgreementOrganisation,
            2 * agreements,
            agreement_id=1 + np.repeat(np.arange(agreements), 2),
            organisation_id=parties,
        ),
        AgreementTask: _table(
            AgreementTask,
            3 * agreements,
            agreement_id=1 + np.repeat(np.arange(agreements), 3),
            task_id=tasks.ravel(),
        ),
    }


def _structures(home: Numbers, where: Land, chance: Chance) -> pd.DataFrame:
    count = len(home)
    seat = where.anywhere(home, chance)
    begun = chance.integers(2014, 2027, count)
    return _table(
        Structure,
        count,
        name=_numbered("Struktur", count),
        kind=_any(StructureKind, count, chance),
        organisation_id=1 + home * ORGANISATIONS + chance.integers(0, ORGANISATIONS, count),
        catchment_id=_areas(home, where, chance),
        fte=chance.choice([np.nan, 0.25, 0.39, 0.5, 1.0, 1.5, 2.0], count),
        places=chance.choice([np.nan, np.nan, 15, 40, 120], count),
        on_loss=_any(OnLoss, count, chance),
        fte_after=chance.choice([np.nan, 0.25, 0.5], count),
        seat_place="Ort",
        seat_ags=np.array(where.ags)[seat],
        valid_from=_new_year(begun),
        **_ends("valid_until", begun + chance.integers(1, 5, count), chance),
    )


def _fundings(structures: pd.DataFrame, chance: Chance) -> pd.DataFrame:
    """Up to four phases one after another; beside four in ten of them a co-financing of its own."""
    phases = chance.choice([0, 1, 2, 3, 4], len(structures), p=[0.25, 0.3, 0.25, 0.1, 0.1])
    row = np.repeat(np.arange(len(structures)), phases)
    phase = np.arange(len(row)) - np.repeat(np.cumsum(phases) - phases, phases)
    begun = structures["valid_from"].dt.year.to_numpy()[row] + 2 * phase
    carrying = _periods(row, begun, chance)
    beside = np.flatnonzero(chance.random(len(row)) < 0.4)
    other = carrying.iloc[beside].assign(
        part=FundingPart.CO_FINANCING.value,
        payer=Payer.OWN.value,
        accompanies_id=np.where(chance.random(len(beside)) < 0.7, carrying["id"].iloc[beside], np.nan),
    )
    every = pd.concat([carrying, other.astype(carrying.dtypes)], ignore_index=True)
    return every.assign(id=np.arange(1, len(every) + 1))


def _periods(row: Numbers, begun: Numbers, chance: Chance) -> pd.DataFrame:
    count = len(row)
    return _table(
        Funding,
        count,
        structure_id=1 + row,
        programme_id=chance.choice([np.nan, *range(1, PROGRAMMES + 1)], count),
        name=_numbered("Förderung", count),
        payer=_any(Payer, count, chance),
        fte=chance.choice([np.nan, np.nan, 0.5, 1.0], count),
        places=chance.choice([np.nan, np.nan, np.nan, 20], count),
        amount_cents=chance.choice([np.nan, np.nan, 1_300_000, 4_500_000, 7_215_050], count),
        amount_basis=_any(AmountBasis, count, chance),
        start=_new_year(begun),
        **_ends("end", begun + 1, chance),
    )


def _ends(end: str, year: Numbers, chance: Chance) -> dict[str, Any]:
    """Three quarters end on 31 December of the year, the others in every other way."""
    count = len(year)
    kind = np.where(chance.random(count) < 0.75, EndKind.FIXED.value, _any(EndKind, count, chance))
    last = _new_year(year + 1) - np.timedelta64(1, "D")
    dated = (kind == EndKind.FIXED) | ((kind == EndKind.ANNUAL) & (chance.random(count) < 0.5))
    confirmed = _new_year(chance.integers(2024, 2027, count)) + chance.integers(0, 300, count)
    return {
        end: _sometimes(last, dated),
        "end_kind": kind,
        "extension": _any(Extension, count, chance),
        "expected_until": _sometimes(last + 730, chance.random(count) < 0.5),
        "confirmed_on": _sometimes(confirmed, chance.random(count) < 0.7),
    }


def _responsibilities(home: Numbers, where: Land, chance: Chance) -> Tables:
    row = np.repeat(np.arange(len(home)), chance.choice([1, 2, 3, 3, 4, 5], len(home)))
    count = len(row)
    roles = [Role.LEAD, Role.DELIVER, Role.DELIVER, *Role]
    return {
        Responsibility: _table(
            Responsibility,
            count,
            structure_id=1 + row,
            task_id=chance.integers(1, TASKS + 1, count),
            area_id=_areas(home[row], where, chance),
            role=chance.choice([role.value for role in roles], count),
            delivers=chance.random(count) < 0.8,
            site=chance.choice(SITES, count),
        ),
        ResponsibilityGroup: _groups(ResponsibilityGroup, "responsibility_id", count, chance),
    }


def _needs(where: Land, chance: Chance) -> Tables:
    kreis = np.repeat(np.arange(len(where.many)), NEEDS)
    count = len(kreis)
    counted = chance.random(count) < 0.4
    unit = _any(NeedUnit, count, chance).astype(object)
    unit[~counted] = None
    return {
        Need: _table(
            Need,
            count,
            name=_numbered("Bedarf", count),
            kind=np.where(chance.random(count) < 0.8, NeedKind.SERVICE.value, NeedKind.STEERING.value),
            task_id=chance.integers(1, TASKS + 1, count),
            area_id=_areas(kreis, where, chance),
            quantity=np.where(counted, chance.integers(1, 200, count), np.nan),
            unit=unit,
            valid_from=_new_year(chance.integers(2018, 2027, count)),
        ),
        NeedGroup: _groups(NeedGroup, "need_id", count, chance),
    }


def _groups(kind: type[Record], link: str, count: int, chance: Chance) -> pd.DataFrame:
    """One or two target groups for each of so many records."""
    pairs = chance.permuted(np.tile(np.arange(1, len(GROUPS) + 1), (count, 1)), axis=1)[:, :2]
    links = pd.DataFrame({link: np.repeat(np.arange(1, count + 1), 2), "target_group_id": pairs.ravel()})
    kept = np.column_stack([np.ones(count, dtype=bool), chance.random(count) < 0.33]).ravel()
    return _table(kind, int(kept.sum()), **_columns(links[kept].reset_index(drop=True)))


def _columns(frame: pd.DataFrame) -> dict[str, Any]:
    return {str(name): column.to_numpy() for name, column in frame.items()}


def _any(kind: type[StrEnum], count: int, chance: Chance) -> npt.NDArray[np.str_]:
    return chance.choice([member.value for member in kind], count)


def _numbered(word: str, count: int) -> list[str]:
    return [f"{word} {number}" for number in range(1, count + 1)]


def _new_year(year: Numbers) -> npt.NDArray[np.datetime64]:
    return (year - 1970).astype("datetime64[Y]").astype("datetime64[D]")


def _sometimes(day: npt.NDArray[np.datetime64], given: npt.NDArray[np.bool_]) -> npt.NDArray[np.datetime64]:
    return np.where(given, day, np.datetime64("NaT"))
