"""The headings that lists use, German and English, in the plain form of `plain_name`, parted by |.

Among them is the wording that EU law prescribes for lists of operations: regulation 1828/2006 for 2007–2013,
1303/2013 annex XII for 2014–2020, 2021/1060 article 49 for 2021–2027, and that of federal and Länder law on
grants. What a heading says beside (»des Vorhabens«, »in EUR«, a number) is taken off by `wording`.

Each meaning has its headings in steps: where a list has two of them, the one of the earlier step counts.
"""

from steering.analysis.incoming.lists.meanings import Meaning

HEADINGS: dict[Meaning, tuple[str, ...]] = {
    Meaning.NAME: (
        "name der struktur|struktur|angebot|name des angebots|angebotsname|name of service|service name|"
        "name of structure|project name|name of project|projektname|projekttitel|projektbezeichnung|"
        "name des projekts|name des projektes|titel des projekts|projekt|project|operation name|"
        "name of operation|name of the operation|operation|vorhaben|bezeichnung des vorhabens|"
        "name des vorhabens|vorhabenbezeichnung|titel des vorhabens|kurzbezeichnung des vorhabens|"
        "bezeichnung der massnahme|name der massnahme|massnahmenbezeichnung|name der operation|"
        "bezeichnung der operation|activity name|title of project|project title|offer|"
        "massnahmentitel|vorhabentitel|thema des gefoerderten vorhabens|bezeichnung des projekts|"
        "bezeichnung des projektes|bezeichnung des angebots|gefoerdertes projekt|gefoerdertes vorhaben|"
        "gefoerderte massnahme|name of project or operation",
        "massnahme|titel|title|thema|unterkunft|beratungsstelle|einrichtung|name der einrichtung|stelle|"
        "kurs|kursname|kurstitel|treff|bezeichnung der stelle|stellenbezeichnung|"
        "bezeichnung zusammenfassung des vorhabens|"
        "bezeichnung zusammenf d vorhabens|bezeichnung des vorhabens zusammenfassung des vorhabens|"
        "bezeichnung und zusammenfassung des vorhabens|gegenstand der foerderung|zuwendungsgegenstand|"
        "foerdergegenstand|gegenstand",
        "name|bezeichnung",
        "zuwendungszweck|verwendungszweck|zweck|zweck der zuwendung|foerderzweck|zweck der foerderung|"
        "purpose|purpose of grant|zweckbestimmung",
    ),
    Meaning.ORGANISATION: (
        "traeger|traegerschaft|name des traegers|name traeger|traegername|projekttraeger|"
        "einrichtungstraeger|massnahmentraeger|kurstraeger|kursttraeger|carrier|provider|"
        "implementing organisation|implementing organization|traegerorganisation|vorhabentraeger|"
        "traeger der massnahme|traeger des projekts|traeger der einrichtung|angebotstraeger",
        "zuwendungsempfaenger|zuwendungsempfaengerin|zuwendungsempfaenger in|zuwendungsempfangende|"
        "name des zuwendungsempfaengers|foerderempfaenger|foerdernehmer|foerdernehmende|"
        "foerderempfaenger auftragnehmer|beguenstigter|beguenstigte|beguenstigte r|beguenstigter e|"
        "name des beguenstigten|name der bzw des beguenstigten|name der des beguenstigten|"
        "name des der beguenstigten|name der beguenstigten|name des beguenstigten rechtstraegers verbands|"
        "beneficiary|beneficiary name|name of beneficiary|name of the beneficiary|recipient|"
        "name of recipient|recipient name|grant recipient|empfaenger|empfaengerin|letztempfaenger|"
        "subventionsempfaenger|name des empfaengers|empfaenger der zuwendung|antragsteller|"
        "name des antragstellers|auftragnehmer",
        "organisation|organization|organisation name|name der organisation|anbieter|betreiber|agency|"
        "institution|verein|vereinsname|name des vereins|verband|leistungserbringer|durchfuehrende stelle|"
        "durchfuehrende organisation|ausfuehrende stelle",
        "name",
    ),
    Meaning.LEVEL: ("ebene|level|ebene des traegers|verwaltungsebene",),
    Meaning.KIND: (
        "art der struktur|art des angebots|art der einrichtung|einrichtungsart|angebotsart|strukturart",
        "art|typ|type|kind|kategorie|category",
    ),
    Meaning.TASK: (
        "aufgabe|aufgaben|aufgabenbereich|aufgabengebiet|handlungsfeld|task|taetigkeit|leistung",
        "activity|sector|bereich|themenfeld|schwerpunkt|foerderbereich|politikbereich|taetigkeitsfeld",
    ),
    Meaning.ROLE: ("rolle|funktion|role|zustaendigkeit|zustaendigkeit rolle",),
    Meaning.TARGET_GROUPS: (
        "zielgruppe|zielgruppen|target group|target groups|beneficiaries|adressaten|fuer wen",
    ),
    Meaning.AGS: (
        "ags|gemeindeschluessel|gemeindekennziffer|amtlicher gemeindeschluessel|gkz|municipality code|ars|"
        "regionalschluessel|kreisschluessel|gemeindeschluessel ags|gemeinde ags|gemeindenummer|"
        "gemeindekennziffer vorhaben|gebietskennziffer|ags gemeinde|gemeindekennzahl|code of location",
    ),
    Meaning.MUNICIPALITY: (
        "gemeinde|kommune|gemeinden|municipality|stadt gemeinde|gemeinde stadt|gemeinde gebiet|"
        "einzugsgebiet|gebiet|wirkungskreis|zustaendigkeitsgebiet|versorgungsgebiet|einsatzort|"
        "einsatzgebiet|gemeindename|name der gemeinde",
        "stadt|region|raum|area|location|gebietsname|wirkungsgebiet|ort der durchfuehrung|"
        "durchfuehrungsort|investitionsort|name des investitionsortes|projektgebiet|projektort",
    ),
    Meaning.DISTRICT: (
        "landkreis|kreis|landkreis kreisfreie stadt|kreis kreisfreie stadt|county|district|"
        "landkreis kreisfreie gemeinde|landkreis kreisfreie gemeinde grosse kreisstaedte|lkr|"
        "stadt landkreis|stadt kreis|kreisname|landkreis stadt",
    ),
    Meaning.POSTCODE: (
        "plz|postleitzahl|postcode|zip|zip code|postal code|operation postcode|operation post code|"
        "plz des standorts|postleitzahl durchfuehrungsort|plz durchfuehrungsort|projektstandort plz|"
        "plz projektstandort|plz vorhaben|postleitzahl vorhaben|postcode of operation|plz projektort|"
        "plz der einrichtung|location postcode",
        "plz des traegers|plz traeger|plz des beguenstigten|plz zuwendungsempfaenger|"
        "postleitzahl des beguenstigten|postleitzahl des zuwendungsempfaengers|beneficiary postcode",
    ),
    Meaning.SEAT: (
        "standort|ort|projektstandort|projektstandort ort|ort des vorhabens|standort des vorhabens|"
        "plz ort|plz und ort|postleitzahl und ort|postleitzahl ort|postleitzahl und ort des vorhabens|"
        "operation postcode and place|operation location|location of operation|project location|"
        "location of implementation|place|town|city|sitz der einrichtung|ort der einrichtung|"
        "standortindikator|standortindikatoren|location indicator|wohnort|"
        "standort des projekts|ort der massnahme|veranstaltungsort",
        "anschrift|adresse|address|strasse plz ort|strasse hausnummer plz ort|anschrift der einrichtung",
        "sitz|seat|sitz des traegers|sitz des beguenstigten|sitz des zuwendungsempfaengers|"
        "ort des traegers|ort des beguenstigten|ort des zuwendungsempfaengers|anschrift des traegers|"
        "adresse des traegers|anschrift des zuwendungsempfaengers|sitz zuwendungsempfaenger|beneficiary city",
    ),
    Meaning.START: (
        "beginn|von|start|anfang|ab|seit|from|laufzeit von|laufzeit ab|laufzeit beginn|laufzeitbeginn|"
        "gueltig ab|gueltig von|valid from|startdatum|start date|date start|foerderbeginn|foerderung von|"
        "foerderung ab|beginn der foerderung|projektbeginn|projektstart|massnahmenbeginn|vorhabenbeginn|"
        "durchfuehrungsbeginn|beginn des vorhabens|datum des beginns|datum des beginns des vorhabens|"
        "beginns des vorhabens|startdatum des vorhabens|operation start date|operation start|"
        "start date of operation|start date of the operation|start of operation|start of project|"
        "project start|project start date|datum beginn|beginndatum|datum von|bewilligungszeitraum von|"
        "bewilligungszeitraum beginn|beginn bewilligungszeitraum|beginn des bewilligungszeitraums|"
        "zeitraum von|projektlaufzeit von|foerderzeitraum von|foerderzeitraum beginn|vertragsbeginn|"
        "date of start of the operation|beginn laufzeit|beginn der laufzeit|bewilligt ab|bewilligt von|"
        "durchfuehrungszeitraum von|starting date",
    ),
    Meaning.END: (
        "ende|bis|end|to|until|laufzeit bis|laufzeit ende|laufzeitende|gueltig bis|valid until|valid to|"
        "enddatum|end date|date end|befristung|befristet bis|befristet|stelle befristet bis|"
        "foerderende|foerderung bis|"
        "ende der foerderung|projektende|massnahmenende|vorhabenende|durchfuehrungsende|"
        "ende des vorhabens|datum des endes|datum des endes des vorhabens|enddatum des vorhabens|"
        "operation end date|operation end|end date of operation|end date of the operation|"
        "end of operation|end of project|project end|project end date|datum ende|datum bis|"
        "bewilligungszeitraum bis|bewilligungszeitraum ende|ende bewilligungszeitraum|"
        "ende des bewilligungszeitraums|zeitraum bis|projektlaufzeit bis|foerderzeitraum bis|"
        "foerderzeitraum ende|vertragsende|ende laufzeit|ende der laufzeit|bewilligt bis|"
        "voraussichtliches oder tatsaechliches datum des abschlusses|"
        "voraussichtliches oder tatsaechliches datum des abschlusses des vorhabens|"
        "datum des abschlusses|datum des abschlusses des vorhabens|abschlussdatum|"
        "expected or actual date of completion|expected or actual date of completion of the operation|"
        "completion date|date of completion|durchfuehrungszeitraum bis|voraussichtliches ende|"
        "voraussichtliches enddatum|geplantes ende",
    ),
    Meaning.PERIOD: (
        "laufzeit|bewilligungszeitraum|zuwendungszeitraum|foerderzeitraum|projektlaufzeit|zeitraum|"
        "projektzeitraum|durchfuehrungszeitraum|massnahmenzeitraum|foerderdauer|vertragslaufzeit|"
        "laufzeit von bis|von bis|beginn ende|beginn und ende|start ende|zeitraum von bis|period|"
        "project period|funding period|duration|laufzeit des vorhabens|laufzeit des projekts|dauer",
    ),
    Meaning.PROGRAMME: (
        "foerderprogramm|programm|foerderrichtlinie|programme|program|funding programme|"
        "name des foerderprogramms|foerderlinie|richtlinie|foerdertitel|programme name|foerderaktivitaet|"
        "funding activity|bezeichnung des foerderprogramms",
        "foerderung|finanzierung|foerderinstrument|betroffener fonds|fonds|fund|fund concerned|eu fonds",
    ),
    Meaning.FUNDER: (
        "mittelgeber|foerdergeber|zuwendungsgeber|zuwendungsgeberin|geldgeber|funder|donor|funded by|"
        "kostentraeger|finanziert durch|geber|bewilligungsbehoerde|bewilligende stelle|foerderer|"
        "zuwendende stelle|bewilligungsstelle|foerdermittelgeber|granting authority|ressort",
    ),
    Meaning.AMOUNT: (
        "betrag|amount|foerdersumme|foerderbetrag|foerderhoehe|hoehe der foerderung|zuwendung|"
        "zuwendungsbetrag|zuwendungssumme|zuwendungshoehe|hoehe der zuwendung|bewilligungssumme|"
        "bewilligter betrag|bewilligte summe|bewilligte mittel|bewilligte foerderung|bewilligte zuwendung|"
        "bewilligte foerdersumme|bewilligt|bewilligung|gewaehrte betraege|gewaehrter betrag|"
        "gewaehrte oeffentliche betraege|oeffentliche beteiligung|gewaehrte zuwendung|foerdermittel|"
        "gesamte foerdersumme|funding amount|grant amount|amount of grant|amount granted|granted amount|"
        "awarded amount|amount awarded|jahresbetrag|betrag pro jahr|jahresfoerderung|jahreszuwendung|"
        "jahreszuschuss|jahresfoerderbetrag|foerdersumme gesamt|gesamtfoerdersumme|"
        "gesamtfoerderung|gesamtzuwendung|"
        "gesamtzuschuss|zuschuss|zuschussbetrag|"
        "zuschusshoehe|hoehe des zuschusses|foerderung|betrag der zuwendung|zuwendungsvolumen|"
        "foerdervolumen|foerder auftragssumme|foerder auftragssumme anteil des bundes|"
        "zuwendungen des landes|zuwendungen des landes nrw|amounts granted|summe",
        "gesamtbetrag der foerderfaehigen ausgaben|gesamtbeitrag der foerderfaehigen ausgaben|"
        "gesambetrag der foerderfaehigen ausgaben|gesamtbetrag foerderfaehige ausgaben|"
        "gesamtbetrag der foerderfaehigen kosten|foerderfaehige ausgaben|foerderfaehige kosten|"
        "foerderfaehige gesamtausgaben|foerderfaehige gesamtkosten|zuwendungsfaehige ausgaben|"
        "zuwendungsfaehige gesamtausgaben|bewilligte foerderfaehige gesamtinvestition|"
        "total eligible expenditure|total eligible expenditure allocated to the operation|"
        "total eligible costs|eligible expenditure|total eligible cost",
        "gesamtkosten|gesamtbetrag|gesamtsumme|jahressumme|jahreskosten|jahresbudget|"
        "gesamtausgaben|gesamtkosten des vorhabens|total cost|"
        "total cost of the operation|total costs|total budget|kosten|budget|volumen|mittel|"
        "kosten pro jahr|gesamtvolumen|gesamtfinanzierung",
        "unionsbeitrag|eu betrag|eu mittel|bewilligte eu mittel|eu beitrag|eu funding|eu budget|"
        "union contribution|unionsunterstuetzung|esf mittel|efre mittel|betrag der eu foerderung|"
        "eu foerderung|eu anteil|bundesmittel|landesmittel|kreismittel",
    ),
    Meaning.SHARE: (
        "foerderquote|foerdersatz|foerderanteil|anteil|quote|share|funding rate|prozent|"
        "anteil der foerderung|zuwendungsquote|unions kofinanzierungssatz|unionskofinanzierungssatz|"
        "kofinanzierungssatz|eu kofinanzierungssatz|kofinanzierungssatz der union|union co financing rate|"
        "co financing rate|cofinancing rate|eu co financing rate|kofinanzierungssatz prio achse|"
        "eu kofinanzierungssatz der prioritaetsachse|unionsbeteiligungssatz|interventionssatz|"
        "eu foerdersatz|eu foerderquote|beteiligungssatz",
    ),
    Meaning.FTE: (
        "vzae|vollzeitaequivalente|vollzeitaequivalent|vze|fte|vk|vollzeitstellen|stellen vzae|"
        "vzae stellen|personal vzae|personalstellen|stellen|stellenanteil|stellenanteile|stellenumfang|"
        "wochenstunden|stellenumfang wochenstunden|personalumfang|vollzeitkraefte",
        "umfang",
    ),
    Meaning.PLACES: (
        "plaetze|platzzahl|anzahl plaetze|anzahl der plaetze|places|belegbare plaetze|platzkapazitaet|"
        "teilnehmerplaetze|kapazitaet|capacity",
        "teilnehmer|teilnehmerzahl|teilnehmende",
    ),
    Meaning.NOTE: (
        "anmerkung|anmerkungen|bemerkung|bemerkungen|hinweis|hinweise|notes|note|comment|comments|"
        "kommentar|remarks|sonstiges",
        "beschreibung|description|kurzbeschreibung|projektbeschreibung|project description|"
        "zusammenfassung|zusammenfassung des vorhabens|operation summary|summary of operation|"
        "summary of the operation|summary|"
        "zweck und erwartete errungenschaften|zweck des vorhabens und erwartete errungenschaften|"
        "zweck und erwartete ergebnisse|purpose of the operation and its expected or actual achievements|"
        "purpose and achievements",
        "projektinhalt|inhalt|inhalte|inhalt des projekts|gegenstand der massnahme",
        "zuwendungszweck|verwendungszweck|zweck|foerderzweck|purpose",
    ),
}
