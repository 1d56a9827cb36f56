"""Under which terms the open data may be used, as DCAT-AP.de calls them and in a sentence."""

from __future__ import annotations

from steering.analysis.publication.content import PublicDirectory
from steering.exchange.publication.naming import district
from steering.model import DataLicence
from steering.model.vocabulary import word

SCHEME = "http://dcat-ap.de/def/licenses"
_UNDECIDED = (
    "Unter welcher Lizenz diese Daten genutzt werden dürfen, ist noch nicht festgelegt. Bitte vor einer "
    "Weiterverwendung beim Herausgeber nachfragen."
)


def licence(directory: PublicDirectory) -> str:
    """The licence's IRI in the list of DCAT-AP.de, "" while it is undecided."""
    chosen = DataLicence(directory.site.licence)
    return "" if chosen is DataLicence.UNDECIDED else f"{SCHEME}/{chosen.value}"


def attribution(directory: PublicDirectory) -> str:
    """Whom to name when using the data, "" where the licence does not ask for it."""
    asking = (DataLicence.ATTRIBUTION, DataLicence.CC_BY)
    return district(directory) if DataLicence(directory.site.licence) in asking else ""


def notice(directory: PublicDirectory) -> str:
    """What may be done with the data."""
    chosen = DataLicence(directory.site.licence)
    if chosen is DataLicence.UNDECIDED:
        return _UNDECIDED
    named = attribution(directory)
    return f"{word(chosen)}{f', Namensnennung: {named}' if named else ''}"
