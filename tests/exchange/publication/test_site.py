"""The pages of the public directory: what they say, what they never say, and where their links lead."""

import re
from dataclasses import replace
from datetime import date

import pytest

from steering.analysis.publication.content import PublicEntry, PublicNews, Published, SiteWords
from steering.exchange.publication.languages import TONGUES
from steering.exchange.publication.site import ASSETS, SEARCH_INDEX, files
from steering.model import Language
from tests.exchange.publication.directories import (
    CHANCE,
    DAY,
    EXTRA,
    FULL,
    OFFER,
    PLACES,
    PLAIN,
    POTENTIAL,
    SITE,
    TITLES,
    boundaries,
    empty,
    rich,
)
from tests.exchange.publication.reading import leads, pages

OURS = {".html", ".js", ".css"}
# What each value of an offer says, and nothing else in the directory does.
SAYS = {
    "kind": "Projekt", "what": "Kinderbetreuung", "for_whom": "Vorkenntnissen", "carrier": "Beispielverein",
    "opening": "Donnerstag", "tasks": "Sprachkurse", "target_groups": "Frauen &amp; Mädchen",
    "address": "Musterweg 5", "contact": "Kursleitung", "end": "31.12.2027", "places": "<dd>24</dd>",
    "confirmed": "01.10.2026", "texts": TITLES[Language.UKRAINIAN],
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    return files(rich(), boundaries(), EXTRA)


@pytest.fixture(scope="module")
def read(made):
    return pages(made)


def one(**values):
    """The site of one offer that says this."""
    return files(only(PublicEntry("angebot-7", {"name": "Sieben", **values})), boundaries())


def only(*entries):
    return replace(rich(), directory=replace(rich().directory, entries=entries), news=())


def test_the_same_directory_makes_the_same_bytes(made):
    assert files(rich(), boundaries().iloc[::-1], EXTRA) == made


def test_every_link_leads_to_a_file_and_a_place_in_it(made, read):
    missing = [
        (path, target, anchor)
        for path, page in read.items()
        for target, anchor in leads(path, page)
        if target not in made or (anchor and anchor not in read[target].anchors)
    ]
    assert missing == []


def test_every_page_is_reached_from_the_first_one(read):
    seen, ahead = set(), ["index.html"]
    while ahead:
        path = ahead.pop()
        if path in read and path not in seen:
            seen.add(path)
            ahead += [target for target, _ in leads(path, read[path])]
    assert seen == set(read)


def test_no_file_names_an_address_that_nobody_typed(made):
    vendored = {"assets/kern.min.css", "assets/minisearch.js"}
    typed = {FULL["contact"]["website"], SITE.address, "https://www.musterland.example/impressum"}
    licence = "https://www.govdata.de/dl-de/by-2-0"
    found = {
        address
        for path, content in made.items()
        if path.endswith((".html", ".js", ".css")) and path not in vendored
        for address in re.findall(r"""(?:https?:)?//[\w.-]+\.\w[^\s"'<>)]*""", content.decode())
    }
    pages_of_site = {address for address in found if address.startswith(f"{SITE.address}/")}
    assert found - pages_of_site == (typed - {SITE.address}) | {licence}


def test_every_page_has_one_heading_a_main_part_and_says_of_which_day_it_is(read):
    for path, page in read.items():
        assert len(page.all("h1")) == len(page.all("main")) == 1, path
        assert "Stand: 27.11.2026" in page.text, path
        assert page.all("html") == [{"lang": "de"}], path


def test_the_first_page_counts_offers_and_the_municipalities_they_are_for(read):
    assert "3 Angebote in 4 Gemeinden" in read["index.html"].text
    local = PublicEntry("angebot-7", {"name": "Sieben", "reach": {"municipalities": ["99001"]}})
    assert "1 Angebot in 1 Gemeinde\n" in pages(files(only(local), boundaries()))["index.html"].text
    nowhere = PublicEntry("angebot-7", {"name": "Sieben"})
    assert "1 Angebot\n" in pages(files(only(nowhere), boundaries()))["index.html"].text


def test_the_first_page_tells_a_thing_of_a_day_once():
    day = DAY
    news = (PublicNews(day, OFFER, ("opening",)), PublicNews(day, OFFER), PublicNews(day, PLAIN, ("what",)))
    page = files(replace(rich(), news=news), boundaries())["index.html"].decode()
    told = re.findall(
        r'<a href="(angebote/\d\.html)">[^<]*</a> <span class="quiet">(neu|geändert)</span>', page
    )
    assert told == [("angebote/1.html", "neu"), ("angebote/2.html", "geändert")]


@pytest.mark.parametrize("name", SAYS)
def test_a_value_stands_on_the_page_of_its_offer_and_nowhere_where_it_is_not_public(made, name):
    assert SAYS[name] in made["angebote/1.html"].decode()
    without = PublicEntry(OFFER, {other: value for other, value in FULL.items() if other != name})
    silent = files(only(without), boundaries())
    marker = SAYS[name].replace("&amp;", "&")
    assert [path for path, content in silent.items() if path not in _assets() and (
        marker.encode() in content or SAYS[name].encode() in content)] == []  # fmt: skip


def _assets():
    return {f"assets/{path.relative_to(ASSETS).as_posix()}" for path in ASSETS.rglob("*")}


def test_a_page_of_a_potential_says_all_of_it(made):
    page = made["potenziale/1.html"].decode()
    for name in ("name", "kind", "description", "evidence", "idea", "next_step"):
        assert CHANCE[name] in page
    assert CHANCE["indicator"]["name"] in page
    assert "Cedern" in page


def test_a_municipality_lists_what_is_for_it_and_what_is_for_all(read):
    for ags, name in PLACES:
        listed = {target for target, _ in leads("gemeinden/x.html", read[f"gemeinden/{ags}.html"])}
        assert ("angebote/1.html" in listed) == (ags in FULL["reach"]["municipalities"]), name
        assert "angebote/3.html" in listed
        page = read[f"gemeinden/{ags}.html"].text
        assert "1 Angebot ohne Angabe des Gebiets." in page
        assert "angebote/2.html" in listed
        assert page.index("Im ganzen Landkreis") < page.index("Ohne Angabe des Gebiets\n")


def test_a_municipality_has_nothing_only_where_nothing_could_be_for_it():
    elsewhere = PublicEntry("angebot-7", {"name": "Sieben", "reach": {"municipalities": ["99001"]}})
    none = "Für Cedern steht noch kein Angebot im Verzeichnis."
    assert none in pages(files(only(elsewhere), boundaries()))["gemeinden/99003.html"].text
    unsaid = pages(files(only(elsewhere, PublicEntry(PLAIN, {"name": "Café"})), boundaries()))
    page = unsaid["gemeinden/99003.html"].text
    assert none not in page
    assert "1 Angebot ohne Angabe des Gebiets." in page


def test_a_directory_of_potentials_only_is_called_by_them():
    (heading,) = re.findall(
        "<h1[^>]*>(.*)</h1>", files(only(PublicEntry(POTENTIAL, CHANCE)), boundaries())["index.html"].decode()
    )
    assert heading == "1 Potenzial"


def test_the_heading_of_a_language_is_about_information_and_promises_no_service_in_it():
    told = {tag: tongue.heading.split()[0] for tag, tongue in TONGUES.items()}
    assert told == {
        "de-simple": "Informationen", "en": "Information", "fr": "Informations", "ar": "معلومات",
        "fa": "اطلاعات", "uk": "Інформація", "ru": "Информация", "tr": "Burada", "pl": "Informacje",
        "ro": "Informații",
    }  # fmt: skip


def test_an_offer_without_anything_else_has_a_page_with_its_name(read):
    assert "Café International" in read["angebote/2.html"].text
    assert read["angebote/2.html"].all("dl") == []


def test_texts_stand_on_the_page_of_the_offer_and_of_their_language_in_their_direction(read):
    for language, title in TITLES.items():
        direction = "rtl" if language in (Language.ARABIC, Language.PERSIAN) else "ltr"
        (section,) = [said for said in read["angebote/1.html"].all("section") if said.get("lang") == language]
        assert section["dir"] == direction
        page = read[f"sprachen/{language.value}.html"]
        assert title in page.text
        (main,) = page.all("main")
        assert (main["lang"], main["dir"]) == (language.value, direction)


def test_what_is_missing_in_a_language_is_shown_in_german_with_a_note(read):
    page = read["sprachen/fa.html"]
    # The offer has a title without a text; three entries have neither.
    assert page.text.count(TONGUES["fa"].only_german) == 4
    assert "Hilft bei der Suche nach einer Wohnung." in page.text


def test_every_language_has_its_words():
    assert list(TONGUES) == [language.value for language in Language]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><b>", "{{7*7}}"]
)
def test_what_looks_like_html_stays_text(text):
    values = dict.fromkeys(("name", "kind", "what", "for_whom", "carrier", "opening"), text)
    values |= {
        "target_groups": [text],
        "tasks": [{"field": "sprache", "task": text}],
        "address": {"street": text, "town": text},
        "contact": {"function": text, "phone": text, "mailbox": text, "website": f"javascript:{text}"},
        "texts": [{"language": "ar", "title": text, "text": text}],
    }
    potential = dict.fromkeys(("name", "kind", "description", "evidence", "idea", "next_step"), text)
    words = SiteWords(**{name: text for name in SiteWords.__dataclass_fields__ if name != "licence"})
    hostile = only(PublicEntry("angebot-1", values), PublicEntry("potenzial-1", potential))
    hostile = replace(hostile, directory=replace(hostile.directory, site=words, places=(("99001", text),)))
    outlines = boundaries().assign(attribution=text, name=text)
    told = files(hostile, outlines, EXTRA, lambda entry, _: {"name": entry.name})
    scripts = [said for page in pages(told).values() for said in page.all("script")]
    assert all(said.keys() in ({"src", "defer"}, {"type"}) for said in scripts)
    assert not [said for page in pages(told).values() for tag, said in page.elements
                if tag in ("b", "img") or any(name.startswith("on") for name in said)]  # fmt: skip
    assert len(pages(told)["angebote/1.html"].all("script")) == 1
    assert text in pages(told)["angebote/1.html"].text


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//foreign.example", "file:///etc/passwd", "kein Link"],
)
def test_only_addresses_of_the_web_are_links(address):
    page = pages(one(contact={"website": address, "mailbox": address, "phone": address}))["angebote/7.html"]
    assert address in page.text
    assert address not in page.addresses


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ({"phone": "+49 (0) 9561 12-34"}, "tel:+4995611234"),
        ({"phone": "09561 / 12 34"}, "tel:095611234"),
        ({"mailbox": "amt+neu@kreis.example"}, "mailto:amt+neu@kreis.example"),
        ({"website": "https://kreis.example/a?b=1&c=2"}, "https://kreis.example/a?b=1&c=2"),
    ],
)
def test_a_way_to_reach_somebody_is_a_link(contact, link):
    assert link in pages(one(contact=contact))["angebote/7.html"].addresses


