"""Tables of the Statistische Ämter: which area, which day, which value, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from steering.analysis.incoming import New
from steering.exchange.genesis import reading
from steering.exchange.genesis.cells import area_of, counted_on, figure
from steering.exchange.incoming_files import FileRefused, received
from steering.model import Indicator, Observation
from tests.exchange.files import workbook
from tests.exchange.genesis import AHORN, ARS, GRUB, NEW_HEAD, RODACH, Line, new, old
from tests.exchange.lists_read import KNOWN, of

TODAY = date(2026, 11, 27)


def read(content: bytes, name: str = "12411.csv"):
    return reading.read(received(name, content), KNOWN, "09473", TODAY)


def values(found) -> list[tuple[str, str, str, float] | str]:
    """Kennzahl, AGS, day and value of each row, or what became of it instead."""
    told: list[tuple[str, str, str, float] | str] = []
    for row in found.rows:
        seen = of(row, Observation)
        if row.refusals:
            told.append("refused")
        elif seen:
            known = seen["indicator_id"].key
            told.append((known[0], seen["ags"], str(seen["reference_date"]), seen["value"]))
        else:
            told.append("outside" if row.outside else "nothing")
    return told


@pytest.mark.parametrize("generation", ["new", "old", "old in UTF-8"])
def test_each_value_of_a_municipality_is_an_observation(generation):
    day = "2023-12-31" if generation == "new" else "31.12.2023"
    lines: list[Line] = [
        (RODACH, day, "Ausländer/-innen", "1234,5"),
        (AHORN, day, "Ausländer/-innen", "7"),
        (AHORN, day, "Insgesamt", "-"),
    ]
    encoding = "utf-8-sig" if generation.endswith("8") else "latin-1"
    found = read(new(lines) if generation == "new" else old(lines, encoding=encoding))
    assert values(found) == [
        ("bevölkerungsstand: ausländer/-innen", RODACH, "2023-12-31", 1234.5),
        ("bevölkerungsstand: ausländer/-innen", AHORN, "2023-12-31", 7.0),
        ("bevölkerungsstand", AHORN, "2023-12-31", 0.0),
    ]
    made = of(found.rows[0], Indicator)
    assert made["name"] == "Bevölkerungsstand: Ausländer/-innen"
    assert made["unit"] == ("Personen" if generation == "new" else "Anzahl")
    attribution = "© Statistische Ämter des Bundes und der Länder, Deutschland, 2026, dl-de/by-2-0"
    assert attribution in made["source"]
    assert made["source"].startswith("Statistik 12411 Fortschreibung")


@pytest.mark.parametrize("generation", [new, old])
@pytest.mark.parametrize("mark", [".", "/", "x", "X", "...", ""])
def test_what_is_not_known_is_named_and_never_zero(generation, mark):
    found = read(generation([(AHORN, "31.12.2023", "Insgesamt", mark)]))
    assert values(found) == ["nothing"]
    assert "nicht bekannt" in found.rows[0].notes[0]
    assert any("1 Wert ist nicht bekannt" in note and (mark or "leer") in note for note in found.notes)


def test_a_sign_of_quality_beside_a_value_counts():
    head = f"{NEW_HEAD};value_q"
    lines = new(
        [(AHORN, "2023", "Insgesamt", "0"), (GRUB, "2023", "Insgesamt", ""), (RODACH, "2023", "a", "5")]
    )
    rows = lines.decode("utf-8-sig").split("\r\n")[1:4]
    content = "\n".join([head, f"{rows[0]};/", f"{rows[1]};-", f"{rows[2]};e"])
    assert [each if isinstance(each, str) else each[3] for each in values(read(content.encode()))] == [
        "nothing", 0.0, 5.0,
    ]  # fmt: skip


def test_several_figures_side_by_side_are_several_observations():
    lines = [(AHORN, "31.12.2023", "Insgesamt", "4.000,5|12"), (RODACH, "31.12.2023", "Insgesamt", "3|.")]
    found = read(old(lines, more="  FLC006__Gebiets_flaeche__qkm"))
    kept = [
        [each.values["value"] for each in row.records if each.record is Observation] for row in found.rows
    ]
    assert kept == [[4000.5, 12.0], [3.0]]
    units = [each.values["unit"] for each in found.rows[0].records if each.record is Indicator]
    assert units == ["Anzahl", "qkm"]
    assert found.rows[1].notes == (
        "Bad Rodach, St, Gebiets flaeche: nicht bekannt, "
        "».« (nicht bekannt oder geheim); nichts geschrieben.",
    )


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        (AHORN, "ags"),
        (AHORN.lstrip("0"), "ags"),
        (ARS[AHORN], "ags"),
        (ARS[RODACH].lstrip("0"), "ags"),
        ("09473", "whole"),
        ("9473", "whole"),
        ("094730000000", "whole"),
        ("094735308", "whole"),
        ("09463", "outside"),
        ("09463000", "outside"),
        ("09276130", "outside"),
        ("09", "outside"),
        ("094", "outside"),
        ("DG", "outside"),
        ("09473999", "wrong"),
        ("", "wrong"),
        ("Ahorn", "wrong"),
    ],
)
def test_an_area_is_known_by_its_key(key, meant):
    area = area_of(key, "Ort", "09473", set(KNOWN.municipalities["ags"]))
    assert [kind for kind in ("ags", "outside", "whole", "wrong") if getattr(area, kind)] == [meant]


def test_areas_that_are_no_municipality_of_ours_bring_no_record():
    keys = ["DG", "09", "09473", "09463", ARS[AHORN], "09473999"]
    found = read(new([(key, "2023", "Insgesamt", "5") for key in keys]))
    assert [each if isinstance(each, str) else each[1] for each in values(found)] == [
        "outside", "outside", "nothing", "outside", AHORN, "refused",
    ]  # fmt: skip
    assert "nicht erfasst" in found.rows[5].refusals[0].reason
    assert any("ganzer Kreis" in note for note in found.notes)


@pytest.mark.parametrize(
    ("said", "part", "day"),
    [
        ("2023-12-31", "", date(2023, 12, 31)),
        ("2022-05-15T00:00:00", "", date(2022, 5, 15)),
        ("31.12.2023", "", date(2023, 12, 31)),
        ("2023", "", date(2023, 12, 31)),
        ("2023", "MONAT02", date(2023, 2, 28)),
        ("2023", "QUART3", date(2023, 9, 30)),
        ("2023/24", "", date(2023, 10, 1)),
        ("1999/2000", "", date(1999, 10, 1)),
    ],
)
def test_a_time_is_a_day(said, part, day):
    assert counted_on(said, part) == day


@pytest.mark.parametrize("said", ["", "neulich", "2023/25", "31.02.2023", "0000", "1850", "WS 2023/24"])
def test_a_time_that_is_none_is_refused_at_its_column(said):
    (row,) = read(new([(AHORN, said, "Insgesamt", "5")])).rows
    (refusal,) = row.refusals
    assert (refusal.column, refusal.value) == ("time", said)
    assert "Bitte" in refusal.reason


def test_the_days_of_periods_are_said():
    found = read(new([(AHORN, "2023", "a", "5"), (AHORN, "2023/24", "a", "5")]))
    assert "Zeiträume stehen an einem Tag: 2023 am 31.12.2023 und 2023/24 am 01.10.2023." in found.notes


@pytest.mark.parametrize("said", ["1.234", "1234.5", "-3", "viel", "12 r", "2000000000", "1;2", "#WERT!"])
def test_a_value_that_may_mean_two_things_is_refused(said):
    (row,) = read(old([(AHORN, "31.12.2023", "Insgesamt", said)])).rows
    assert row.refusals
    assert not row.records


def test_zero_is_zero():
    assert [figure("-"), figure("0"), figure("", "-"), figure("0", "x")] == [0.0, 0.0, 0.0, None]


def test_two_values_for_the_same_are_a_contradiction_and_the_same_twice_is_one():
    line = (AHORN, "2023", "Insgesamt", "5")
    found = read(new([line, line, (AHORN, "2023", "Insgesamt", "6")]))
    assert values(found) == ["refused"] * 3
    assert "Zeile 2" in found.rows[2].refusals[0].reason
    assert "Zeile 4" in found.rows[1].refusals[0].reason
    first, second = (row.records[0].key for row in read(new([line, line])).rows)
    assert first == second
    assert isinstance(first.indicator, New)


def test_a_long_name_fits_and_keeps_what_tells_it_apart():
    ends = ("weiblich", "männlich")
    found = read(new([(AHORN, "2023", f"{'Wort ' * 50}{end}", "5") for end in ends]))
    names = [of(row, Indicator)["name"] for row in found.rows]
    assert [name.endswith(end) for name, end in zip(names, ends, strict=True)] == [True, True]
    assert max(map(len, names)) <= 200
    assert "Wort " * 49 in of(found.rows[0], Indicator)["note"]


def test_a_table_saved_in_excel_is_read_too():
    head = NEW_HEAD.split(";")
    area = ["GEMEIN", "Gemeinden", int(AHORN), "Ahorn"]
    group = ["NAT", "Nationalität", "A", "Alle"]
    row = ["12411", "F", "JAHR", "Jahr", 2023, *area, *group, 5.5, "Anzahl", "BEV", "Bevölkerung"]
    assert values(read(workbook([head, row]), "a.xlsx")) == [("bevölkerung: alle", AHORN, "2023-12-31", 5.5)]


def test_the_areas_may_be_any_of_the_classifications():
    content = new([("MÄNNLICH", "2023", AHORN, "5")])
    assert values(read(content.replace(AHORN[:4].encode() + b";", AHORN.encode() + b";")))[0][1] == AHORN


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Name;Ort\nA;B\n", "ist keine Flat-CSV"),
        (NEW_HEAD.replace("value;", "").encode(), "ist keine Flat-CSV"),
        (b"GENESIS-Tabelle: 12411\n;;2023\n09473;Coburg;5\n", "ist keine Flat-CSV"),
        (new([("NATD", "2023", "Deutsche", "5")]), "keine Gebiete"),
    ],
)
def test_another_file_is_refused_with_a_remedy(content, said):
    with pytest.raises(FileRefused, match=said) as refused:
        read(content, "liste.csv")
    assert str(refused.value).startswith("»liste.csv« ")
    assert "Bitte" in str(refused.value)


def test_a_header_alone_is_a_table_without_rows():
    assert read(new([])).rows == ()


def test_a_row_that_is_cut_off_or_shifted_is_refused():
    content = new([(AHORN, "2023", "Insgesamt", "5")]).decode("utf-8-sig").strip()
    cut = content[: content.index(";5;")]
    assert values(read(cut.encode())) == ["refused"]
    assert values(read(f"{content};mehr".encode())) == ["refused"]
