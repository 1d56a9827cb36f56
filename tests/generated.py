"""A plausible inventory of any size, the same for the same seed: for tests of size and for benchmarks."""

from __future__ import annotations

import random
from datetime import date, timedelta

from steering.analysis.portfolio import Portfolio
from steering.model import (
    AgreementKind,
    AmountBasis,
    AreaKind,
    EndKind,
    Extension,
    FundingPart,
    LegalCharacter,
    Level,
    OnLoss,
    Payer,
    Provenance,
    Role,
    StructureKind,
)
from tests import builders
from tests.builders import Tables, Values

MUNICIPALITIES = (
    ("09473112", "Ahorn", 4_141),
    ("09473120", "Dörfles-Esbach", 3_595),
    ("09473121", "Ebersdorf b.Coburg", 6_218),
    ("09473132", "Großheirath", 2_645),
    ("09473134", "Grub a.Forst", 2_806),
    ("09473138", "Itzgrund", 2_372),
    ("09473141", "Lautertal", 4_520),
    ("09473144", "Meeder", 3_638),
    ("09473151", "Neustadt b.Coburg", 15_064),
    ("09473153", "Niederfüllbach", 1_492),
    ("09473158", "Bad Rodach", 6_606),
    ("09473159", "Rödental", 13_033),
    ("09473165", "Seßlach", 3_908),
    ("09473166", "Sonnefeld", 4_538),
    ("09473170", "Untersiemau", 4_215),
    ("09473174", "Weidhausen b.Coburg", 3_174),
    ("09473175", "Weitramsdorf", 5_138),
)
FIELDS = ("Steuerung", "Sprache", "Arbeit", "Bildung", "Wohnen", "Beratung", "Ehrenamt", "Gesundheit")
GROUPS = ("alle", "Asylsuchende", "Schutzberechtigte", "Geduldete", "EU-Zugewanderte", "Kinder", "Frauen")
TASKS_PER_FIELD = 5
DISTRICT = 1
MADE_UP = {"provenance": Provenance.EXAMPLE, "provenance_note": "erzeugt"}


def generated(n_structures: int, seed: int = 1) -> Portfolio:
    """A Landkreis with so many structures around the year 2026.

    About two fundings and three responsibilities per structure; three quarters live on funding.
    """
    chance = random.Random(seed)
    structures = [_structure(chance, identity) for identity in range(1, n_structures + 1)]
    fundings: list[Values] = []
    responsibilities: list[Values] = []
    for structure in structures:
        _fund(chance, structure, fundings)
        for _ in range(chance.choice((1, 2, 3, 3, 4, 5))):
            responsibilities.append(_responsibility(chance, structure["id"], len(responsibilities) + 1))
    reached = [
        builders.responsibility_group(responsibility_id=one["id"], target_group_id=group)
        for one in responsibilities
        for group in sorted(chance.sample(range(1, len(GROUPS) + 1), chance.choice((1, 1, 2))))
    ]
    return builders.portfolio(
        dataset_id=f"generated-{n_structures}-{seed}",
        structures=structures,
        fundings=fundings,
        responsibilities=responsibilities,
        responsibility_groups=reached,
        **_places(chance),
        **_catalogue(chance),
        **_organisations(chance),
        **_programmes(chance),
        **_committees(),
    )


def _places(chance: random.Random) -> Tables:
    everywhere = [ags for ags, _, _ in MUNICIPALITIES]
    members = {DISTRICT: everywhere}
    areas = [builders.area(id=DISTRICT, name="Landkreis", kind=AreaKind.DISTRICT)]
    for identity, (ags, name, _) in enumerate(MUNICIPALITIES, start=2):
        areas.append(builders.area(id=identity, name=name, kind=AreaKind.MUNICIPALITY))
        members[identity] = [ags]
    for identity in range(len(areas) + 1, len(areas) + 7):
        areas.append(builders.area(id=identity, name=f"Gruppe {identity}", kind=AreaKind.GROUP))
        members[identity] = sorted(chance.sample(everywhere, chance.randint(2, 6)))
    return {
        "municipalities": [
            builders.municipality(ags=ags, name=name, population=population, reference_date="2022-12-31")
            for ags, name, population in MUNICIPALITIES
        ],
        "areas": areas,
        "area_municipalities": [
            builders.area_municipality(area_id=area, ags=ags)
            for area, found in members.items()
            for ags in found
        ],
    }