def test_names_alike_lead_to_pages_of_their_own():
    found = one(target_groups=["Mütter", "Muetter", "МАТЕРИ", "Отцы"])
    assert {path for path in found if path.startswith("zielgruppen/")} == {
        "zielgruppen/muetter.html", "zielgruppen/muetter-2.html",
        "zielgruppen/ohne-namen.html", "zielgruppen/ohne-namen-2.html",
    }  # fmt: skip


def test_a_directory_without_entries_says_so_calmly():
    found = files(empty(), boundaries())
    assert set(pages(found)) == {"index.html"}
    assert "Noch nichts veröffentlicht" in pages(found)["index.html"].text
    assert SEARCH_INDEX not in found
    assert "Stand" not in pages(found)["index.html"].text
    assert all(target in found for target, _ in leads("index.html", pages(found)["index.html"]))


def test_a_legal_text_has_a_page_only_where_there_is_one():
    directory = replace(rich().directory, site=replace(SITE, privacy="", accessibility=""))
    found = files(replace(rich(), directory=directory), boundaries())
    assert "impressum.html" in found
    assert not {"datenschutz.html", "barrierefreiheit.html", "offene-daten.html"} & set(found)


def test_data_files_stand_beside_the_pages_and_are_linked(made, read):
    assert EXTRA.items() <= made.items()
    listed = {target for target, _ in leads("offene-daten.html", read["offene-daten.html"])}
    assert set(EXTRA) <= listed
    fewer = files(rich(), boundaries(), {"neues.atom": b""})
    listed = {target for target, _ in leads("offene-daten.html", pages(fewer)["offene-daten.html"])}
    assert set(EXTRA) & listed == {"neues.atom"}


