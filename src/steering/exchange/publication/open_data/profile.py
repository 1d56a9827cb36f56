"""What the files of open data are and under which terms, and what our HSDS has beyond the standard."""

from __future__ import annotations

from steering.analysis.publication.content import Published
from steering.exchange.publication.naming import district, title
from steering.exchange.publication.open_data.licences import notice
from steering.model.german import day

_FILES = """\
Dateien in diesem Ordner
------------------------
angebote.hsds.json  Angebote nach der Human Services Data Specification (HSDS) 3.1
angebote.geojson    Angebote mit ihren Orten, soweit öffentlich (RFC 7946, WGS 84)
angebote.csv        Angebote als Tabelle (UTF-8, Semikolon, Dezimalkomma, TT.MM.JJJJ)
texte.csv           Titel und Texte von Angeboten und Potenzialen in weiteren Sprachen
potenziale.csv      Potenziale als Tabelle
katalog.jsonld      Beschreibung dieser Daten für Datenportale (DCAT-AP.de 3.0)

Was leer ist oder fehlt, ist nicht öffentlich oder nicht bekannt. In den Tabellen steht vor Texten, die ein
Tabellenprogramm sonst rechnen würde (=, +, -, @), ein Hochkomma.
"""
_PROFILE = """\
Profil zu HSDS 3.1
------------------
Die Datei ist eine Seite (»Page«) der HSDS-Schnittstelle mit allen Angeboten unter »contents«. Jedes Angebot
(»service«) ist nach dem Schema des Standards gültig. Kennungen (id) sind UUID der Version 5 und bleiben,
solange es den Eintrag gibt. Über den Standard hinaus gibt es:

service.funding[].valid_to
    Letzter Tag, an dem das Angebot sicher läuft (JJJJ-MM-TT). »funding« des Standards kennt keine Tage.
    Woher das Geld kommt (source), steht nicht darin: Das ist nicht öffentlich.
service.funding[].open_ended
    true: Das Angebot läuft ohne festes Ende. Ohne beide Angaben ist das Ende nicht öffentlich oder nicht
    bekannt.
service.capacity
    Zahl der Plätze.
service.texts[]
    Titel (title) und Text (text) in einer weiteren Sprache (language, BCP 47; de-simple: Leichte Sprache).
    »languages« des Standards bleibt leer: In welchen Sprachen vor Ort gesprochen wird, sagt das nicht.
version, profile (neben »contents«)
    Fassung des Standards und Name dieser Datei.

So benutzt das Profil den Standard: assured_date ist der Tag der letzten Bestätigung,
eligibility_description sagt, für wen das Angebot ist, contacts[].title die Stelle, bei der man fragt (nie
eine Person), schedules[].description die Öffnungszeiten als Text. service_areas nennt Gemeinden oder den
ganzen Landkreis, attributes ordnet nach Handlungsfeld, Aufgabe und Zielgruppe. Der Standard verlangt zu
jedem Träger (organization) eine Beschreibung: Hier steht noch einmal sein Name.
"""


def text(published: Published) -> bytes:
    """The text, as an editor under Windows reads it."""
    directory = published.directory
    head = [
        f"Offene Daten: {title(directory)}",
        f"Herausgeber: {district(directory)}",
        f"Stand: {day(published.day, 'noch nichts freigegeben')}",
        f"Lizenz: {notice(directory)}",
    ]
    told = "\n".join([*head, "", _FILES, _PROFILE])
    return told.replace("\n", "\r\n").encode("utf-8-sig")
