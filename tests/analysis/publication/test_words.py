"""Every value of the directory in German, and what stays out in agreement with what is chosen."""

from datetime import date

import pytest

from steering.analysis.publication import words
from steering.analysis.publication.choosing import public_directory
from steering.analysis.publication.content import PublicDirectory, PublicEntry
from steering.analysis.publication.standing import structures_standing
from steering.model import Potential, Provenance, PublicOffer, StructureKind
from tests import builders

DIRECTORY = PublicDirectory(
    "Kreis", "09473", places=(("1", "Ahorn"), ("2", "Weitramsdorf")), fields=(("s", "Sprache"),)
)
TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("what", "Beratung", "Beratung"),
        ("field", "s", "Sprache"),
        (
            "tasks",
            [{"field": "s", "task": "Kurse"}, {"field": "s", "task": "Hilfe"}],
            "Sprache: Kurse, Hilfe",
        ),
        ("reach", {"district_wide": True, "municipalities": ["1"]}, "im ganzen Landkreis"),
        ("reach", {"district_wide": False, "municipalities": ["2", "1"]}, "Ahorn, Weitramsdorf"),
        ("area", {"name": "Ahorn", "district_wide": False, "municipalities": ["1"]}, "Ahorn"),
        ("address", {"street": "Weg 1", "postal_code": "96450", "town": "Coburg"}, "Weg 1, 96450 Coburg"),
        ("address", {"latitude": 50.25, "longitude": 10.9}, "Punkt auf der Karte 50,2500 / 10,9000"),
        ("contact", {"function": "Beratung", "phone": "09561 1"}, "Beratung, Telefon 09561 1"),
        ("end", {"until": "2027-06-30"}, "30.06.2027"),
        ("end", {"open_ended": True}, "unbefristet"),
        ("places", 1, "1 Platz"),
        ("confirmed", "2026-11-01", "01.11.2026"),
        ("texts", [{"language": "en", "title": "Advice", "text": ""}], "Englisch: Advice"),
        ("opening", None, ""),
    ],
)
def test_a_value_reads_as_german(name, value, text):
    assert words.said(name, value, DIRECTORY) == text


def test_nothing_of_an_entry_is_left_untold_not_even_what_has_no_label():
    entry = PublicEntry("angebot-1", {"name": "A", "places": 2, "what": "B", "later": "C"})
    assert words.told(entry, DIRECTORY) == [("Was", "B"), ("Plätze", "2 Plätze"), ("later", "C")]


def test_every_flag_shows_something_that_has_a_label():
    flags = {name for kind in (PublicOffer, Potential) for name in kind.model_fields if name[:6] == "shows_"}
    assert {flag.removeprefix("shows_") for flag in flags} <= set(words.LABELS)


def test_what_is_kept_out_is_what_is_not_chosen_though_all_is_decided_to_be_public():
    made = [
        builders.structure(id=1, name="läuft"),
        builders.structure(id=2, name="vorbei", valid_until="2026-01-31"),
        builders.structure(id=3, name="erfunden", provenance=Provenance.EXAMPLE),
        builders.structure(id=4, name="Haus", kind=StructureKind.ACCOMMODATION),
    ]
    portfolio = builders.portfolio(
        settings={"district_key": "09473", "district_name": "Kreis"},
        organisations=[builders.organisation(id=1)],
        structures=made,
        public_offers=[builders.public_offer(id=n, structure_id=n, public=True) for n in range(1, 5)],
    )
    standing = structures_standing(portfolio, TODAY).set_index("name")["kept_out"]
    assert dict(standing) == {
        "läuft": "", "vorbei": "läuft heute nicht", "erfunden": "Beispiel", "Haus": "Unterkunft",
    }  # fmt: skip
    assert [each.name for each in public_directory(portfolio, TODAY).entries] == ["läuft"]
