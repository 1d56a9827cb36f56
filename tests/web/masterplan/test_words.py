"""The sentences of the Masterplan for none, one, many and unknown."""

import pandas as pd
import pytest

from steering.analysis.masterplan import reminders
from steering.analysis.money import sums as money_sums
from steering.web.masterplan import budget as plan_budget
from steering.web.masterplan import missing as plan_missing
from steering.web.masterplan import words as plan_words


def words(said: str) -> str:
    return said.replace("*", "").replace("\\", "")


@pytest.mark.parametrize(
    ("without", "left", "opened", "said"),
    [
        (0, 0, 0, "Es gibt keinen Hinweis auf Lücken oder Mehrfachzuständigkeiten."),
        (1, 0, 0, "Mit dem Masterplan bleibt von dem einen Hinweis nichts offen."),
        (4, 0, 0, "Mit dem Masterplan bleibt von 4 Hinweisen keiner offen."),
        (1, 1, 0, "Mit dem Masterplan bleibt der eine Hinweis offen."),
        (4, 1, 0, "Mit dem Masterplan bleibt 1 von 4 Hinweisen offen."),
        (4, 3, 0, "Mit dem Masterplan bleiben 3 von 4 Hinweisen offen."),
        (0, 1, 1, "Mit dem Masterplan wäre 1 Hinweis offen statt keinem."),
        (1, 2, 1, "Mit dem Masterplan wären 2 Hinweise offen statt 1."),
        (11, 11, 1, "Mit dem Masterplan wären 11 Hinweise offen, ohne ihn 11. Er schließt 1 und öffnet 1."),
        (3, 1, 1, "Mit dem Masterplan wäre 1 Hinweis offen, ohne ihn 3. Er schließt 3 und öffnet 1."),
    ],
)
def test_what_stays_open(without, left, opened, said):
    assert words(plan_words.still_open(without, left, opened)) == said


@pytest.mark.parametrize(
    ("closed", "opened", "said"),
    [
        (0, 0, "ändert nichts"),
        (1, 0, "schließt 1 Hinweis"),
        (0, 2, "öffnet 2 Hinweise"),
        (2, 1, "schließt 2 Hinweise, öffnet 1"),
        (1, 1, "schließt 1 Hinweis, öffnet 1"),
    ],
)
def test_what_a_measure_contributes(closed, opened, said):
    assert plan_words.contribution(closed, opened) == said


@pytest.mark.parametrize(
    ("here", "measures", "said"),
    [
        (0, 0, "Noch hat keine Maßnahme, die geplant oder beschlossen ist oder läuft, eine Wirkung."),
        (1, 1, "Die eine Maßnahme mit Wirkung wirkt sich darauf aus."),
        (0, 1, "Die eine Maßnahme mit Wirkung ändert daran nichts."),
        (0, 3, "Keine der 3 Maßnahmen mit Wirkung ändert daran etwas."),
        (1, 3, "1 von 3 Maßnahmen mit Wirkung wirkt sich darauf aus."),
        (12, 12, "12 von 12 Maßnahmen mit Wirkung wirken sich darauf aus."),
    ],
)
def test_how_many_measures_act(here, measures, said):
    assert words(plan_words.acting(here, measures)) == said


@pytest.mark.parametrize(
    ("nobody", "left", "said"),
    [
        (0, 0, ""),
        (0, 1, "Zu ihm ist eine Maßnahme erfasst."),
        (0, 5, "Zu jedem, der offen bleibt, ist eine Maßnahme erfasst."),
        (1, 1, "Dazu ist keine Maßnahme erfasst."),
        (5, 5, "Zu keinem der offenen Hinweise ist eine Maßnahme erfasst."),
        (1, 5, "Zu einem der 5 offenen Hinweise ist keine Maßnahme erfasst."),
        (4, 5, "Zu 4 der 5 offenen Hinweise ist keine Maßnahme erfasst."),
    ],
)
def test_what_no_measure_answers(nobody, left, said):
    assert words(plan_words.unanswered(nobody, left)) == said


