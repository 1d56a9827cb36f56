"""The headings that lists use, German and English, in the plain form of `plain_name`, parted by |."""

from steering.analysis.incoming.lists.meanings import Meaning

HEADINGS: dict[Meaning, str] = {
    Meaning.NAME: (
        "name|bezeichnung|struktur|name der struktur|angebot|name des angebots|massnahme|"
        "projekt|projektname|projekttitel|titel|einrichtung|name der einrichtung|stelle|"
        "beratungsstelle|title|project|project name|offer|service name|name of project|"
        "name of service|name of structure|activity name|vorhaben|thema|unterkunft|"
        "name des projekts|name der massnahme"
    ),
    Meaning.ORGANISATION: (
        "traeger|traegerschaft|organisation|organisation name|einrichtungstraeger|"
        "projekttraeger|name des traegers|anbieter|verein|kursttraeger|kurstraeger|"
        "massnahmentraeger|carrier|provider|organization|implementing organisation|agency|"
        "zuwendungsempfaenger|betreiber|institution|verband"
    ),
    Meaning.LEVEL: ("ebene|level|ebene des traegers|verwaltungsebene"),
    Meaning.KIND: (
        "art|art der struktur|typ|type|kind|kategorie|category|einrichtungsart|art der einrichtung"
    ),
    Meaning.TASK: (
        "aufgabe|aufgaben|handlungsfeld|taetigkeit|aufgabenbereich|leistung|task|activity|"
        "sector|bereich|themenfeld|schwerpunkt|aufgabengebiet"
    ),
    Meaning.ROLE: ("rolle|funktion|role|zustaendigkeit|zustaendigkeit rolle"),
    Meaning.TARGET_GROUPS: (
        "zielgruppe|zielgruppen|target group|target groups|beneficiaries|adressaten|fuer wen"
    ),
    Meaning.AGS: (
        "ags|gemeindeschluessel|gemeindekennziffer|amtlicher gemeindeschluessel|gkz|"
        "municipality code|ars|regionalschluessel|kreisschluessel|gemeindeschluessel ags|"
        "gemeinde ags|gemeindenummer"
    ),
    Meaning.MUNICIPALITY: (
        "gemeinde|gebiet|kommune|einzugsgebiet|gemeinden|municipality|area|stadt gemeinde|"
        "region|wirkungskreis|zustaendigkeitsgebiet|stadt|gemeinde gebiet|location|"
        "einsatzort|versorgungsgebiet|raum"
    ),
    Meaning.POSTCODE: ("plz|postleitzahl|postcode|zip|zip code|postal code|plz des standorts"),
    Meaning.SEAT: (
        "ort|sitz|standort|anschrift|plz ort|adresse|city|seat|town|place|wohnort|"
        "sitz der einrichtung|address"
    ),
    Meaning.START: (
        "beginn|von|start|laufzeit von|foerderbeginn|gueltig ab|seit|anfang|startdatum|"
        "start date|from|foerderung von|projektbeginn|valid from|ab|date start|bewilligt ab|"
        "laufzeit beginn|beginn der foerderung"
    ),
    Meaning.END: (
        "ende|bis|laufzeit bis|foerderende|gueltig bis|befristung|enddatum|end date|until|"
        "to|befristet bis|foerderung bis|projektende|valid until|date end|end|bewilligt bis|"
        "laufzeit ende|frist|ende der foerderung|laufzeit"
    ),
    Meaning.PROGRAMME: (
        "foerderprogramm|programm|foerderung|richtlinie|programme|program|funding programme|"
        "foerderrichtlinie|finanzierung|name des foerderprogramms|foerderlinie"
    ),
    Meaning.FUNDER: (
        "mittelgeber|foerdergeber|zuwendungsgeber|geldgeber|funder|donor|funded by|"
        "kostentraeger|finanziert durch"
    ),
    Meaning.AMOUNT: (
        "betrag|foerdersumme|summe|kosten|foerderbetrag|zuwendung|amount|budget|"
        "foerderhoehe|foerderung eur|betrag eur|betrag euro|foerdersumme in eur|"
        "foerdersumme eur|volumen|mittel|jahresbetrag|gesamtkosten|bewilligte mittel|"
        "betrag in eur|betrag pro jahr|kosten pro jahr|zuwendungsbetrag|hoehe der foerderung"
    ),
    Meaning.SHARE: (
        "anteil|foerderquote|quote|foerdersatz|share|funding rate|foerderanteil|prozent|quote in"
    ),
    Meaning.FTE: (
        "vzae|vollzeitaequivalente|stellenanteil|stellenumfang|vze|fte|stellen|vk|"
        "personalstellen|umfang|stellenanteile|vollzeitstellen|stellen vzae|vzae stellen|"
        "personal vzae|vollzeitaequivalent"
    ),
    Meaning.PLACES: (
        "plaetze|kapazitaet|platzzahl|anzahl plaetze|places|capacity|belegbare plaetze|"
        "platzkapazitaet|teilnehmer|teilnehmerplaetze|anzahl der plaetze"
    ),
    Meaning.NOTE: (
        "anmerkung|bemerkung|bemerkungen|anmerkungen|hinweis|hinweise|notes|note|comment|"
        "comments|kommentar|beschreibung|description|sonstiges|remarks"
    ),
}
