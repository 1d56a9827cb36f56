"""Rules across records: what a record points to, and what must hold between it and others."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, exists, select

from steering.model import (
    Boundary,
    BoundaryRole,
    Consultation,
    Forecast,
    ForecastRule,
    Funding,
    FundingPart,
    Housing,
    HousingKind,
    Indicator,
    Municipality,
    Need,
    Observation,
    Organisation,
    Period,
    Person,
    PersonnelCost,
    Provenance,
    Record,
    Settings,
    StandingPoint,
    StructureKind,
    Submission,
    Wish,
)
from steering.model.german import day
from steering.model.indicators import is_percentage
from steering.model.labels import field_word
from steering.model.vocabulary import WORDS, word
from steering.storage import forecast_rules
from steering.storage.repeated_topics import said_once, stands_once
from steering.storage.rows import Row
from steering.storage.tables import LINKS, key_of, table_of
from steering.storage.validation import WrongByField

_LARGEST_KEY = 2**63 - 1
_FUNDINGS = table_of(Funding)
_UNITS = table_of(Organisation)
_PERIODS = table_of(Period)
_PERSONNEL = table_of(PersonnelCost)
_PERSONS = table_of(Person)
_INDICATORS = table_of(Indicator)
_NEEDS = table_of(Need)
_MUNICIPALITIES = table_of(Municipality)
_BOUNDARIES = table_of(Boundary)
# What is counted in a municipality on a day, and what tells such counts apart.
_OF_A_DAY: Mapping[type[Record], tuple[str, ...]] = {
    Observation: ("indicator_id", "ags", "reference_date"),
    Forecast: ("indicator_id", "ags", "reference_date", "variant"),
    Housing: ("kind", "ags", "reference_date"),
}
_CONSULTATIONS = table_of(Consultation)


def references(connection: Connection, record: type[Record], values: Row) -> WrongByField:
    """What is wrong with the records that these values point to."""
    owner = str(record.__tablename__)
    findings: WrongByField = {}
    for column in table_of(record).columns:
        value = values.get(column.name)
        for key in column.foreign_keys if value is not None else ():
            findings |= _target(connection, owner, column.name, key.column.table, [value])
    for link in LINKS.get(record, ()):
        (key,) = table_of(link.record).c[link.member].foreign_keys
        findings |= _target(connection, owner, link.field, key.column.table, values.get(link.field, []))
    if values.get("seat_ags") is not None:
        findings |= _seat(connection, str(values["seat_ags"]))
    if values.get("municipalities"):
        findings |= _inhabited(connection, values["municipalities"])
    return findings


def uniqueness(connection: Connection, record: type[Record], key: Any, values: Row) -> WrongByField:
    """What another record has already, though only one may have it; `key` is the record's own."""
    findings: WrongByField = {}
    for column in table_of(record).columns:
        value = values.get(column.name)
        if value is None or not (column.unique or (column.primary_key and key is None)):
            continue
        other = select(key_of(record)).where(column == value)
        if connection.execute(other if key is None else other.where(key_of(record) != key)).first():
            findings[column.name] = f"»{value}« ist schon vergeben. Bitte etwas anderes eingeben."
    return findings | _one_person(connection, key, values) if record is Person else findings


def relations(connection: Connection, record: type[Record], key: Any) -> WrongByField:
    """What no longer holds between a record, as it stands in this transaction, and others."""
    if record is Funding:
        return _accompaniment(connection, key)
    if record is Need:
        return _no_share(connection, key)
    if record is Organisation:
        return _tree(connection, key)
    if record is Period:
        return _apart(connection, key)
    if record in _OF_A_DAY:
        return _once(connection, record, key)
    if record is ForecastRule:
        return forecast_rules.relations(connection, key)
    if record is PersonnelCost:
        return _one_rule(connection, key)
    if record is Consultation:
        return _after_handing_in(connection, key)
    if record is Wish:
        return said_once(connection, key)
    if record is StandingPoint:
        return stands_once(connection, key)
    return {}


def binds(record: type[Record], values: Mapping[str, Any], *, new: bool) -> bool:
    """Whether `relations` can find anything in a record that was made with, or changed to, these values."""
    if record is Funding:
        touched = not new and bool(values.keys() & {"accompanies_id", "part", "structure_id"})
        return touched or values.get("accompanies_id") is not None
    if record is Need:
        return values.get("indicator_id") is not None
    return record in (Period, PersonnelCost, Consultation, StandingPoint, Wish, ForecastRule, *_OF_A_DAY) or (
        record is Organisation and values.get("parent_id") is not None
    )


