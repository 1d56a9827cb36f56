"""Headings of amounts as lists of Fördermittel have them: what the amounts below them are for."""

from __future__ import annotations

import pytest

from steering.analysis.incoming.lists.basis import basis
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.units import unit
from steering.analysis.incoming.lists.wording import wording
from steering.model import AmountBasis

WHAT = ("Fördersumme", "Zuwendung", "Zuschuss", "Betrag", "Bewilligte Summe", "Fördermittel")
A_YEAR = (
    "{} €/Jahr", "{} / Jahr", "{}/Jahr", "{} (€/a)", "{} €/a", "{} in EUR/a", "{} €/J.", "{} p.a.",
    "{} p. a. (EUR)", "{} p/a", "{} pro Kalenderjahr", "{} je Hj.", "{} pro HHJ", "{} jährl.", "{} (jährl.)",
    "{}/Haushaltsjahr", "{} je Förderjahr", "{} pro Bewilligungsjahr",
    "{} im Jahr", "{} jährlich", "{} je Jahr",
    "{} (Euro pro Jahr)", "{}\npro Jahr", "{} €\n/Jahr", "{} per annum", "{} pro anno", "Jährliche {}",
    "{} pro Jahr (gesamt)", "{} in TEUR p.a.", "{} T€/Jahr",
)  # fmt: skip
IN_ONE_WORD = ("Jahresförderung (€)", "Jahressumme", "Jahresbetrag", "Jahreszuschuss",
               "Jahreszuwendung in EUR", "annual amount", "yearly amount", "amount per year",
               "Kosten pro Jahr")  # fmt: skip
IN_TOTAL = ("Fördersumme", "Bewilligungssumme", "Gesamtförderung", "Zuwendung insgesamt", "Gesamtsumme (€)",
            "Fördersumme (gesamte Laufzeit)", "Fördersumme 2025-2027", "Fördersumme gesamt 3 Jahre",
            "Fördersumme der mehrjährigen Förderung")  # fmt: skip
NOT_SAID = ("Betrag", "Zuschuss", "Zuwendung", "Fördersumme 2026", "Gesamtsumme 2026", "Betrag (Jahr)",
            "Fördersumme (Jahr)", "Fördersumme im Jahr 2026", "Bewilligt HJ 2026",
            "Zweijahresbetrag")  # fmt: skip
SOMETHING_ELSE = ("{}/Monat", "{} (€/Mon.)", "{} €/M", "{} mtl.", "{} monatlich", "{} je Quartal",
                  "{}/Quartal", "{} vierteljährlich", "{} halbjährlich", "{} je Halbjahr", "{}/Woche",
                  "{} je Platz", "{}/Platz", "{} pro Kopf", "{}/TN", "{}/Std.", "{} pro Person/Jahr",
                  "{} je Fall")  # fmt: skip


@pytest.mark.parametrize("heading", [*(each.format(what) for what in WHAT for each in A_YEAR), *IN_ONE_WORD])
def test_amounts_of_a_year_are_never_taken_for_totals(heading):
    assert basis(heading) == AmountBasis.PER_YEAR
    assert not unit(Meaning.AMOUNT, heading).problem
    found = wording(heading)
    assert Meaning.AMOUNT in found.steps
    assert Meaning.AMOUNT not in found.against


@pytest.mark.parametrize("heading", IN_TOTAL)
def test_amounts_of_the_whole_period(heading):
    assert basis(heading) == AmountBasis.TOTAL


@pytest.mark.parametrize("heading", NOT_SAID)
def test_a_heading_that_does_not_say_it_or_names_a_single_year_leaves_it_open(heading):
    assert basis(heading) == AmountBasis.UNKNOWN


@pytest.mark.parametrize("heading", [each.format(what) for what in WHAT for each in SOMETHING_ELSE])
def test_amounts_of_another_time_or_of_one_thing_are_not_read(heading):
    assert "nennt Beträge je " in unit(Meaning.AMOUNT, heading).problem


@pytest.mark.parametrize(
    ("heading", "times"),
    [("{} in T€", 1_000), ("{} (T-EUR)", 1_000), ("{} T. €", 1_000), ("{} in Tsd. €", 1_000),
     ("{} TEUR", 1_000), ("{} (in 1.000)", 1_000), ("{} in 1000 EUR", 1_000), ("{} in k€", 1_000),
     ("{} in M€", 1_000_000), ("{} (Mio. €)", 1_000_000), ("{} (EUR)", 1), ("{}", 1)],
)  # fmt: skip
def test_what_amounts_are_counted_in(heading, times):
    assert {unit(Meaning.AMOUNT, heading.format(what)).times for what in WHAT} == {times}


def test_cents_are_not_taken_for_euros():
    assert unit(Meaning.AMOUNT, "Fördersumme in Cent").problem


@pytest.mark.parametrize("heading", ["Wochenstd.", "WStd.", "W-Std.", "Stellen (h/Woche)", "Std./Wo.", "WAZ"])
def test_hours_a_week_are_never_taken_for_posts(heading):
    assert unit(Meaning.FTE, heading).times == pytest.approx(1 / 39)
