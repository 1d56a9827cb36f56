"""The German sentence for each change."""

from datetime import date
from typing import Any

import pytest

from steering.analysis.changes import (
    AddResponsibility,
    AddStructure,
    DropFunding,
    DropProgramme,
    EndFunding,
    EndProgramme,
    EndResponsibility,
    ExtendFunding,
    ExtendProgramme,
    MergeResponsibilities,
    MoveResponsibility,
    NewFunding,
    NewResponsibility,
    SetOnLoss,
)
from steering.analysis.scenarios import scenario
from steering.analysis.scenarios.change_words import sentences, words
from steering.model import OnLoss, Role, StructureKind
from tests.builders import area, funding, organisation, portfolio, programme, responsibility, structure, task

KNOWN = portfolio(
    organisations=[organisation(id=1)],
    structures=[structure(id=1, name="Lotsen"), structure(id=2, name="FIB")],
    programmes=[programme(id=1, name="Beratungs- und Integrationsrichtlinie", short_name="BIR III")],
    fundings=[funding(id=1, name="BIR III, 1. Phase", programme_id=1)],
    areas=[area(id=1)],
    tasks=[task(id=1, name="Begleitung")],
    responsibilities=[responsibility(id=1), responsibility(id=2, structure_id=2)],
)
DAY = date(2027, 1, 1)
LEAD: dict[str, Any] = {"task_id": 1, "area_id": 1, "role": Role.LEAD}
BOTH = AddStructure(
    name="Haus",
    kind=StructureKind.FACILITY,
    organisation_id=1,
    fundings=(NewFunding(name="Start"),),
    responsibilities=(NewResponsibility(**LEAD), NewResponsibility(**LEAD)),
)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (ExtendFunding(1, DAY), "Förderung »BIR III, 1. Phase« (Lotsen) bis 01.01.2027 verlängert"),
        (EndFunding(1, DAY), "Förderung »BIR III, 1. Phase« (Lotsen) endet am 01.01.2027"),
        (DropFunding(1), "Förderung »BIR III, 1. Phase« (Lotsen) entfällt"),
        (ExtendProgramme(1, DAY), "BIR III bis 01.01.2027 verlängert"),
        (EndProgramme(1, DAY), "BIR III endet am 01.01.2027"),
        (DropProgramme(1), "BIR III entfällt"),
        (
            AddResponsibility(structure_id=2, valid_from=DAY, valid_until=date(2027, 12, 31), **LEAD),
            "FIB zusätzlich federführend für »Begleitung« (kreisweit) ab 01.01.2027 bis 31.12.2027",
        ),
        (
            AddResponsibility(structure_id=2, **LEAD),
            "FIB zusätzlich federführend für »Begleitung« (kreisweit)",
        ),
        (EndResponsibility(1, DAY), "Zuständigkeit für »Begleitung« von Lotsen endet am 01.01.2027"),
        (
            MoveResponsibility(1, 2, DAY),
            "Zuständigkeit für »Begleitung« von Lotsen zu FIB ab 01.01.2027",
        ),
        (
            MergeResponsibilities(1, 2, DAY),
            "Zuständigkeit für »Begleitung« von Lotsen mit der von FIB vereint ab 01.01.2027",
        ),
        (BOTH, "Neue Struktur »Haus« mit 1 Förderung und 2 Zuständigkeiten"),
        (
            AddStructure(name="Haus", kind=StructureKind.FACILITY, organisation_id=1),
            "Neue Struktur »Haus«",
        ),
        (
            SetOnLoss(1, OnLoss.CONTINUES, 0.5),
            "Lotsen bei Wegfall der Förderung: wird weitergeführt mit 0,5 VZÄ",
        ),
        (
            SetOnLoss(1, OnLoss.CONTINUES, 0.5, date(2027, 6, 30)),
            "Lotsen bei Wegfall der Förderung: wird weitergeführt mit 0,5 VZÄ bis 30.06.2027",
        ),
        (
            SetOnLoss(1, OnLoss.CONTINUES),
            "Lotsen bei Wegfall der Förderung: wird weitergeführt mit VZÄ nicht bekannt",
        ),
        (SetOnLoss(1, OnLoss.ENDS), "Lotsen bei Wegfall der Förderung: endet"),
        (DropFunding(7), "Förderung (nicht mehr vorhanden) entfällt"),
        (DropProgramme(7), "Förderprogramm (nicht mehr vorhanden) entfällt"),
        (
            EndResponsibility(7, DAY),
            "Zuständigkeit für »nicht mehr vorhanden« von nicht mehr vorhanden endet am 01.01.2027",
        ),
    ],
)
def test_a_change_in_words(change, sentence):
    assert words(change, KNOWN) == sentence


def test_a_list_knows_what_it_adds_itself():
    paid = int(scenario.apply(KNOWN, (BOTH,)).fundings["id"].iloc[-1])
    assert sentences((BOTH, DropFunding(paid), DropFunding(1), EndFunding(1, DAY)), KNOWN) == (
        "Neue Struktur »Haus« mit 1 Förderung und 2 Zuständigkeiten",
        "Förderung »Start« (Haus) entfällt",
        "Förderung »BIR III, 1. Phase« (Lotsen) entfällt",
        "Förderung »BIR III, 1. Phase« (Lotsen) endet am 01.01.2027",
    )
