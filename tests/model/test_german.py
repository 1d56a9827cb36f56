"""What offices write is read, what is not clear is refused with the remedy."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.model import EndKind, german


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31.12.2026", date(2026, 12, 31)),
        (" 1.2.26 ", date(2026, 2, 1)),
        ("1. 2. 2026", date(2026, 2, 1)),
        ("2026-12-31", date(2026, 12, 31)),
        ("", None),
    ],
)
def test_days_are_read_as_they_are_written(text, expected):
    assert german.read_day(text) == expected


@pytest.mark.parametrize("text", ["31/12/2026", "12.2026", "morgen", "31.12.26 bis heute"])
def test_what_is_no_day_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"TT\.MM\.JJJJ"):
        german.read_day(text)


def test_a_day_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match=r"»30\.02\.2026« gibt es nicht"):
        german.read_day("30.02.2026")


@given(st.dates())
def test_a_written_day_is_read_back(value):
    assert german.read_day(f"{value.day}.{value.month}.{value.year:04d}") == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1,5", 1.5), ("1.234,5", 1234.5), ("1.234", 1234.0), ("0,25", 0.25), ("12", 12.0), ("", None)],
)
def test_numbers_have_a_decimal_comma(text, expected):
    assert german.read_number(text) == expected


@pytest.mark.parametrize(
    "text", ["1.5", "1,234.5", "-1", "eins", "1..000", "1,", "0.125", "00.250", "012.345"]
)
def test_a_point_that_may_be_a_comma_is_refused(text):
    with pytest.raises(ValueError, match="mit Komma"):
        german.read_number(text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("13.000", 1_300_000), ("13.000,50 €", 1_300_050), ("13000 EUR", 1_300_000), ("", None)],
)
def test_money_is_read_in_euro_and_kept_in_cents(text, cents):
    assert german.read_euro(text) == cents


@pytest.mark.parametrize("text", ["12,345", "12,345 €", "1.000,500"])
def test_a_comma_that_may_separate_thousands_is_refused(text):
    with pytest.raises(ValueError, match="mehr als zwei Stellen nach dem Komma"):
        german.read_euro(text)


@given(st.integers(min_value=0, max_value=10**12))
def test_written_money_is_read_back_to_the_cent(cents):
    assert german.read_euro(german.euro(cents)) == cents


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("unbefristet", EndKind.OPEN),
        ("Daueraufgabe", EndKind.OPEN),
        ("jährlich", EndKind.ANNUAL),
        ("k.A.", EndKind.UNKNOWN),
        ("", EndKind.UNKNOWN),
    ],
)
def test_an_end_in_words_is_a_kind_of_end(text, kind):
    assert german.read_end(text) == (kind, None)


def test_an_end_with_a_day_is_fixed():
    assert german.read_end("31.12.2027") == (EndKind.FIXED, date(2027, 12, 31))


def test_an_unreadable_end_names_the_words_that_are_possible():
    with pytest.raises(ValueError, match="»unbefristet«, »jährlich« und »nicht bekannt«"):
        german.read_end("bald")


def test_numbers_are_written_in_german_and_unknown_in_words():
    assert german.number(1234.5) == "1.234,5"
    assert german.number(float("nan")) == "nicht bekannt"
    assert german.euro(1_300_000) == "13.000 €"
    assert german.euro(1_300_050) == "13.000,50 €"
    assert german.fte(1.5) == "1,5 VZÄ"
    assert german.fte(None) == "VZÄ nicht bekannt"
    assert german.day(None) == "nicht bekannt"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A und B"),
        (["A", "B", "C"], "A, B und C"),
        (["A", "B", "C", "D", "E"], "A, B, C und 2 weitere"),
    ],
)
def test_lists_end_with_und_and_long_ones_with_a_number(words, expected):
    assert german.listing(words) == expected


def test_counting_speaks_in_the_right_number():
    assert german.count(1, "Struktur", "Strukturen") == "1 Struktur"
    assert german.count(0, "Struktur", "Strukturen") == "0 Strukturen"
    assert german.count(1200, "Struktur", "Strukturen") == "1.200 Strukturen"


def test_no_line_break_parts_a_figure_from_its_sign():
    said = german.unbroken("je rund 105.000 € oder 1,5 VZÄ nach § 5, 50 % und 20 Plätze im Jahr 2027 Ende")
    assert said.replace("\N{NO-BREAK SPACE}", "~") == (
        "je rund~105.000~€ oder 1,5~VZÄ nach §~5, 50~% und 20~Plätze im Jahr 2027 Ende"
    )


@pytest.mark.parametrize(("estimated", "words"), [(True, "30.06.2026 (geschätzt)"), (False, "30.06.2026")])
def test_an_estimated_day_says_so(estimated, words):
    assert german.about(date(2026, 6, 30), estimated) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zwei", "»zwei« ist keine Zahl. Bitte ohne Nachkommastellen eingeben, z. B. 14."),
        ("1,5", "»1,5« ist keine ganze Zahl. Bitte ohne Nachkommastellen eingeben, z. B. 14."),
        ("9" * 20, "zu groß"),
    ],
)
def test_what_is_no_whole_number_is_not_asked_for_with_a_comma(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="Bitte") as problem:
        german.read_whole(text)
    assert said in str(problem.value)
    assert "mit Komma" not in str(problem.value)
    assert [german.read_whole(each) for each in ("", " 14 ", "1.200", "3,0")] == [None, 14, 1200, 3]


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(0), "eben"),
        (timedelta(seconds=59), "eben"),
        (timedelta(minutes=1), "vor 1 Minute"),
        (timedelta(hours=2), "vor 2 Stunden"),
        (timedelta(days=3), "vor 3 Tagen"),
    ],
)
def test_how_long_ago_is_said_in_words(passed: timedelta, said: str) -> None:
    now = datetime(2026, 11, 27, 14, 5, tzinfo=UTC)
    assert german.ago(now - passed, now) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [("-1,5", -1.5), ("−2", -2.0), ("– 3", -3.0), ("+1.000", 1000.0), ("4", 4.0), ("-0", 0.0), ("", None)],
)
def test_a_change_has_a_sign(text, expected):
    assert german.read_signed(text) == expected


@pytest.mark.parametrize("text", ["-", "--1", "-x", "1-"])
def test_what_is_no_change_is_refused(text):
    with pytest.raises(ValueError, match="keine Zahl"):
        german.read_signed(text)