def sums(**amounts: tuple[float | None, int]) -> pd.DataFrame:
    """A year of the Haushaltsblatt; by payer its cents, None where none is known, and how many are not."""
    row = {"year": 2027, "legal": "freiwillig"}
    for payer in money_sums.PAYERS:
        cents, unknown = amounts.get(payer, (None, 0))
        row |= {f"{payer}_cents": float("nan") if cents is None else cents}
        row |= {f"{payer}_amounts": unknown + (cents is not None), f"{payer}_unknown": unknown}
    guess, _ = amounts.get("estimated", (None, 0))
    row |= {"uncovered_estimated": float("nan") if guess is None else guess, "uncovered_by_example": True}
    return pd.DataFrame([row])


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ({}, "kein Eigenanteil."),
        ({"own": (0, 0)}, "Eigenanteil 0 €."),
        ({"own": (None, 1)}, "Eigenanteil nicht bekannt (bei 1 Posten)."),
        ({"own": (1_300_000, 0)}, "Eigenanteil 13.000 €."),
        ({"own": (1_300_000, 1)}, "Eigenanteil 13.000 € und 1 nicht bekannter Betrag."),
        ({"own": (1_300_000, 2)}, "Eigenanteil 13.000 € und 2 nicht bekannte Beträge."),
        ({"uncovered": (None, 2)}, "kein Eigenanteil, ungedeckt nicht bekannt (bei 2 Posten)."),
        ({"uncovered": (500_000, 0)}, "kein Eigenanteil, ungedeckt 5.000 €."),
        (
            {"uncovered": (500_000, 0), "estimated": (10_500_000, 0)},
            "kein Eigenanteil, ungedeckt 5.000 € und rund 105.000 € (geschätzt, Beispielwert).",
        ),
        ({"grant": (None, 1)}, "kein Eigenanteil. Von den Mitteln anderer ist 1 Betrag nicht bekannt."),
        (
            {"grant": (None, 3), "third": (100, 1)},
            "kein Eigenanteil. Von den Mitteln anderer sind 4 Beträge nicht bekannt.",
        ),
    ],
)
def test_what_the_landkreis_pays_in_a_year(amounts, said):
    assert words(plan_budget.sentence(sums(**amounts), 2027)) == f"Im Haushaltsjahr 2027: {said}"


def test_a_field_of_the_haushaltsblatt_is_empty_only_where_nothing_is_paid():
    (row,) = plan_budget.shown(sums(grant=(None, 2), own=(1_300_000, 1), third=(0, 0))).to_dict("records")
    assert row["Zuwendung"] == "2 nicht bekannt"
    assert row["Eigenanteil"] == "13.000 € + 1 nicht bekannt"
    assert row["Dritte"] == "0 €"
    assert row["ungedeckt (Haushaltsrisiko)"] == ""


def test_what_is_estimated_in_the_haushaltsblatt_says_so_and_is_no_recorded_sum():
    rows = sums(uncovered=(None, 0), estimated=(10_500_000, 0))
    (row,) = plan_budget.shown(rows).to_dict("records")
    assert row["ungedeckt (Haushaltsrisiko)"] == "rund 105.000 € (geschätzt, Beispielwert)"
    (file,) = plan_budget.numbers(rows).to_dict("records")
    assert pd.isna(file["ungedeckt (Haushaltsrisiko) (€)"])
    assert file["ungedeckt (Haushaltsrisiko): geschätzt, nicht enthalten (€)"] == 105_000


def missing(*rows: tuple[int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure_id", "reason"])


@pytest.mark.parametrize(
    ("rows", "every", "said"),
    [
        (
            missing((1, reminders.NO_ONE)),
            1,
            "Bei 1 von 1 Maßnahme ist etwas zu ergänzen: 1 ohne Verantwortliche.",
        ),
        (
            missing((2, reminders.LATE), (1, reminders.NO_ONE), (2, reminders.NO_ONE)),
            3,
            "Bei 2 von 3 Maßnahmen ist etwas zu ergänzen: 2 ohne Verantwortliche und 1 Ende überschritten.",
        ),
    ],
)
def test_what_is_to_be_completed(rows, every, said):
    assert words(plan_missing.sentence(rows, every)) == said