def test_machines_are_told_on_the_pages_of_offers_only():
    told = files(
        rich(), boundaries(), structured=lambda entry, directory: {"of": [entry.key, directory.district]}
    )
    page = told["angebote/2.html"].decode()
    assert (
        f'<script type="application/ld+json">{{"of": ["{PLAIN}", "Landkreis Musterland"]}}</script>' in page
    )
    assert b"ld+json" not in told["potenziale/1.html"]


def test_a_list_counts_potentials_where_there_is_no_offer_and_nothing_where_there_is_neither():
    potential = PublicEntry("potenzial-1", CHANCE)
    told = files(only(potential, PublicEntry(PLAIN, {"name": "Café"})), boundaries())
    first = told["index.html"].decode()
    assert '>Arbeit und Ausbildung</a> <span class="quiet">1 Potenzial</span>' in first
    assert '>Cedern</a> <span class="quiet">1 Potenzial</span>' in first
    assert '>Ährenfeld</a> <span class="quiet"></span>' in first
    assert 'aria-label="Ährenfeld">' in first
    assert "1 Potenzial in diesem Handlungsfeld." in pages(told)["handlungsfelder/arbeit.html"].text
    assert not [path for path, page in told.items() if b"0 Angebote" in page]


def test_the_map_links_each_municipality_by_name_and_says_whose_outlines_these_are(made, read):
    page = made["index.html"].decode()
    assert '<a href="gemeinden/99001.html" aria-label="Ährenfeld: 2 Angebote">' in page
    assert "© Musteramt für Karten (Daten verändert)" in page
    assert "Nachbarland" not in page
    assert "Woanders" not in page
    assert b"<svg" not in files(rich(), boundaries().iloc[:0])["index.html"]


def test_a_day_is_the_release_and_never_today():
    later = Published(rich().directory, date(2027, 1, 2))
    assert "Stand: 02.01.2027" in pages(files(later, boundaries()))["index.html"].text