AREAS = 1 + len(MUNICIPALITIES) + 6


def _catalogue(chance: random.Random) -> Tables:
    return {
        "fields": [
            builders.task_field(id=n, slug=name.lower(), name=name, position=n)
            for n, name in enumerate(FIELDS, start=1)
        ],
        "tasks": [
            builders.task(
                id=n,
                field_id=1 + (n - 1) // TASKS_PER_FIELD,
                name=f"Aufgabe {n}",
                position=n,
                legal_character=chance.choice(list(LegalCharacter)),
                several_providers_wanted=chance.random() < 0.2,
                per_site=chance.random() < 0.1,
            )
            for n in range(1, len(FIELDS) * TASKS_PER_FIELD + 1)
        ],
        "target_groups": [
            builders.target_group(id=n, slug=name.lower(), name=name, position=n, everyone=n == 1)
            for n, name in enumerate(GROUPS, start=1)
        ],
    }


ORGANISATIONS = 40


def _organisations(chance: random.Random) -> Tables:
    """The Landkreis, its office with units below, and carriers of every level beside it."""
    found = [
        builders.organisation(id=1, slug="landkreis", name="Landkreis", level=Level.COUNTY),
        builders.organisation(id=2, slug="landratsamt", name="Landratsamt", level=Level.COUNTY, parent_id=1),
    ]
    for identity in range(3, ORGANISATIONS + 1):
        unit = identity <= 10
        found.append(
            builders.organisation(
                id=identity,
                name=f"{'Fachbereich' if unit else 'Träger'} {identity}",
                level=Level.COUNTY if unit else chance.choice(list(Level)),
                parent_id=2 if unit else None,
            )
        )
    agreements = range(1, 11)
    return {
        "organisations": found,
        "agreements": [
            builders.agreement(
                id=n, kind=chance.choice(list(AgreementKind)), valid_from=_day(chance, 2018, 2025)
            )
            for n in agreements
        ],
        "agreement_organisations": [
            builders.agreement_organisation(agreement_id=n, organisation_id=organisation)
            for n in agreements
            for organisation in sorted(chance.sample(range(1, ORGANISATIONS + 1), 2))
        ],
        "agreement_tasks": [
            builders.agreement_task(agreement_id=n, task_id=task)
            for n in agreements
            for task in sorted(chance.sample(range(1, len(FIELDS) * TASKS_PER_FIELD + 1), 3))
        ],
    }


PROGRAMMES = 15


def _programmes(chance: random.Random) -> Tables:
    found = []
    for identity in range(1, PROGRAMMES + 1):
        rule: Values = {}
        if chance.random() < 0.3:
            rule = {"deadline_day": 15, "deadline_month": 11, "deadline_years_before": 1}
        elif chance.random() < 0.2:
            rule = {"deadline_on": _day(chance, 2026, 2027)}
        found.append(builders.programme(id=identity, name=f"Programm {identity}", **rule))
    return {"programmes": found}


def _committees() -> Tables:
    sittings: list[Values] = []
    for year in range(2025, 2029):
        for month in (3, 5, 7, 10, 12):
            for committee, day in ((1, 5), (2, 19)):
                sitting = date(year, month, day)
                sittings.append(
                    builders.committee_date(
                        id=len(sittings) + 1,
                        committee_id=committee,
                        day=sitting,
                        papers_due=sitting - timedelta(weeks=3),
                        **MADE_UP,
                    )
                )
    return {
        "committees": [
            builders.committee(id=1, slug="ksa", name="Kreisausschuss", short_name="KSA", rank=1),
            builders.committee(id=2, slug="kreistag", name="Kreistag", short_name="Kreistag", rank=2),
        ],
        "committee_dates": sittings,
    }