def _target(
    connection: Connection, owner: str, field: str, table: Table, keys: Iterable[Any]
) -> WrongByField:
    (name,) = table.primary_key.columns
    word = field_word(owner, field)
    for key in keys:
        reachable = not isinstance(key, int) or abs(key) <= _LARGEST_KEY
        found = connection.execute(select(table).where(name == key)).mappings().first() if reachable else None
        if found is None:
            return {field: f"{word}: Den Eintrag »{key}« gibt es nicht (mehr). Bitte neu wählen."}
        if found.get("archived_on"):
            return {field: f"{word}: »{found.get('name', key)}« ist archiviert. Bitte etwas anderes wählen."}
    return {}


def _seat(connection: Connection, ags: str) -> WrongByField:
    own = exists().where(_MUNICIPALITIES.c.ags == ags)
    nearby = exists().where(_BOUNDARIES.c.key == ags[:5], _BOUNDARIES.c.role == BoundaryRole.NEIGHBOUR)
    if connection.execute(select(own | nearby)).scalar():
        return {}
    district = connection.execute(select(table_of(Settings).c.district_name)).scalar() or "eigenen Landkreis"
    return {
        "seat_ags": f"Der Gemeindeschlüssel {ags} gehört zu keiner Gemeinde (»{district}«) und zu keinem "
        "Nachbarkreis. Bitte prüfen oder das Feld leer lassen."
    }


def _inhabited(connection: Connection, keys: list[Any]) -> WrongByField:
    empty = select(_MUNICIPALITIES.c.name).where(
        _MUNICIPALITIES.c.ags.in_(keys), ~_MUNICIPALITIES.c.inhabited
    )
    name = connection.execute(empty).scalar()
    if name is None:
        return {}
    return {"municipalities": f"»{name}« ist unbewohnt und gehört zu keinem Gebiet. Bitte herausnehmen."}


def _accompaniment(connection: Connection, key: Any) -> WrongByField:
    """A co-financing accompanies a carrying funding of its own structure, and nothing else does."""
    this = connection.execute(select(_FUNDINGS).where(_FUNDINGS.c.id == key)).mappings().one()
    if this["accompanies_id"] is not None:
        if this["part"] != FundingPart.CO_FINANCING:
            return {
                "accompanies_id": "Nur eine Kofinanzierung begleitet eine andere Förderung. Bitte leeren."
            }
        carrying = connection.execute(select(_FUNDINGS).where(_FUNDINGS.c.id == this["accompanies_id"]))
        if not _carries(carrying.mappings().one(), this["structure_id"]):
            return {
                "accompanies_id": "Eine Kofinanzierung begleitet eine tragende Förderung derselben Struktur. "
                "Bitte eine solche wählen oder das Feld leer lassen."
            }
    companions = select(_FUNDINGS).where(_FUNDINGS.c.accompanies_id == key)
    for companion in connection.execute(companions).mappings():
        if not _carries(this, companion["structure_id"]):
            field = "structure_id" if this["part"] == FundingPart.CARRYING else "part"
            return {
                field: f"Diese Förderung wird von »{companion['name']}« begleitet und muss dafür "
                "tragend sein und zur selben Struktur gehören. Bitte zuerst dort ändern."
            }
    return {}


def _carries(funding: Any, structure_id: int) -> bool:
    return bool(funding["part"] == FundingPart.CARRYING and funding["structure_id"] == structure_id)


def _tree(connection: Connection, key: Any) -> WrongByField:
    """No unit stands above itself."""
    if key in units_above(connection, key):
        return {
            "parent_id": "Eine Einheit kann nicht sich selbst übergeordnet sein, auch nicht über andere. "
            "Bitte eine andere übergeordnete Einheit wählen."
        }
    return {}


def _apart(connection: Connection, key: Any) -> WrongByField:
    """No two planning periods in use have a day in common."""
    this = connection.execute(select(_PERIODS).where(_PERIODS.c.id == key)).mappings().one()
    if this["archived_on"] is not None:
        return {}
    other = select(_PERIODS).where(
        _PERIODS.c.id != key,
        _PERIODS.c.archived_on.is_(None),
        _PERIODS.c.first <= this["last"],
        _PERIODS.c.last >= this["first"],
    )
    found = connection.execute(other).mappings().first()
    if found is None:
        return {}
    return {
        "first": f"Der Zeitraum überschneidet sich mit {day(found['first'])}–{day(found['last'])}. "
        "Bitte Beginn oder Ende ändern."
    }


