"""Open data as a whole: the same bytes, nothing that is not public, and what they say in tables and maps."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from steering.exchange.cells.written_cells import FORMULA
from steering.exchange.publication.open_data import files
from tests.exchange.publication.told import NOTHING, OFFER, POTENTIAL, offer, potential, published

PATHS = {
    "daten/angebote.hsds.json",
    "daten/angebote.geojson",
    "daten/angebote.csv",
    "daten/potenziale.csv",
    "daten/texte.csv",
    "daten/profil.txt",
    "daten/katalog.jsonld",
    "neues.atom",
    "termine.ics",
}


def table(content: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")]


def test_the_same_published_gives_the_same_bytes():
    assert files(published()) == files(published())
    assert set(files(published())) == PATHS


def test_before_the_first_release_nothing_names_a_day_that_is_none():
    found = files(NOTHING)
    assert set(found) == PATHS - {"neues.atom", "termine.ics"}
    assert table(found["daten/angebote.csv"]) == []


def tokens(value: Any) -> set[str]:
    """What somebody typed, found again in any file as it stands."""
    match value:
        case dict():
            return {each for part in value.values() for each in tokens(part)}
        case list():
            return {each for part in value for each in tokens(part)}
        case str():
            return {json.dumps(line, ensure_ascii=False)[1:-1] for line in value.splitlines()}
    return {str(value)} if isinstance(value, int | float) and not isinstance(value, bool) else set()


@given(st.sets(st.sampled_from(sorted({*OFFER, *POTENTIAL} - {"name"}))))
@settings(max_examples=40)
def test_what_is_not_in_an_entry_is_in_no_file(hidden):
    entries = (offer(without=hidden), potential(without=hidden))
    made = files(published(*entries, news=()))
    left = tokens([dict(each.values) for each in entries])
    gone = tokens(
        [{name: OFFER.get(name) for name in hidden}, {name: POTENTIAL.get(name) for name in hidden}]
    )
    # Words of the field's own, which files have anyway, and parts of what is still said.
    gone = {each for each in gone if len(each) > 1 and not any(each in other for other in left)}
    gone -= {"sprache", "wohnen", "de-simple", "ar", "Nordraum"}
    for path, content in made.items():
        text = content.decode()
        assert [each for each in gone if each in text] == [], path


def test_names_that_nobody_has_decided_on_are_in_no_file():
    inner = {name: OFFER[name] | {"internal": "GEHEIM"} for name in ("address", "contact", "end", "reach")}
    entry = offer(internal="GEHEIM", **inner)
    assert [path for path, content in files(published(entry)).items() if b"GEHEIM" in content] == []


HOSTILE = st.text(st.characters(), max_size=30) | st.sampled_from(
    [
        "</script><script>alert(1)",
        "]]>",
        "\x00\x0b",
        "\ud800",
        "=HYPERLINK(1)",
        '"; drop',
        "a\r\nBEGIN:VEVENT",
        "&amp;",
    ]
)


@given(HOSTILE)
@settings(max_examples=40)
def test_whatever_was_typed_every_file_stays_one_of_its_kind(typed):
    entry = offer(
        **dict.fromkeys(("name", "kind", "what", "for_whom", "carrier", "opening"), typed),
        target_groups=[typed],
        tasks=[{"field": typed, "task": typed}],
        address={"street": typed, "postal_code": typed, "town": typed}
        | {"latitude": 50.1, "longitude": 10.9},
        contact=dict.fromkeys(OFFER["contact"], typed),
        texts=[{"language": "ar", "title": typed, "text": typed}],
    )
    site = dict.fromkeys(("name", "introduction", "mailbox", "address"), typed)
    found = files(published(entry, **site))
    for path in PATHS:
        if path.endswith(("json", "jsonld")):
            json.loads(found[path])
    assert len(ElementTree.fromstring(found["neues.atom"])) > 0
    assert len(Calendar.from_ical(found["termine.ics"]).walk("VEVENT")) == 1
    (row,) = table(found["daten/angebote.csv"])
    assert [cell for cell in row.values() if cell.startswith(FORMULA)] == []


def test_a_table_says_in_german_what_is_public():
    (row,) = table(files(published())["daten/angebote.csv"])
    assert row["Handlungsfelder"] == "Sprache und Bildung; Wohnen"
    assert row["Gemeinden"] == "Ahorn; Dörfles"
    assert row["AGS der Gemeinden"] == "09473112; 09473120"
    assert (row["Kreisweit"], row["Läuft bis"], row["Breitengrad"]) == ("nein", "30.06.2027", "50,2587123")
    assert row["Telefon"] == "'+49 9561 1234"
    assert row["Seite"] == "https://www.landkreis.example/integration/angebote/12.html"


def test_potentials_and_texts_have_tables_of_their_own():
    found = files(published())
    (row,) = table(found["daten/potenziale.csv"])
    assert (row["Kennzahl"], row["Handlungsfeld"], row["Gebiet"]) == ("Leerstandsquote", "Wohnen", "Nordraum")
    assert [(row["Kennung"], row["Sprache"]) for row in table(found["daten/texte.csv"])] == [
        ("angebot-12", "Leichte Sprache"),
        ("angebot-12", "Arabisch"),
    ]


def test_where_all_of_the_landkreis_is_reached_no_municipality_is_named():
    wide = offer(reach={"district_wide": True, "municipalities": ["09473112"]})
    found = files(published(wide))
    (row,) = table(found["daten/angebote.csv"])
    assert (row["Kreisweit"], row["Gemeinden"]) == ("ja", "")
    (feature,) = json.loads(found["daten/angebote.geojson"])["features"]
    assert feature["properties"]["gebiete"] == ["Landkreis Musterkreis"]


@pytest.mark.parametrize(
    ("address", "geometry"),
    [
        (OFFER["address"], {"type": "Point", "coordinates": [10.964532, 50.258712]}),
        ({"town": "Musterstadt"}, None),
        ({}, None),
    ],
)
def test_a_point_is_drawn_only_where_its_coordinates_are_public(address, geometry):
    (feature,) = json.loads(files(published(offer(address=address)))["daten/angebote.geojson"])["features"]
    assert (feature["type"], feature["id"], feature["geometry"]) == ("Feature", "angebot-12", geometry)


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("undecided", "noch nicht festgelegt"),
        ("dl-by-de/2.0", "Namensnennung – 2.0, Namensnennung: Landkreis Musterkreis"),
        ("dl-zero-de/2.0", "Zero – 2.0"),
    ],
)
def test_every_description_says_what_may_be_done(licence, said):
    found = files(published(licence=licence))
    for path in ("daten/profil.txt", "daten/angebote.geojson", "daten/katalog.jsonld", "neues.atom"):
        assert said in found[path].decode(), path
