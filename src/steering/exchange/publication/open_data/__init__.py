"""The directory as open data: for programs, portals and whoever computes with it."""

from __future__ import annotations

from steering.analysis.publication.content import Published
from steering.exchange.publication.naming import DATA, legible
from steering.exchange.publication.open_data import catalogue, ends, features, feed, hsds, profile, tables


def files(published: Published) -> dict[str, bytes]:
    """Paths within the published folder and what stands there; the same bytes for the same Published.

    Before the first release there is no day that a feed or a calendar could name, so there are none.
    """
    made = legible(published)
    data = {
        "angebote.hsds.json": hsds.services(made.directory),
        "angebote.geojson": features.geojson(made),
        "angebote.csv": tables.offers(made.directory),
        "potenziale.csv": tables.potentials(made.directory),
        "texte.csv": tables.texts(made.directory),
        "profil.txt": profile.text(made),
    }
    data["katalog.jsonld"] = catalogue.jsonld(made, {name: len(content) for name, content in data.items()})
    found = {f"{DATA}/{name}": content for name, content in data.items()}
    if made.day is not None:
        found["neues.atom"] = feed.atom(made, made.day)
        found["termine.ics"] = ends.ics(made, made.day)
    return found
