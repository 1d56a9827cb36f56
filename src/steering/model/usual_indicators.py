"""The Kennzahlen that integration monitoring usually keeps, to choose from where one is made.

Collected from what the monitoring of Länder and municipalities counts, in words of this program. `source`
names the statistic that counts it, with its number in the official register (EVAS) where that is certain;
statistics of other offices are named by office. Most of them count for a Landkreis, not for its
municipalities: `finest` says so, since a value belongs to a municipality here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Finest(StrEnum):
    """Down to what area a statistic is usually published."""

    MUNICIPALITY = "Gemeinde"
    DISTRICT = "Landkreis"
    OWN = "eigene Erhebung"


@dataclass(frozen=True)
class UsualIndicator:
    """A Kennzahl as the catalogue offers it; `group`: the short name of the target group whose persons it
    counts, "" where it counts no persons of one."""

    topic: str
    name: str
    definition: str
    unit: str
    source: str
    finest: Finest
    group: str = ""

    @property
    def note(self) -> str:
        """The definition with what is to be known about the source."""
        return f"{self.definition} Üblicherweise verfügbar: {self.finest.value}."


_PEOPLE, _PERCENT = "Personen", "Prozent"
_POPULATION = "Statistische Ämter: Fortschreibung des Bevölkerungsstandes (EVAS 12411)"
_FOREIGNERS = "Statistisches Bundesamt: Ausländerstatistik nach dem Ausländerzentralregister (EVAS 12521)"
_SEEKERS = "Statistisches Bundesamt: Schutzsuchende nach dem Ausländerzentralregister (EVAS 12531)"
_BENEFITS = "Statistische Ämter: Empfänger von Asylbewerberregelleistungen (EVAS 22221)"
_SCHOOLS = "Statistische Ämter: Statistik der allgemeinbildenden Schulen (EVAS 21111)"
_DAY_CARE = "Statistische Ämter: Kinder und tätige Personen in Tageseinrichtungen (EVAS 22541)"
_WORK = "Statistik der Bundesagentur für Arbeit"
_BAMF = "Bundesamt für Migration und Flüchtlinge: Integrationskursgeschäftsstatistik"
_REGISTER = "Auswertung der Ausländerbehörde (Ausländerzentralregister)"
_RESIDENTS = "Melderegister der Gemeinde"
_HOUSING = "Belegungsliste der Unterbringung (Landratsamt)"
_TOPIC = ("Bevölkerung", "Flucht und Asyl", "Unterbringung", "Bildung", "Sprache", "Arbeit", "Teilhabe")
_TOWN, _DISTRICT, _OWN = Finest.MUNICIPALITY, Finest.DISTRICT, Finest.OWN

USUAL: tuple[UsualIndicator, ...] = (
    UsualIndicator(
        _TOPIC[0],
        "Bevölkerung",
        "Einwohner mit Hauptwohnung am Stichtag.",
        _PEOPLE,
        _POPULATION,
        _TOWN,
        "alle",
    ),
    UsualIndicator(
        _TOPIC[0],
        "Ausländische Bevölkerung",
        "Einwohner ohne deutsche Staatsangehörigkeit am Stichtag.",
        _PEOPLE,
        _POPULATION,
        _TOWN,
    ),
    UsualIndicator(
        _TOPIC[0],
        "Ausländeranteil",
        "Ausländische Bevölkerung geteilt durch die Bevölkerung insgesamt.",
        _PERCENT,
        _POPULATION,
        _TOWN,
    ),
    UsualIndicator(
        _TOPIC[0],
        "EU-Bürgerinnen und EU-Bürger",
        "Ausländische Bevölkerung mit der Staatsangehörigkeit eines anderen Mitgliedstaats der EU.",
        _PEOPLE,
        _FOREIGNERS,
        _DISTRICT,
        "eu-zugewanderte",
    ),
    UsualIndicator(
        _TOPIC[0],
        "Zuzüge aus dem Ausland",
        "Anmeldungen von Personen, die aus dem Ausland kommen, im Kalenderjahr.",
        _PEOPLE,
        "Statistische Ämter: Wanderungsstatistik (EVAS 12711)",
        _DISTRICT,
    ),
    UsualIndicator(
        _TOPIC[0],
        "Ausländische Kinder und Jugendliche unter 18 Jahren",
        "Einwohner unter 18 Jahren ohne deutsche Staatsangehörigkeit am Stichtag.",
        _PEOPLE,
        _RESIDENTS,
        _OWN,
        "kinder-und-schueler",
    ),
    UsualIndicator(
        _TOPIC[0],
        "Ausländische Frauen ab 18 Jahren",
        "Einwohnerinnen ab 18 Jahren ohne deutsche Staatsangehörigkeit am Stichtag.",
        _PEOPLE,
        _RESIDENTS,
        _OWN,
        "frauen",
    ),
    UsualIndicator(
        _TOPIC[1],
        "Schutzsuchende",
        "Ausländer, die sich aus humanitären Gründen in Deutschland aufhalten: mit offenem, anerkanntem oder "
        "abgelehntem Schutzstatus.",
        _PEOPLE,
        _SEEKERS,
        _DISTRICT,
    ),
    UsualIndicator(
        _TOPIC[1],
        "Asylsuchende im laufenden Verfahren",
        "Personen mit Aufenthaltsgestattung oder Ankunftsnachweis am Stichtag.",
        _PEOPLE,
        _REGISTER,
        _OWN,
        "asylsuchende",
    ),
    UsualIndicator(
        _TOPIC[1],
        "Anerkannte Schutzberechtigte",
        "Personen mit Asylberechtigung, Flüchtlingseigenschaft, subsidiärem oder vorübergehendem Schutz oder "
        "Abschiebungsverbot am Stichtag.",
        _PEOPLE,
        _REGISTER,
        _OWN,
        "schutzberechtigte",
    ),
    UsualIndicator(
        _TOPIC[1],
        "Geduldete",
        "Ausreisepflichtige Personen mit Duldung am Stichtag.",
        _PEOPLE,
        _REGISTER,
        _OWN,
        "geduldete",
    ),
    UsualIndicator(
        _TOPIC[1],
        "Geflüchtete aus der Ukraine",
        "Personen mit vorübergehendem Schutz nach § 24 AufenthG oder einer Fiktionsbescheinigung dafür am "
        "Stichtag.",
        _PEOPLE,
        _REGISTER,
        _OWN,
    ),
    UsualIndicator(
        _TOPIC[1],
        "Empfänger von Asylbewerberregelleistungen",
        "Personen, die am Jahresende Regelleistungen nach dem Asylbewerberleistungsgesetz erhalten.",
        _PEOPLE,
        _BENEFITS,
        _DISTRICT,
    ),
    UsualIndicator(
        _TOPIC[1],
        "Unbegleitete minderjährige Geflüchtete in Jugendhilfe",
        "Junge Menschen, die ohne Sorgeberechtigte eingereist sind und am Stichtag Hilfe des Jugendamts "
        "erhalten.",
        _PEOPLE,
        "Jugendamt",
        _OWN,
        "unbegleitete-minderjaehrige",
    ),
    UsualIndicator(
        _TOPIC[2],
        "Untergebrachte in Gemeinschaftsunterkünften",
        "Personen, die am Stichtag in einer Gemeinschaftsunterkunft der Regierung wohnen.",
        _PEOPLE,
        _HOUSING,
        _OWN,
    ),
    UsualIndicator(
        _TOPIC[2],
        "Untergebrachte in dezentralen Unterkünften",
        "Personen, die am Stichtag in einer dezentralen Unterkunft des Landratsamts wohnen.",
        _PEOPLE,
        _HOUSING,
        _OWN,
    ),
    UsualIndicator(
        _TOPIC[2],
        "Auszugsberechtigte in Unterkünften",
        "Anerkannte, die am Stichtag noch in einer Asylunterkunft wohnen, weil sie keine Wohnung haben.",
        _PEOPLE,
        _HOUSING,
        _OWN,
        "schutzberechtigte",
    ),
    UsualIndicator(
        _TOPIC[3],
        "Kinder mit nicht deutscher Familiensprache in Kindertageseinrichtungen",
        "Betreute Kinder, in deren Familie vorrangig nicht Deutsch gesprochen wird, am 1. März.",
        "Kinder",
        _DAY_CARE,
        _DISTRICT,
        "kinder-und-schueler",
    ),
    UsualIndicator(
        _TOPIC[3],
        "Ausländische Schülerinnen und Schüler",
        "Schülerinnen und Schüler ohne deutsche Staatsangehörigkeit an allgemeinbildenden Schulen.",
        _PEOPLE,
        _SCHOOLS,
        _DISTRICT,
        "kinder-und-schueler",
    ),
    UsualIndicator(
        _TOPIC[3],
        "Ausländische Schulabgänge ohne Abschluss",
        "Anteil der Abgänge ohne ersten Schulabschluss an allen ausländischen Abgängen eines Schuljahres.",
        _PERCENT,
        _SCHOOLS,
        _DISTRICT,
    ),
    UsualIndicator(
        _TOPIC[3],
        "Schülerinnen und Schüler in Deutschklassen",
        "Schülerinnen und Schüler, die am Stichtag eine Deutschklasse besuchen.",
        _PEOPLE,
        "Staatliches Schulamt",
        _OWN,
        "kinder-und-schueler",
    ),
    UsualIndicator(
        _TOPIC[4],
        "Neue Teilnehmende an Integrationskursen",
        "Personen, die im Kalenderjahr erstmals einen Integrationskurs begonnen haben.",
        _PEOPLE,
        _BAMF,
        _DISTRICT,
    ),
    UsualIndicator(
        _TOPIC[4],
        "Wartende auf einen Integrationskurs",
        "Personen mit Berechtigung oder Verpflichtung, die am Stichtag keinen Kursplatz haben.",
        _PEOPLE,
        "Kursträger, Jobcenter und Ausländerbehörde",
        _OWN,
    ),
    UsualIndicator(
        _TOPIC[5],
        "Ausländische sozialversicherungspflichtig Beschäftigte am Wohnort",
        "Beschäftigte ohne deutsche Staatsangehörigkeit nach ihrem Wohnort am Stichtag.",
        _PEOPLE,
        f"{_WORK}: Beschäftigungsstatistik (EVAS 13111)",
        _TOWN,
    ),
    UsualIndicator(
        _TOPIC[5],
        "Ausländische Arbeitslose",
        "Gemeldete Arbeitslose ohne deutsche Staatsangehörigkeit, im Bestand.",
        _PEOPLE,
        f"{_WORK}: Arbeitslosenstatistik",
        _TOWN,
    ),
    UsualIndicator(
        _TOPIC[5],
        "Ausländische erwerbsfähige Leistungsberechtigte (SGB II)",
        "Erwerbsfähige in Bedarfsgemeinschaften ohne deutsche Staatsangehörigkeit, im Bestand.",
        _PEOPLE,
        f"{_WORK}: Grundsicherungsstatistik",
        _DISTRICT,
    ),
    UsualIndicator(
        _TOPIC[6],
        "Einbürgerungen",
        "Personen, die im Kalenderjahr die deutsche Staatsangehörigkeit durch Einbürgerung erhalten haben.",
        _PEOPLE,
        "Statistische Ämter: Einbürgerungsstatistik (EVAS 12511)",
        _DISTRICT,
        "zugewanderte-mit-aufenthaltstitel",
    ),
    UsualIndicator(
        _TOPIC[6],
        "Ehrenamtliche in der Integrationsarbeit",
        "Personen, die sich am Stichtag in Helferkreisen, Patenschaften oder Vereinen für Zugewanderte "
        "engagieren.",
        _PEOPLE,
        "Abfrage bei Helferkreisen und Koordinierungsstelle",
        _OWN,
    ),
)
