"""What data there are, for data portals: a catalogue by DCAT-AP.de 3.0, as JSON-LD with its own context.

Values of closed lists name their list (`skos:inScheme`), so that the catalogue can be checked by itself.
While the directory has no address, files are named relative to the catalogue, and things by their UUID alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from steering.analysis.publication.content import PublicDirectory, Published
from steering.exchange.publication.naming import DATA, address, district, identity, mailbox, title
from steering.exchange.publication.open_data.licences import SCHEME, attribution, licence, notice

Json = dict[str, Any]
_EU = "http://publications.europa.eu/resource/authority"
_GEO = "http://dcat-ap.de/def/politicalGeocoding"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class _File:
    name: str
    title: str
    form: str
    media: str


@dataclass(frozen=True)
class _Data:
    key: str
    title: str
    about: str
    words: tuple[str, ...]
    files: tuple[_File, ...]


_DATA = (
    _Data(
        "angebote",
        "Angebote der Integrationsarbeit",
        "Angebote, Stellen und Projekte der Integrationsarbeit: was es gibt, für wen, wo, bis wann und wer "
        "Auskunft gibt, soweit es öffentlich ist.",
        ("Integration", "Migration", "Beratung", "Angebote"),
        (
            _File("angebote.hsds.json", "Angebote (HSDS 3.1)", "JSON", "application/json"),
            _File("angebote.geojson", "Angebote (GeoJSON)", "GEOJSON", "application/geo+json"),
            _File("angebote.csv", "Angebote (CSV)", "CSV", "text/csv"),
            _File("texte.csv", "Texte in weiteren Sprachen (CSV)", "CSV", "text/csv"),
        ),
    ),
    _Data(
        "potenziale",
        "Potenziale der Zuwanderung",
        "Chancen der Zuwanderung für den ländlichen Raum, die der Landkreis sieht.",
        ("Integration", "Zuwanderung", "Potenziale", "ländlicher Raum"),
        (_File("potenziale.csv", "Potenziale (CSV)", "CSV", "text/csv"),),
    ),
)


def jsonld(published: Published, sizes: Mapping[str, int]) -> bytes:
    """The catalogue. `sizes`: bytes of each file of data by its name."""
    directory = published.directory
    publisher = _publisher(directory)
    catalogue = {
        "@context": _CONTEXT,
        "@id": _named(directory, "catalogue"),
        "@type": "dcat:Catalog",
        "dcterms:title": _german(title(directory)),
        "dcterms:description": _german(_about(directory)),
        "dcterms:publisher": publisher,
        "dcterms:language": _listed(f"{_EU}/language/DEU", f"{_EU}/language"),
        "foaf:homepage": _page(directory),
        "dcterms:modified": _day(published),
        "dcat:dataset": [_dataset(published, each, sizes) for each in _DATA],
    }
    return json.dumps(_filled(catalogue), ensure_ascii=False, indent=1).encode()


def _dataset(published: Published, data: _Data, sizes: Mapping[str, int]) -> Json:
    directory = published.directory
    return _filled(
        {
            "@id": _named(directory, "data", data.key),
            "@type": "dcat:Dataset",
            "dcterms:identifier": identity(directory, "data", data.key),
            "dcterms:title": _german(f"{data.title}, {district(directory)}"),
            "dcterms:description": _german(f"{data.about} {notice(directory)}"),
            "dcterms:publisher": {"@id": _publisher(directory)["@id"]},
            "dcat:contactPoint": _contact(directory),
            "dcat:keyword": [_german(each) for each in data.words],
            "dcat:theme": _listed(f"{_EU}/data-theme/SOCI", f"{_EU}/data-theme"),
            "dcterms:accessRights": _listed(f"{_EU}/access-right/PUBLIC", f"{_EU}/access-right"),
            "dcterms:accrualPeriodicity": _listed(f"{_EU}/frequency/IRREG", f"{_EU}/frequency"),
            "dcterms:language": _listed(f"{_EU}/language/DEU", f"{_EU}/language"),
            "dcterms:spatial": _spatial(directory),
            "dcatde:politicalGeocodingLevelURI": _listed(
                f"{_GEO}/Level/administrativeDistrict", f"{_GEO}/Level"
            ),
            "dcterms:modified": _day(published),
            "dcat:landingPage": _page(directory),
            "dcat:distribution": [_distribution(directory, each, sizes) for each in data.files]
            # A distribution has a licence by rule; what has none yet is described and not offered.
            if licence(directory)
            else [],
        }
    )


def _distribution(directory: PublicDirectory, file: _File, sizes: Mapping[str, int]) -> Json:
    found = {"@id": address(directory, f"{DATA}/{file.name}") or file.name}
    return _filled(
        {
            "@id": _named(directory, "file", file.name),
            "@type": "dcat:Distribution",
            "dcterms:title": _german(file.title),
            "dcterms:description": _german(notice(directory)),
            "dcat:accessURL": found,
            "dcat:downloadURL": found,
            "dcterms:format": _listed(f"{_EU}/file-type/{file.form}", f"{_EU}/file-type"),
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media}"},
            "dcat:byteSize": {"@value": str(sizes[file.name]), "@type": "xsd:nonNegativeInteger"},
            "dcterms:license": _listed(licence(directory), SCHEME),
            "dcatde:licenseAttributionByText": attribution(directory),
        }
    )


def _about(directory: PublicDirectory) -> str:
    said = directory.site.introduction or "Angebote und Potenziale der Integrationsarbeit."
    return f"{said} {notice(directory)}"


def _publisher(directory: PublicDirectory) -> Json:
    return {
        "@id": _named(directory, "publisher"),
        "@type": "foaf:Agent",
        "foaf:name": district(directory),
        "dcterms:type": _listed(
            "http://purl.org/adms/publishertype/LocalAuthority", "http://purl.org/adms/publishertype/1.0"
        ),
    }


def _contact(directory: PublicDirectory) -> Json:
    to = mailbox(directory.site.mailbox)
    if not to:
        return {}
    return {
        "@id": _named(directory, "contact"),
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": district(directory),
        "vcard:hasEmail": {"@id": f"mailto:{to}"},
    }


def _spatial(directory: PublicDirectory) -> Json:
    key = directory.district_key
    if not (len(key) == 5 and key.isascii() and key.isdigit()):
        return {}
    return {"@id": f"{_GEO}/districtKey/{key}", "@type": "dcterms:Location"}


def _page(directory: PublicDirectory) -> Json:
    found = address(directory)
    return {"@id": found, "@type": "foaf:Document"} if found else {}


def _day(published: Published) -> Json:
    return {"@value": published.day.isoformat(), "@type": "xsd:date"} if published.day else {}


def _named(directory: PublicDirectory, *names: str) -> str:
    return f"urn:uuid:{identity(directory, *names)}"


def _german(text: str) -> Json:
    return {"@value": text, "@language": "de"}


def _listed(iri: str, scheme: str) -> Json:
    """A value of a closed list, with the list that it is from."""
    return {"@id": iri, "@type": "skos:Concept", "skos:inScheme": {"@id": scheme}}


def _filled(said: Json) -> Json:
    """Without what says nothing."""
    return {name: value for name, value in said.items() if value not in ("", [], {})}
