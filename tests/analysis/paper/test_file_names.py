"""A paper's file is named by what it is about and the day: whole words, no torn sentence."""

from datetime import date

import pytest

from steering.analysis.document import Document

PAPER = "Sitzungsvorlage: "


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            f"{PAPER}Ende der Förderung: Beratungs- und Integrationsrichtlinie (BIR III), Ende am 31.12.2026",
            "Sitzungsvorlage Ende der Förderung Beratungs- und Integrationsrichtlinie (BIR III) 2026-11-27",
        ),
        (f"{PAPER}Läuft aus: Integrationslotsen", "Sitzungsvorlage Läuft aus Integrationslotsen 2026-11-27"),
        (f"{PAPER}{'Wort ' * 30}", f"Sitzungsvorlage{' Wort' * 17} 2026-11-27"),
        (f"{PAPER}{'x' * 300}", "Sitzungsvorlage 2026-11-27"),
    ],
)
def test_a_name_that_is_too_long_ends_where_a_part_of_the_title_does(title: str, name: str) -> None:
    assert Document(title, date(2026, 11, 27), ()).file_name == name
