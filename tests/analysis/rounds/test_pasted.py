"""Mails that were pasted in: what is a point, and that no line gets lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.rounds import pasted
from steering.model import Wish

MAIL = """Von: beratung@caritas.example
Betreff: AW: Nächste Runde

Liebe Kolleginnen und Kollegen,

von uns gern auf die Tagesordnung:

1. Wohnraum für Familien (15 Min.)
   Warum: Drei Familien stehen im Januar ohne Wohnung da.
   Ziel: Wer spricht mit der Wohnbau?
   - auch in Neustadt
2) Sprachkurse am Abend

TOP: Fahrtkosten
• Kinderbetreuung

Außerdem wäre ein früherer Beginn gut.

Mit freundlichen Grüßen
Anna Beispiel
Am 12.11.2026 um 09:00 schrieb das Landratsamt:
> 1. Bitte schicken Sie Ihre Themen.
"""


def test_a_mail_becomes_its_points_and_says_what_it_left_out():
    found = pasted.read(MAIL)
    assert [each.name for each in found.points] == [
        "Wohnraum für Familien (15 Min.)", "Sprachkurse am Abend", "Fahrtkosten", "Kinderbetreuung",
    ]  # fmt: skip
    first = found.points[0]
    assert first.reason == "Drei Familien stehen im Januar ohne Wohnung da.\n- auch in Neustadt"
    assert (first.wanted, first.minutes) == ("Wer spricht mit der Wohnbau?", 15)
    assert [(each.line, each.why) for each in found.left_out] == [
        (1, "Kopfzeile"), (2, "Kopfzeile"), (4, "Anrede"), (6, pasted.UNREAD), (17, pasted.UNREAD),
        (19, "Gruß und Signatur"), (20, "Gruß und Signatur"), (21, "Gruß und Signatur"),
        (22, "Zitat"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "> 1. Wohnraum", "--", "Viele Grüße", "VG Anna", "-----Ursprüngliche Nachricht-----", "MfG", "lg,",
        "VG, Anna Beispiel", "MfG A. Beispiel-Muster", "Am 12.11.2026 um 9 Uhr schrieb das Landratsamt:",
        "Am 12.11.2026 schrieb Anna\n<anna@caritas.example>:", "Von: Anna\nGesendet: heute\nAn: alle",
    ],
)  # fmt: skip
def test_a_quoted_line_or_a_farewell_is_no_point_and_neither_is_what_comes_after_a_farewell(line):
    after = "> 2. Sprachkurse" if line.startswith(">") else "2. Sprachkurse"
    found = pasted.read(f"Bitte.\n\n{line}\n{after}")
    assert not found.points
    assert [each.text for each in found.left_out] == ["Bitte.", *line.splitlines(), after]


WITHIN = [
    "VG Grub a.Forst deutlich.", "VG Grub a.Forst", "LG zum Wohnungsbau in Neustadt",
    "Von: der Ausländerbehörde kam die Zahl", "Am Montag schrieb uns der JMD, es fehle Platz.",
    "Am 12.11. schrieb die Schule, dass sie Räume hat.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("blank", "line"), [*((blank, line) for blank in ("", "\n") for line in WITHIN), ("", "VG Grub")]
)
def test_a_line_within_the_mail_does_not_end_it(blank, line):
    found = pasted.read(f"1. Wohnraum: teurer wird es in der\n{blank}{line}\n\n2. Sprachkurse\nWarum: voll")
    assert [each.name for each in found.points] == ["Wohnraum: teurer wird es in der", "Sprachkurse"]
    assert [each.why for each in found.left_out] == ([pasted.UNREAD] if blank else [])


def test_a_mail_that_is_answered_below_is_quoted_from_its_sender_on():
    found = pasted.read("1. Wohnraum\n\nVon: Landratsamt\nBetreff: Runde\n1. Altes Thema")
    assert [each.name for each in found.points] == ["Wohnraum"]
    assert {each.why for each in found.left_out} == {"Zitat"}


def test_a_line_that_was_left_out_can_be_a_point_after_all():
    (left,) = pasted.read("Wohnraum bitte besprechen <dringend>").left_out
    assert pasted.as_point(left).name == "Wohnraum bitte besprechen ‹dringend›"


def test_a_title_too_long_for_one_is_kept_in_the_reason():
    long = "Wohnraum " * 40
    (point,) = pasted.read(f"1. {long}").points
    assert len(point.name) == 200
    assert point.reason == long.strip()


@pytest.mark.parametrize(
    ("text", "said"),
    [("Zeile\n" * 300, "hat 300 Zeilen"), ("\n\n".join(["- Thema"] * 31), "stehen 31 Punkte")],
)
def test_a_text_too_long_to_be_looked_through_is_refused(text, said):
    with pytest.raises(pasted.PasteRefused, match=said):
        pasted.read(text)


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from([*MAIL.splitlines(), "", " - tiefer", "Ziel: Klarheit", "3. " + "lang " * 600]),
        st.from_regex(r"( {0,3}([-*•]|\d{1,2}[.)]|TOP \d:) )[a-zäöü<>]{1,20}", fullmatch=True),
    ),
    max_size=60,
)


@settings(max_examples=150)
@given(LINES)
def test_each_line_that_says_something_is_in_one_point_or_among_those_left_out(lines):
    text = "\n".join(lines)
    try:
        found = pasted.read(text)
    except pasted.PasteRefused:
        return
    said = {number for number, line in enumerate(text.splitlines(), start=1) if line.split()}
    told = [line for point in found.points for line in point.lines] + [each.line for each in found.left_out]
    assert sorted(told) == sorted(said)
    for point in found.points:
        values = {"name": point.name, "reason": point.reason, "wanted": point.wanted}
        more = {"minutes": point.minutes, "meeting_id": 1, "organisation_id": 1, "proposed_on": "2026-11-22"}
        Wish.model_validate(values | more)