def _structure(chance: random.Random, identity: int) -> Values:
    ags, name, _ = chance.choice(MUNICIPALITIES)
    return builders.structure(
        id=identity,
        name=f"Struktur {identity}",
        kind=chance.choice(list(StructureKind)),
        organisation_id=chance.randint(1, ORGANISATIONS),
        department_id=chance.choice((None, 3, 4, 5)),
        catchment_id=chance.randint(1, AREAS),
        fte=chance.choice((None, 0.25, 0.39, 0.5, 1.0, 1.5, 2.0)),
        places=chance.choice((None, None, 15, 40, 120)),
        on_loss=chance.choice(list(OnLoss)),
        fte_after=chance.choice((None, 0.25, 0.5)),
        seat_place=name,
        seat_ags=ags,
        **_ending(chance, "valid_from", "valid_until", date(chance.randint(2014, 2026), 1, 1)),
        **MADE_UP,
    )


def _fund(chance: random.Random, structure: Values, fundings: list[Values]) -> None:
    """Phases one after another, some of them with co-financing; a quarter of the structures have none."""
    if chance.random() < 0.25:
        return
    structure |= {"end_kind": EndKind.UNKNOWN, "valid_until": None}
    start = structure["valid_from"]
    for _ in range(chance.choice((1, 2, 3, 4))):
        carrying = _funding(chance, structure["id"], len(fundings) + 1, FundingPart.CARRYING, start)
        fundings.append(carrying)
        if chance.random() < 0.4:
            own = _funding(chance, structure["id"], len(fundings) + 1, FundingPart.CO_FINANCING, start)
            follows = carrying["id"] if chance.random() < 0.7 else None
            fundings.append(own | {"payer": Payer.OWN, "accompanies_id": follows})
        if carrying["end"] is None:
            return
        start = carrying["end"] + timedelta(days=chance.choice((1, 1, 1, 92)))


def _funding(
    chance: random.Random, structure: int, identity: int, part: FundingPart, start: date | None
) -> Values:
    return builders.funding(
        id=identity,
        structure_id=structure,
        programme_id=chance.choice((None, *range(1, PROGRAMMES + 1))),
        name=f"Förderung {identity}",
        part=part,
        payer=chance.choice(list(Payer)),
        fte=chance.choice((None, None, 0.5, 1.0)),
        places=chance.choice((None, None, None, 20)),
        amount_cents=chance.choice((None, None, 1_300_000, 4_500_000, 7_215_050)),
        amount_basis=chance.choice(list(AmountBasis)),
        **_ending(chance, "start", "end", start),
        **MADE_UP,
    )


def _ending(chance: random.Random, start: str, end: str, first: date | None) -> Values:
    kind = chance.choice((*[EndKind.FIXED] * 8, *EndKind))
    dated = kind is EndKind.FIXED or (kind is EndKind.ANNUAL and chance.random() < 0.5)
    last = date((first or date(2014, 1, 1)).year + chance.randint(1, 4), 12, 31)
    return {
        start: first,
        end: last if dated else None,
        "end_kind": kind,
        "extension": chance.choice(list(Extension)),
        "expected_until": last + timedelta(days=730) if chance.random() < 0.5 else None,
        "confirmed_on": _day(chance, 2024, 2026) if chance.random() < 0.7 else None,
    }


def _responsibility(chance: random.Random, structure: int, identity: int) -> Values:
    return builders.responsibility(
        id=identity,
        structure_id=structure,
        task_id=chance.randint(1, len(FIELDS) * TASKS_PER_FIELD),
        area_id=DISTRICT if chance.random() < 0.3 else chance.randint(2, AREAS),
        role=chance.choice((Role.LEAD, Role.DELIVER, Role.DELIVER, *Role)),
        delivers=chance.random() < 0.8,
        site=chance.choice(("", "", "", "", "Grundschule", "Mittelschule")),
        **MADE_UP,
    )


def _day(chance: random.Random, first: int, last: int) -> date:
    return date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))
