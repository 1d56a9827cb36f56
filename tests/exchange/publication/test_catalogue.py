"""The catalogue for data portals: by the shapes of DCAT-AP.de 3.0."""

from __future__ import annotations

from typing import Any

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef

from steering.analysis.publication.content import Published
from steering.exchange.publication.open_data import files
from tests.exchange.publication.standards import standard
from tests.exchange.publication.told import ADDRESS, NOTHING, published

BASE = "https://anderswo.example/x/daten/katalog.jsonld"
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
WORDS = [
    published(),
    published(address="", mailbox=""),
    published(licence="undecided"),
    published(licence="cc-by/4.0", name="", introduction=""),
    NOTHING,
]


def graph(made: Published) -> Graph:
    return Graph().parse(data=files(made)["daten/katalog.jsonld"], format="json-ld", publicID=BASE)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    found = Graph()
    names = ("SHACL-DE", "de-controlledvocabularies", "de-deprecated", "spec-german-additions")
    for path in standard(*(f"dcat-ap-de/dcat-ap-{name}.ttl" for name in names)):
        found.parse(path)
    return found


@pytest.mark.parametrize("made", WORDS, ids=["whole", "no address", "undecided", "bare", "nothing released"])
def test_the_catalogue_conforms_to_the_shapes_without_a_warning(shapes, made):
    conforms, _, told = validate(graph(made), shacl_graph=shapes, allow_warnings=False)
    assert conforms, told


def test_the_shapes_notice_what_is_missing(shapes):
    """That a catalogue conforms would say nothing if the shapes judged nothing."""
    told = graph(published())
    told.remove((None, DCTERMS.license, None))
    conforms, _, said = validate(told, shacl_graph=shapes)
    assert not conforms
    assert "dcterms:license" in said


@pytest.mark.parametrize("made", WORDS, ids=["whole", "no address", "undecided", "bare", "nothing released"])
def test_everything_has_what_dcat_ap_requires(made):
    """Of DCAT-AP itself, whose shapes the German ones only put into words."""
    told = graph(made)
    (catalogue,) = told.subjects(RDF.type, DCAT.Catalog)
    datasets = [*told.objects(catalogue, DCAT.dataset)]
    assert len(datasets) == 2
    for thing in (catalogue, *datasets):
        assert told.value(thing, DCTERMS.title)
        assert told.value(thing, DCTERMS.description)
        assert told.value(told.value(thing, DCTERMS.publisher), FOAF.name)
    for each in told.subjects(RDF.type, DCAT.Distribution):
        assert isinstance(told.value(each, DCAT.accessURL), URIRef)
    assert {type(subject) for subject in told.subjects()} == {URIRef}
    assert not [*told.objects(None, DCATDE.contributorID)]


def distributions(made: Published) -> set[Any]:
    return set(graph(made).objects(None, DCAT.downloadURL))


def test_each_distribution_leads_to_a_file_that_is_there():
    found = files(published())
    assert distributions(published()) == {
        URIRef(f"{ADDRESS}/{path}") for path in found if path.endswith(("csv", "geojson", "hsds.json"))
    }
    sizes = {
        str(told.value(each, DCAT.downloadURL)): int(str(told.value(each, DCAT.byteSize)))
        for told in [graph(published())]
        for each in told.subjects(RDF.type, DCAT.Distribution)
    }
    assert sizes == {address: len(found[address.removeprefix(f"{ADDRESS}/")]) for address in sizes}


def test_without_an_address_files_are_found_beside_the_catalogue():
    beside = "https://anderswo.example/x/daten"
    assert URIRef(f"{beside}/angebote.csv") in distributions(published(address=""))


def test_a_licence_is_named_as_dcat_ap_de_does_with_whom_to_name():
    told = graph(published(licence="dl-by-de/2.0"))
    assert set(told.objects(None, DCTERMS.license)) == {URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")}
    named = set(told.objects(None, DCATDE.licenseAttributionByText))
    assert named == {Literal("Landkreis Musterkreis")}
    assert not [*graph(published(licence="dl-zero-de/2.0")).objects(None, DCATDE.licenseAttributionByText)]


def test_what_has_no_licence_yet_is_described_and_not_offered():
    told = graph(published(licence="undecided"))
    assert not [*told.subjects(RDF.type, DCAT.Distribution)]
    assert not [*told.objects(None, DCTERMS.license)]
    for dataset in told.subjects(RDF.type, DCAT.Dataset):
        assert "noch nicht festgelegt" in str(told.value(dataset, DCTERMS.description))
