"""What is new as a feed (RFC 4287), and until when offers run as a calendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree import ElementTree

from icalendar import Calendar

from steering.analysis.publication.content import PublicNews, Published
from steering.exchange.publication.open_data import files
from tests.exchange.publication.told import ADDRESS, DAY, offer, potential, published

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(made: Published) -> ElementTree.Element:
    return ElementTree.fromstring(files(made)["neues.atom"])


def said(made: Published, name: str) -> list[str]:
    return [str(each.findtext(ATOM + name)) for each in feed(made).iter(f"{ATOM}entry")]


def events(made: Published) -> list[dict[str, object]]:
    found = Calendar.from_ical(files(made)["termine.ics"])
    assert found.errors == []
    names = ("uid", "summary", "dtstart", "dtend", "dtstamp")
    return [{name: each.decoded(name) for name in names} for each in found.walk("VEVENT")]


def test_a_feed_has_what_rfc_4287_requires():
    made = feed(published())
    for thing in (made, *made.iter(f"{ATOM}entry")):
        assert str(thing.findtext(f"{ATOM}id")).startswith("urn:uuid:")
        assert thing.findtext(f"{ATOM}title")
        assert datetime.fromisoformat(str(thing.findtext(f"{ATOM}updated"))).tzinfo
    assert made.findtext(f"{ATOM}author/{ATOM}name") == "Landkreis Musterkreis"
    links = {str(each.get("rel")): str(each.get("href")) for each in made.findall(f"{ATOM}link")}
    assert links == {"self": f"{ADDRESS}/neues.atom", "alternate": f"{ADDRESS}/index.html"}


def test_news_are_told_by_the_day_of_their_release():
    made = published()
    assert said(made, "title") == ["Geändert: Integrationslotsen", "Neu: Leerstand im Ortskern"]
    assert said(made, "updated") == ["2026-11-20T00:00:00+01:00", "2026-10-01T00:00:00+02:00"]
    assert said(made, "summary") == ["Geändert: Ansprechstelle, Öffnungszeiten.", "Häuser stehen leer."]


def test_every_value_that_can_change_has_a_german_word():
    names = {*offer().values, *potential().values}
    made = published(offer(), news=(PublicNews(DAY, "angebot-12", tuple(sorted(names))),))
    (told,) = said(made, "summary")
    words = told.removeprefix("Geändert: ").removesuffix(".").split(", ")
    assert len(words) == len(names)
    assert not set(words) & (names - {"name"})


def test_two_releases_of_a_day_tell_a_thing_once():
    first = PublicNews(DAY, "angebot-12")
    changed = published(
        news=(PublicNews(DAY, "angebot-12", ("what",)), PublicNews(DAY, "angebot-12", ("end", "what")))
    )
    assert said(changed, "summary") == ["Geändert: läuft bis, was es ist."]
    assert said(published(news=(PublicNews(DAY, "angebot-12", ("what",)), first)), "title") == [
        "Neu: Integrationslotsen"
    ]


def test_news_keep_their_ids_and_have_no_two_alike():
    other = PublicNews(date(2026, 9, 1), "angebot-12", ("what",))
    made = published(news=(PublicNews(DAY, "angebot-12", ("what",)), other))
    ids = said(made, "id")
    assert len(set(ids)) == 2
    assert said(published(news=(other,)), "id") == ids[1:]


def test_without_an_address_a_page_is_found_from_the_feed():
    (entry, *_) = feed(published(address="")).iter(f"{ATOM}entry")
    assert [each.get("href") for each in entry.iter(f"{ATOM}link")] == ["angebote/12.html"]


def test_an_end_that_is_public_is_a_whole_day_with_an_id_for_good():
    (found,) = events(published(offer()))
    assert found == {
        "uid": "verzeichnis-angebot-12-ende@09473.integrationssteuerung",
        "summary": "Läuft bis heute: Integrationslotsen",
        "dtstart": date(2027, 6, 30),
        "dtend": date(2027, 7, 1),
        "dtstamp": datetime(2026, 11, 20, tzinfo=UTC),
    }


def test_ends_stand_in_their_order_and_open_ones_nowhere():
    made = published(
        offer(3, end={"until": "2028-01-01"}),
        offer(2, end={"open_ended": True}),
        offer(1, without={"end"}),
        offer(4, end={"until": "2027-01-01"}),
        potential(),
    )
    assert [each["dtstart"] for each in events(made)] == [date(2027, 1, 1), date(2028, 1, 1)]


def test_a_calendar_without_an_end_is_one_all_the_same():
    found = Calendar.from_ical(files(published(potential()))["termine.ics"])
    assert [each.name for each in found.subcomponents] == ["VTIMEZONE"]