def _once(connection: Connection, record: type[Record], key: Any) -> WrongByField:
    """What is counted in a municipality on a day is there once, and not where nobody lives; what was
    archived counts no more."""
    table = table_of(record)
    columns = table.c
    this = connection.execute(select(table).where(columns.id == key)).mappings().one()
    where = connection.execute(
        select(_MUNICIPALITIES.c.name, _MUNICIPALITIES.c.inhabited).where(
            _MUNICIPALITIES.c.ags == this["ags"]
        )
    ).one()
    if not where.inhabited:
        return {"ags": f"»{where.name}« ist unbewohnt; dort wird nichts gezählt. Bitte eine andere wählen."}
    same = [columns[name] == this[name] for name in _OF_A_DAY[record]]
    if "archived_on" in columns:
        if this["archived_on"] is not None:
            return {}
        same.append(columns.archived_on.is_(None))
    if connection.execute(select(columns.id).where(columns.id != key, *same)).first():
        kind = f" ({word(HousingKind(this['kind']))})" if record is Housing else ""
        return {
            "reference_date": f"Am {day(this['reference_date'])} hat »{where.name}«{kind} schon einen Wert. "
            "Bitte diesen ändern."
        }
    return {}


def _no_share(connection: Connection, key: Any) -> WrongByField:
    """A need follows a count: the shares of several municipalities are no sum."""
    named = select(_INDICATORS.c.name, _INDICATORS.c.unit).join(
        _NEEDS, _NEEDS.c.indicator_id == _INDICATORS.c.id
    )
    found = connection.execute(named.where(_NEEDS.c.id == key)).first()
    if found is None or not is_percentage(found.unit):
        return {}
    return {
        "indicator_id": f"»{found.name}« ist ein Anteil ({found.unit}); Anteile mehrerer Gemeinden ergeben "
        "keine Summe. Bitte eine Kennzahl wählen, die etwas zählt."
    }


def _one_rule(connection: Connection, key: Any) -> WrongByField:
    """Of the house's own rules in use there is one for each kind of structure, or all others, and year.

    An example stands in nobody's way: what is entered beats it.
    """
    columns = _PERSONNEL.c
    this = connection.execute(select(_PERSONNEL).where(columns.id == key)).mappings().one()
    if this["archived_on"] is not None or this["provenance"] == Provenance.EXAMPLE:
        return {}
    same = [columns.year == this["year"], columns.structure_kind.is_not_distinct_from(this["structure_kind"])]
    same += [columns.archived_on.is_(None), columns.provenance != Provenance.EXAMPLE]
    other = select(columns.name).where(columns.id != key, *same)
    name = connection.execute(other).scalar()
    if name is None:
        return {}
    kind = this["structure_kind"]
    whom = f"für »{WORDS[StructureKind][StructureKind(kind)]}«" if kind else "ohne Art"
    return {
        "structure_kind": f"{whom[0].upper()}{whom[1:]} gibt es für {this['year']} schon den Satz »{name}«. "
        "Bitte diesen ändern oder archivieren, oder eine andere Art oder ein anderes Jahr wählen."
    }


def _one_person(connection: Connection, key: Any, values: Row) -> WrongByField:
    """Of what a sign-in says of somebody there is one person; asked before the database refuses a second."""
    columns = _PERSONS.c
    before = connection.execute(select(_PERSONS).where(columns.id == key)).mappings().first()
    this = {**(before or {}), **values}
    same = (columns.issuer == this.get("issuer")) & (columns.subject == this.get("subject"))
    name = connection.execute(select(columns.name).where(same, columns.id.is_distinct_from(key))).scalar()
    return {"subject": f"Diese Kennung hat schon »{name}«. Bitte dort ändern."} if name else {}


def _after_handing_in(connection: Connection, key: Any) -> WrongByField:
    """A committee takes up a Vorlage once it is handed in, and comes to one result in a sitting."""
    columns = _CONSULTATIONS.c
    this = connection.execute(select(_CONSULTATIONS).where(columns.id == key)).mappings().one()
    handed_in = select(table_of(Submission).c.handed_in_on).where(
        table_of(Submission).c.id == this["submission_id"]
    )
    since = connection.execute(handed_in).scalar_one()
    if this["day"] < since:
        return {
            "day": f"Die Vorlage ist erst am {day(since)} abgegeben. Bitte den Tag der Beratung oder den der "
            "Abgabe prüfen."
        }
    same = [columns[name] == this[name] for name in ("submission_id", "committee_id", "day")]
    if connection.execute(select(columns.id).where(columns.id != key, *same)).first():
        return {"day": f"Vom {day(this['day'])} ist schon ein Ergebnis da. Bitte dieses ändern."}
    return {}


def units_above(connection: Connection, key: Any) -> list[Any]:
    """The organisations above one, the nearest first; it is among them itself where they go in a circle."""
    above: list[Any] = []
    while True:
        key = connection.execute(select(_UNITS.c.parent_id).where(_UNITS.c.id == key)).scalar()
        if key is None or key in above:
            return above
        above.append(key)
