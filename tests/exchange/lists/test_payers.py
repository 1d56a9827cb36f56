"""Whose money a row of a list names: the Landkreis's own only where it, or a carrier below it, pays."""

from __future__ import annotations

import pytest

from steering.analysis.incoming.lists.known import RecordNames
from steering.analysis.incoming.lists.payers import Payers
from steering.analysis.incoming.lists.spots import Gazetteer
from steering.model import Funding, FundingPart, Payer
from tests.exchange.lists_read import KNOWN, csv, of, read

OURS = "Landratsamt Coburg"


def payer(programme: str, funder: str, carrier: str) -> tuple[Payer, str]:
    known = RecordNames(KNOWN.organisations, {})
    (fachbereich,) = known.name_of
    payers = Payers(known, frozenset({fachbereich}), Gazetteer(KNOWN))
    return payers.payer(programme, funder, carrier, carrier_is_ours=carrier == OURS)


@pytest.mark.parametrize(
    ("programme", "funder", "carrier", "wanted"),
    [
        ("", "Bundeshaushalt (BMFSFJ)", "AWO", Payer.GRANT),
        ("", "Landeshaushalt", OURS, Payer.GRANT),
        ("Haushalt", "Freistaat Bayern", OURS, Payer.GRANT),
        ("Haushalt des Bundes", "", OURS, Payer.GRANT),
        ("", "Bezirkshaushalt", OURS, Payer.GRANT),
        ("Haushaltsnahe Dienste", "", OURS, Payer.GRANT),
        ("", "Sparkasse im Landkreis Coburg", "AWO", Payer.GRANT),
        ("", "Landkreis Bamberg", "AWO", Payer.GRANT),
        ("Landkreis für alle", "", "AWO", Payer.GRANT),
        ("", "Gemeindehaushalt Gerbrunn", "Gerbrunn", Payer.THIRD),
        ("Stadthaushalt", "", OURS, Payer.THIRD),
        ("Haushalt", "", "Stadt Ochsenfurt", Payer.THIRD),
        ("Kommunalhaushalt", "", "AWO", Payer.THIRD),
        ("BIR", "Eigenmittel", "AWO", Payer.THIRD),
        ("Eigenanteil", "AWO", "AWO", Payer.THIRD),
        ("", "Eigenmittel Landkreis Bamberg", "AWO", Payer.THIRD),
        ("Spenden", "", OURS, Payer.THIRD),
        ("Haushalt", "", OURS, Payer.OWN),
        ("Kommunalhaushalt 2026", "", OURS, Payer.OWN),
        ("Kreishaushalt", "", "AWO", Payer.OWN),
        ("Eigenmittel des Landkreises zu BIR III", "", "AWO", Payer.OWN),
        ("Sachkostenzuschuss", "Landkreis Coburg", "AWO", Payer.OWN),
        ("", "LRA Coburg, Jugendamt", "AWO", Payer.OWN),
        ("Haushalt", "Caritas Coburg", "AWO", Payer.OWN),
    ],
)
def test_own_means_are_those_of_the_landkreis_and_of_who_stands_below_it(programme, funder, carrier, wanted):
    assert payer(programme, funder, carrier)[0] == wanted


def test_own_means_that_are_not_the_landkreis_s_are_said_at_the_row():
    head = ["Träger", "Projekt", "Förderprogramm"]
    (awo, office, bund) = read(
        csv(head, ["AWO", "A", "Haushalt"], [OURS, "B", "Haushalt"], ["AWO", "C", "Bundeshaushalt"])
    ).rows
    assert [of(row, Funding)["payer"] for row in (awo, office, bund)] == [Payer.THIRD, Payer.OWN, Payer.GRANT]
    said = "»Haushalt«: als Geld von Dritten gelesen, nicht als Eigenmittel des Landkreises."
    assert [said in row.notes for row in (awo, office, bund)] == [True, False, False]


def test_an_own_share_beside_a_grant_carries_nothing():
    head = ["Träger", "Projekt", "Förderprogramm", "Mittelgeber", "Beginn", "Ende"]
    found = read(
        csv(
            head,
            ["AWO", "A", "BIR", "Freistaat", "", "31.12.2026"],
            ["AWO", "A", "Eigenanteil", "AWO", "", "unbefristet"],
            ["AWO", "A", "Aufstockung", "Co-Finanzierung Landkreis", "01.01.2026", ""],
            ["AWO", "A", "Eigenanteil danach", "AWO", "01.01.2027", ""],
            ["AWO", "B", "Eigenanteil", "AWO", "", "31.12.2026"],
            ["AWO", "C", "ESF", "EU-Kofinanzierung", "", "31.12.2026"],
            ["AWO", "C", "Landesmittel", "Freistaat", "", "31.12.2026"],
        )
    )
    beside, carrying = FundingPart.CO_FINANCING, FundingPart.CARRYING
    assert [of(row, Funding)["part"] for row in found.rows] == [
        carrying, beside, beside, carrying, carrying, carrying, carrying,
    ]  # fmt: skip
    said = "»{}«: als Kofinanzierung gelesen, nicht als tragende Förderung."
    assert said.format("Eigenanteil") in found.rows[1].notes
    assert said.format("Co-Finanzierung Landkreis") in found.rows[2].notes
    assert not any("Kofinanzierung gelesen" in each for row in found.rows[3:] for each in row.notes)
