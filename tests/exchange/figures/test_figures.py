"""Lists of values by municipality: where, when, what, in which variant; and what nobody can have meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.portfolio import Portfolio
from steering.exchange.figures import reading
from steering.exchange.genesis.cells import MARKS
from steering.exchange.incoming_files import FileRefused, received
from steering.model import Forecast, Indicator, Observation
from steering.model.german import number
from tests.builders import indicator, municipality, observation, portfolio
from tests.exchange.files import workbook
from tests.exchange.genesis import new
from tests.exchange.lists_read import KNOWN, PLACES

TODAY = date(2026, 11, 27)
AHORN, RODACH, NEUSTADT = "09473112", "09473158", "09473151"


def read(content: str | bytes, /, *, known: Portfolio = KNOWN, name: str = "werte.csv", **said: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return reading.read(received(name, raw), known, "09473", TODAY, said)


def written(found: Any) -> list[tuple[Any, ...]]:
    """AGS, day, variant and value of each record, in the order of the file."""
    wanted = (each.values for row in found.rows for each in row.records if each.record is not Indicator)
    return [(each["ags"], str(each["reference_date"]), each.get("variant"), each["value"]) for each in wanted]


def made(found: Any) -> list[Mapping[str, Any]]:
    return [each.values for row in found.rows for each in row.records if each.record is Indicator]


def reasons(found: Any) -> list[str]:
    return [refusal.reason for row in found.rows for refusal in row.refusals]


LONG = "Gemeinde;Stand;Kennzahl;Wert\n"


@pytest.mark.parametrize(
    "said",
    ["Neustadt b.Coburg", "Neustadt bei Coburg, GKSt", "NEUSTADT B. COBURG", "Neustadt (Landkreis Coburg)"],
)
def test_a_municipality_is_known_by_any_spelling(said):
    assert written(read(f"{LONG}{said};31.12.2025;Asylsuchende;12\n")) == [
        (NEUSTADT, "2025-12-31", None, 12.0)
    ]


@pytest.mark.parametrize("key", [AHORN, AHORN.lstrip("0"), "094730112112", "94730112112"])
def test_a_municipality_is_known_by_its_key(key):
    assert written(read(f"AGS;Jahr;Asylsuchende\n{key};2025;12\n")) == [(AHORN, "2025-12-31", None, 12.0)]


def test_the_landkreis_and_sums_are_no_municipality_and_are_told():
    found = read(f"{LONG}Landkreis Coburg;2025;Asyl;500\n09473;2025;Asyl;9\nInsgesamt;2025;Asyl;9\n")
    assert written(found) == []
    assert [row.notes[0].partition(":")[2] for row in found.rows] == [
        " ganzer Landkreis, keine Gemeinde. Nicht übernommen."
    ] * 3
    assert "3 Zeilen nicht übernommen (ganzer Landkreis): Kennzahlen stehen je Gemeinde." in found.notes


@pytest.mark.parametrize(
    "said",
    [
        "VG Grub a.Forst", "Verwaltungsgemeinschaft Grub a.Forst", "Grub a.Forst (VGem)", "Grub a.Forst, VG",
        "V.G. Grub am Forst", "Verw.-Gem. Grub a. Forst", "VG Grub a.Forst (Landkreis Coburg)",
        "96271 VG Grub a.Forst",
    ],
)  # fmt: skip
def test_a_verwaltungsgemeinschaft_is_not_the_municipality_of_its_name(said):
    found = read(f"{LONG}{said};2025;Asyl;500\n")
    assert reasons(found) == [f"»{said}« ist eine Verwaltungsgemeinschaft. Bitte je Gemeinde angeben."]


def test_a_municipality_may_say_to_which_verwaltungsgemeinschaft_it_belongs():
    found = read(f"{LONG}Ahorn (VG Grub a.Forst);2025;Asyl;5\nGrub a.Forst (VG Grub a.Forst);2025;Asyl;6\n")
    assert [ags for ags, *_ in written(found)] == [AHORN, "09473132"]


def test_another_landkreis_is_set_apart():
    found = read("AGS;Gemeinde;Jahr;Asyl\n09476145;Kronach;2025;5\n;Ahorn (Main-Tauber-Kreis);2025;4\n")
    assert [bool(row.outside) for row in found.rows] == [True, True]


def test_years_abreast_are_read_below_titles_and_merged_groups():
    wide = "Ausländer in Gemeinden\nQuelle: Ausländerbehörde\n\nAGS;Gemeinde;2023;31.12.2024\n"
    found = read(f"{wide}9473112;Ahorn;10;12\n09473158;Bad Rodach;;20\n", kennzahl="Ausländer")
    assert written(found) == [
        (AHORN, "2023-12-31", None, 10.0),
        (AHORN, "2024-12-31", None, 12.0),
        (RODACH, "2024-12-31", None, 20.0),
    ]
    assert made(found)[0]["source"] == "Ausländerbehörde"
    groups: list[list[Any]] = [
        ["Gemeinde", "Bevölkerung", None, "Ausländer", None],
        [None, 2024, 2025, 2024, 2025],
        ["Ahorn", 4100, 4120.0, 300, 301],
    ]
    found = read(workbook(groups), name="werte.xlsx")
    assert [each["name"] for each in made(found)] == ["Bevölkerung", "Ausländer"]
    assert [value for *_, value in written(found)] == [4100.0, 4120.0, 300.0, 301.0]


WEGWEISER = (
    'Indikatoren;"2023\nAhorn (Coburg)";"2024\nAhorn (Coburg)";"2023\nKronach (Kronach)"\n'
    "Bevölkerung (Anzahl);4.100;4.120;9\nAusländeranteil (%);5,5;-;7\n"
)


def test_an_export_with_years_and_municipalities_in_its_header_is_read():
    found = read(WEGWEISER)
    assert written(found) == [
        (AHORN, "2023-12-31", None, 4100.0),
        (AHORN, "2024-12-31", None, 4120.0),
        (AHORN, "2023-12-31", None, 5.5),
    ]
    assert [each["unit"] for each in made(found)] == ["Personen", "Prozent"]
    assert any("Kronach" in note and "nicht übernommen" in note for note in found.notes)
    assert any("eine Null bitte als 0 schreiben" in note for note in found.notes)


def test_a_usual_kennzahl_brings_its_definition_and_its_target_group():
    (values,) = made(read("Gemeinde;Jahr;Ausländeranteil\nAhorn;2025;5,5\n"))
    assert (values["unit"], "geteilt durch" in values["note"]) == ("Prozent", True)


@pytest.mark.parametrize("mark", [mark for mark in sorted(MARKS) if mark] + ["k.A.", "X"])
def test_a_sign_for_what_is_not_known_is_named_with_its_meaning_and_never_zero(mark):
    found = read(f"{LONG}Ahorn;2025;Asyl;{mark}\nBad Rodach;2025;Asyl;0\n")
    assert written(found) == [(RODACH, "2025-12-31", None, 0.0)]
    assert f"»{mark}« ({MARKS.get(mark.lower(), 'keine Angabe')})" in found.rows[0].notes[0]
    assert any("1 Wert ist nicht bekannt" in note for note in found.notes)


def test_a_dash_is_zero_only_where_the_statistics_say_so():
    lines = f"{LONG}Ahorn;2025;Asyl;-\n"
    assert written(read(lines)) == []
    official = read(f"{lines}Quelle: Bayerisches Landesamt für Statistik\n")
    assert written(official) == [(AHORN, "2025-12-31", None, 0.0)]
    assert "1 Wert: »-« heißt genau null." in official.notes


@given(
    value=st.one_of(st.integers(0, 4_000), st.decimals(0, 4_000, places=2, allow_nan=False)).map(float),
    english=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_number_comes_back_as_it_was_written(value, english):
    said = f"{value:,.2f}" if english else number(value, 2)
    other = "0.55" if english else "0,55"
    found = read(f'{LONG}Ahorn;2025;Asyl;"{said}"\nBad Rodach;2025;Asyl;{other}\n')
    ours = [each for each in written(found) if each[0] == AHORN]
    assert ours == [(AHORN, "2025-12-31", None, round(value, 2))]


@given(cell=st.text(max_size=8).filter(lambda said: not set(said) & set('0123456789;"\n\r²³¹')))
@settings(max_examples=60, deadline=None)
def test_what_has_no_digit_never_becomes_a_value(cell):
    try:
        found = read(f"{LONG}Ahorn;2025;Asyl;{cell}\nBad Rodach;2025;Asyl;1\n")
    except FileRefused:
        return
    assert [each for each in written(found) if each[0] == AHORN] == []


def test_german_and_english_thousands_in_one_file_are_asked_about():
    found = read(f"{LONG}Ahorn;2025;Asyl;1.234\nBad Rodach;2025;Asyl;1,234\n")
    assert written(found) == []
    assert all("kann 1234 oder 1,234 heißen" in reason for reason in reasons(found))
    assert any("»1.234« als 1234 gelesen" in note for note in read(f"{LONG}Ahorn;2025;Asyl;1.234\n").notes)


def test_a_share_is_no_count():
    known = _with([indicator(id=1, name="Asylsuchende", unit="Personen")], [])
    found = read("Gemeinde;Jahr;Asylsuchende\nAhorn;2025;5 %\n", known=known)
    assert "zählt »Personen«, die Liste nennt »Prozent«" in reasons(found)[0]
    found = read("Gemeinde;Jahr;Asylsuchende (in %)\nAhorn;2025;5\n", known=known)
    assert "zählt »Personen«, die Liste nennt »Prozent«" in reasons(found)[0]
    mixed = read("Gemeinde;Jahr;Asyl\nAhorn;2025;5 %\nBad Rodach;2025;7\n")
    assert [row.place.row for row in mixed.rows if row.refusals] == [2]
    assert "»5 %« ist ein Anteil; andere Zeilen zählen »Asyl« in »Anzahl«." in reasons(mixed)[0]
    assert "mehr als 100 %" in reasons(read("Gemeinde;Jahr;Ausländeranteil\nAhorn;2025;550\n"))[0]


def _with(indicators: list[Any], observations: list[Any]) -> Portfolio:
    return portfolio(
        settings=dict(KNOWN.settings),
        municipalities=[municipality(ags=ags, name=name) for ags, (name, _) in PLACES.items()],
        indicators=indicators,
        observations=observations,
    )


def test_a_thousand_times_the_usual_is_a_slip():
    before = [
        observation(id=1, indicator_id=1, ags=AHORN, reference_date=date(2024, 12, 31), value=12.0),
    ]
    known = _with([indicator(id=1, name="Asylsuchende", unit="Plätze")], before)
    found = read("Gemeinde;Jahr;Asylsuchende\nAhorn;2025;12000\n", known=known)
    assert "das 1.000-Fache des Üblichen (12)" in reasons(found)[0]
    wide = read("Gemeinde;2022;2023;2024\nAhorn;5.100;5.200;5100000\nBad Rodach;1;2;3\n", kennzahl="Asyl")
    assert [row.place.row for row in wide.rows if row.refusals] == [2]


def test_two_values_for_one_day_are_both_refused():
    found = read(f"{LONG}Ahorn;2025;Asyl;5\nAhorn;31.12.2025;Asyl;6\nAhorn;2024;Asyl;7\nAhorn;2024;Asyl;7\n")
    assert [row.place.row for row in found.rows if row.refusals] == [2, 3]
    assert "Zeile 3 nennt" in reasons(found)[0]
    assert "Zeile 2 nennt" in reasons(found)[1]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Ahorn;31.12.1989;Asyl;5", "liegt vor 1990"),
        ("Ahorn;2027;Asyl;5", "liegt nach heute"),
        ("Ahorn;neulich;Asyl;5", "kein Datum"),
        ("Ahorn;;Asyl;5", "Die Zeit fehlt|nennt keinen Tag"),
        ("Ahorn;2025;;5", "Es fehlt, was gezählt wird"),
        (";2025;Asyl;5", "Die Gemeinde fehlt"),
        ("Ahorn, Bad Rodach;2025;Asyl;5", "mehrere Gemeinden"),
        ("Ahron;2025;Asyl;5", "gemeint »Ahorn«"),
        ("Ahorn;2025;Asyl;-5", "zählt ab null"),
        ("Ahorn;2025;Asyl;viel", "keine Zahl"),
        ("Ahorn;2025;Asyl;5;6", "mehr Zellen als Überschriften"),
    ],
)
def test_what_nobody_can_mean_is_refused_at_its_row_and_the_rest_is_read(line, reason):
    found = read(f"{LONG}{line}\nBad Rodach;2025;Asyl;7\n")
    assert written(found) == [(RODACH, "2025-12-31", None, 7.0)]
    (said,) = reasons(found)
    assert any(each in said for each in reason.split("|"))


def test_three_columns_are_three_variants_with_their_source():
    found = read("Gemeinde;Jahr;niedrig;mittel;hoch\nAhorn;2030;10;20;30\n", kennzahl="Asyl", quelle="Amt")
    assert written(found) == [
        (AHORN, "2030-12-31", "low", 10.0),
        (AHORN, "2030-12-31", "middle", 20.0),
        (AHORN, "2030-12-31", "high", 30.0),
    ]
    assert {each.values["source"] for each in found.rows[0].records if each.record is Forecast} == {"Amt"}


def test_a_column_says_the_variant_row_by_row_and_what_was_counted_stays_apart():
    lines = (
        "Gemeinde;Jahr;Variante;Quelle;Asyl\nAhorn;2030;hoch;Amt;10\nAhorn;2025;;;9\nAhorn;2025;niedrig;Amt;8\n"
        "Ahorn;2030;quer;Amt;8\nAhorn;2030;mittel;;8\nAhorn;2036;mittel;Amt;8\nAhorn;2031;erhoben;Amt;8\n"
    )
    found = read(lines)
    assert [(each.record, each.values["value"]) for row in found.rows for each in row.records[:1]] == [
        (Forecast, 10.0), (Observation, 9.0),
    ]  # fmt: skip
    for part, reason in zip(
        ("gilt für einen Tag nach heute", "keine Variante", "gehört ihre Quelle", "bis 31.12.2035",
         "liegt nach heute"), reasons(found), strict=True,
    ):  # fmt: skip
        assert part in reason


def test_a_title_makes_the_whole_table_a_forecast_and_leaves_out_the_years_that_are_over():
    wide = "Bevölkerungsvorausberechnung\nGemeinde;2024;2030;2040\nAhorn;4.100;4.200;4.300\n"
    found = read(wide, kennzahl="Bevölkerung", quelle="Landesamt")
    assert written(found) == [(AHORN, "2030-12-31", "middle", 4200.0)]
    assert any("Als Prognose gelesen, mittlere Variante" in note for note in found.notes)
    assert any("Spalte »2024« nicht übernommen: Eine Prognose gilt" in note for note in found.notes)
    assert any(
        "Spalte »2040« nicht übernommen" in note and "Planungshorizont" in note for note in found.notes
    )
    high = read(wide, kennzahl="Bevölkerung", quelle="Landesamt", variante="hoch")
    assert [variant for _, _, variant, _ in written(high)] == ["high"]


def test_a_flat_csv_of_days_to_come_is_a_forecast_or_refused():
    content = new([(AHORN, "2030", "Insgesamt", "5"), (AHORN, "2025", "Insgesamt", "4")])
    counted = read(content)
    assert [(each[1], each[3]) for each in written(counted)] == [("2025-12-31", 4.0)]
    assert "liegt nach heute" in reasons(counted)[0]
    expected = read(content, variante="niedrig", quelle="Landesamt")
    assert written(expected) == [(AHORN, "2030-12-31", "low", 5.0)]
    assert "ist keiner" in reasons(expected)[0]
    with pytest.raises(FileRefused, match="dazu gehört ihre Quelle"):
        read(content, variante="niedrig")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Gemeinde;2024;2025\nAhorn;1;2\n", "nennt nicht, was gezählt wird"),
        ("Gemeinde;Asyl\nAhorn;1\n", "nennt keinen Tag"),
        ("Name;Ort\nA;B\n", "keine Flat-CSV"),
        ("Gemeinde;2030;2031\nAhorn;1;2\n", "was gezählt wird"),
    ],
)
def test_a_list_that_does_not_say_what_or_when_is_a_sentence(content, said):
    with pytest.raises(FileRefused, match=said):
        read(content)


def test_what_is_said_of_the_whole_file_fills_in_what_it_does_not_say():
    found = read("Gemeinde;Wert\nAhorn;5\n", kennzahl="Asyl", stand="30.06.2025", einheit="Personen")
    assert written(found) == [(AHORN, "2025-06-30", None, 5.0)]
    assert made(found)[0]["unit"] == "Personen"
    found = read("Stand: 30.06.2025\nGemeinde;Asyl\nAhorn;5\n")
    assert written(found) == [(AHORN, "2025-06-30", None, 5.0)]


def test_days_of_a_workbook_and_american_ones_are_read():
    found = read(workbook([["Gemeinde", "Stand", "Asyl"], ["Ahorn", date(2025, 6, 30), 5]]), name="w.xlsx")
    assert written(found) == [(AHORN, "2025-06-30", None, 5.0)]
    found = read("Gemeinde;Stand;Asyl\nAhorn;06/30/2025;5\nAhorn;01/02/2025;6\n")
    assert [day for _, day, _, _ in written(found)] == ["2025-06-30", "2025-01-02"]


@pytest.mark.parametrize(
    "content",
    [
        "Angaben in Tausend\nGemeinde;Jahr;Asyl\nAhorn;2025;5\n",
        "Bevölkerung (Tsd.)\nGemeinde;Jahr;Asyl\nAhorn;2025;5\n",
        "Gemeinde;Jahr;Asyl (in 1.000)\nAhorn;2025;5\n",
        "Gemeinde;Jahr;Kennzahl;Wert in Tsd.\nAhorn;2025;Asyl;5\n",
        "Gemeinde;Asyl in Tausend 2025\nAhorn;5\n",
    ],
)
def test_what_is_counted_in_thousands_is_never_taken_for_single_ones(content):
    with pytest.raises(FileRefused, match=r"eine Kennzahl in einzelnen\. Bitte die Werte ausschreiben"):
        read(content)


def test_a_kennzahl_in_thousands_is_refused_at_its_row_and_a_rate_per_thousand_is_none():
    found = read(f"{LONG}Ahorn;2025;Asyl (in 1 000);5\nAhorn;2025;Asyl je 1.000 Einwohner;5\n")
    assert [row.place.row for row in found.rows if row.refusals] == [2]
    assert written(found) == [(AHORN, "2025-12-31", None, 5.0)]


@pytest.mark.parametrize("said", ["12,345", "1,234"])
def test_three_digits_behind_a_comma_are_asked_about_unless_the_file_shows_what_it_means(said):
    line = f"{LONG}Ahorn;2025;Asyl;{said}\n"
    assert "mit Nachkommastellen oder mit Tausendern" in reasons(read(line))[0]
    english = read(f"{line}Bad Rodach;2025;Asyl;1,234.5\n")
    assert written(english)[0] == (AHORN, "2025-12-31", None, float(said.replace(",", "")))
    share = read(f"Gemeinde;Jahr;Anteil (%)\nAhorn;2025;{said}\n", kennzahl="Quote")
    assert written(share) == [(AHORN, "2025-12-31", None, float(said.replace(",", ".")))]


def test_a_column_of_signs_for_what_is_not_told_keeps_its_values():
    lines = "Meeder;2025;< 3\nLautertal;2025;k. A.\nBad Rodach;2025;keine Angabe\nAhorn;2025;12\n"
    found = read(f"Gemeinde;Jahr;Asyl\n{lines}")
    assert written(found) == [(AHORN, "2025-12-31", None, 12.0)]
    assert "»< 3« ist keine Zahl" in reasons(found)[0]


@pytest.mark.parametrize(
    ("headings", "cells", "reason"),
    [
        ("Stand;Ausländer 2023", "01.03.2025;5", "»Stand« sagt »01.03.2025«, »Ausländer 2023« sagt »2023«"),
        ("Jahr;Bevölkerung (Gebietsstand 2024)", "2020;5", "Bitte klären, welcher Tag gilt"),
        ("Jahr;Stichtag;Ausländer", "2023;30.06.2024;5", "»Jahr« sagt »2023«, »Stichtag« sagt »30.06.2024«"),
        ("Jahr;Monat;Ausländer", "2025;Januar;5", "»Jahr« und »Monat« nennen beide eine Zeit"),
        ("Jahr;Monat;Ausländer", "2025;1;5", "»Jahr« und »Monat« nennen beide eine Zeit"),
        ("Monat;Jahr;Ausländer", "1;2025;5", "nennen beide eine Zeit"),
    ],
)
def test_a_row_that_says_two_times_is_refused(headings, cells, reason):
    found = read(f"Gemeinde;{headings}\nAhorn;{cells}\n")
    assert written(found) == []
    assert reason in reasons(found)[0]


@pytest.mark.parametrize(
    ("headings", "cells", "day"),
    [
        ("Stand;Ausländer 2023", "30.06.2023;5", "2023-06-30"),
        ("Stand;Ausländer 2023", ";5", "2023-12-31"),
        ("Jahr;Ausländer 30.06.2023", "2023;5", "2023-06-30"),
        ("Jahr;Stichtag;Ausländer", "2023;30.06.2023;5", "2023-06-30"),
        ("Jahr;Stichtag;Ausländer", ";30.06.2023;5", "2023-06-30"),
        ("Jahr;Berichtsmonat;Ausländer", "2023;Juni 2023;5", "2023-06-30"),
    ],
)
def test_of_a_year_and_a_day_in_it_the_day_counts(headings, cells, day):
    found = read(f"Gemeinde;{headings}\nAhorn;{cells}\n", stand="01.01.2020")
    assert written(found) == [(AHORN, day, None, 5.0)]


def test_parts_of_a_value_are_not_taken_for_the_whole_also_where_they_are_equal():
    lines = "Ahorn;2025;männlich;5\nAhorn;2025;weiblich;5\nBad Rodach;2025;männlich;7\n"
    found = read(f"Gemeinde;Jahr;Geschlecht;Asyl\n{lines}")
    assert written(found) == [(RODACH, "2025-12-31", None, 7.0)]
    assert "Zeile 3 nennt" in reasons(found)[0]
    assert "unter »Geschlecht« aber »weiblich«" in reasons(found)[0]
    same = "Ahorn;2025;insgesamt;5\n" * 2
    assert reasons(read(f"Gemeinde;Jahr;Geschlecht;Asyl\n{same}")) == []
