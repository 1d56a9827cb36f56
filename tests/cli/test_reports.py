"""Papers of the Coburg data, written and read again figure by figure; `steering report`; LibreOffice."""

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from steering import cli
from steering.analysis.document import Document
from steering.analysis.masterplan import counted
from steering.analysis.masterplan.bearers import bearers
from steering.analysis.masterplan.periods import periods
from steering.analysis.masterplan.proof import proof
from steering.analysis.paper.draft import compose, draft
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.subjects import About, PaperSubject, subjects
from steering.analysis.paper.whole_plan import masterplan
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, View
from steering.charts import paper_pictures
from steering.exchange import word
from steering.exchange.word import pdf
from steering.model.german import UNKNOWN, euro
from steering.model.vocabulary import LEVEL_LETTER
from steering.storage import reading, schema
from tests.conftest import sqlite_url
from tests.exchange.word.reading import cells, read, texts

TODAY = date(2026, 11, 25)
VIEW = View(TODAY, TODAY, Horizon.around(TODAY, 1, 9))
HEADINGS = [
    *(
        "Beschlussvorschlag",
        "Sachverhalt",
        "Finanzielle Auswirkungen",
        "Folgen bei Ablehnung",
        "Alternativen",
    ),
    *("Anlage 1: Karte", "Anlage 2: Zeitachse", "Anlage 3: Maßnahmenliste"),
]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = sqlite_url(tmp_path_factory.mktemp("reports") / "coburg.db")
    schema.prepare(found, "coburg").dispose()
    return found


@pytest.fixture(scope="module")
def portfolio(url: str) -> Portfolio:
    return reading.portfolio(schema.prepare(url, "coburg"))


@pytest.fixture(scope="module")
def lotsen(portfolio: Portfolio) -> Facts:
    known = subjects(portfolio.without_examples(), VIEW)
    return facts(portfolio, VIEW, next(each for each in known if each.about == About.PROGRAMME))


def written(document: Document):
    return read(word.write(document))


def test_the_headings_stand_in_the_order_of_the_landkreis(portfolio: Portfolio) -> None:
    found = facts(portfolio, VIEW, PaperSubject())
    paper = written(compose(found, draft(found)))
    assert texts(paper, "Heading 1") == HEADINGS
    assert cells(paper, 0)[0] == ["Vorlage-Nr.", "wird vergeben"]
    assert [row[0] for row in cells(paper, 0)] == [
        *("Vorlage-Nr.", "Fachbereich", "Betreff", "Beratungsfolge", "Anlagen")
    ]
    assert paper.sections[0].footer.paragraphs[0].text.startswith("Datenstand: 25.11.2026")


def test_the_figures_of_the_paper_are_those_of_the_rules(lotsen: Facts) -> None:
    paper = written(compose(lotsen, draft(lotsen)))
    running = int((lotsen.structures["state"] == "running").sum())
    body = "\n".join(texts(paper))
    assert f"laufen {running} Strukturen mit zusammen 1,5 VZÄ (für 1 von 2 mit Stellen nicht bekannt)" in body
    (motion,) = texts(paper, "Beschlussvorschlag")
    assert "»Integrationslotsen« (1,5 VZÄ) nach dem 31.12.2026 aus eigenen Mitteln weiterzuführen" in motion
    assert "wie bisher sind es je 13.000 € in den Haushaltsjahren 2027 bis 2029" in motion
    assert cells(paper, 1)[1:] == [
        [str(year), "»Integrationslotsen«", "0 €", "nicht bekannt", "nicht bekannt"]
        for year in (2027, 2028, 2029)
    ]
    sheet = lotsen.sheet[lotsen.sheet["year"] == 2026]
    (row,) = [each for each in cells(paper, 2)[1:] if each[0] == "2026"]
    assert row == [
        "2026",
        "freiwillig",
        "nicht bekannt (2 Beträge)",
        euro(sheet["own_cents"].sum()),
        "–",
        "–",
    ]
    scenarios = lotsen.scenarios.to_dict("records")
    assert [[*row[:3], row[4]] for row in cells(paper, 4)[1:]] == [
        [r["name"], str(r["running"]), str(r["unknown"]), f"mindestens {r['open']}" if r["open"] else UNKNOWN]
        for r in scenarios
    ]


def test_examples_do_not_stand_in_a_paper(portfolio: Portfolio) -> None:
    found = facts(portfolio, VIEW, PaperSubject())
    paper = "\n".join(texts(written(compose(found, draft(found)))))
    names = portfolio.needs.loc[portfolio.needs["provenance"] == "example", "name"]
    assert len(names)
    assert not [name for name in names if name and name in paper]
    needs = found.left_out["need"]
    assert needs == int((portfolio.needs["provenance"] == "example").sum())
    assert f"Als Beispiel erfasst und hier nicht berücksichtigt sind {needs} Bedarfe." in paper
    lines = paper.splitlines()
    assert lines.index(next(each for each in lines if f"sind {needs} Bedarfe" in each)) < lines.index(
        "Lücken"
    )
    assert "Datensätze" not in paper


def test_an_annex_without_its_picture_is_not_there(lotsen: Facts) -> None:
    paper = written(compose(lotsen, draft(lotsen), pictures=frozenset({"zeitachse"})))
    assert texts(paper, "Heading 1")[-2:] == ["Anlage 1: Zeitachse", "Anlage 2: Maßnahmenliste"]
    assert cells(paper, 0)[-1][1] == "1. Zeitachse\n2. Maßnahmenliste"
    plan = written(masterplan(lotsen, frozenset()))
    assert not {"Karte", "Zeitachse"} & set(texts(plan, "Heading 1"))


def test_the_map_shows_what_the_paper_is_about(lotsen: Facts, portfolio: Portfolio, url: str) -> None:
    boundaries = reading.boundaries(schema.prepare(url, "coburg"))
    whole = facts(portfolio, VIEW, PaperSubject())
    shown = {
        name: paper_pictures.drawings(found, boundaries)["karte"]().alt
        for name, found in (("lotsen", lotsen), ("whole", whole))
    }
    assert "Bad Rodach 2" in shown["lotsen"], shown
    assert shown["lotsen"] != shown["whole"]


def test_texts_are_replaced_and_parts_left_out(lotsen: Facts) -> None:
    made = draft(lotsen)
    sub = frozenset(part.key for part in made.parts if part.level == 2)
    head = replace(made.head, number="12/2026")
    paper = written(compose(lotsen, replace(made, head=head), {"beschluss": "Der Kreistag\nstimmt zu."}, sub))
    assert texts(paper, "Beschlussvorschlag") == ["Der Kreistag stimmt zu."]
    assert "Sachverhalt" not in texts(paper, "Heading 1")
    assert texts(paper, "Heading 2") == []
    assert cells(paper, 0)[0][1] == "12/2026"


def test_a_finding_about_a_structure_concerns_the_tasks_of_it(portfolio: Portfolio) -> None:
    known = subjects(portfolio.without_examples(), VIEW)
    ending = next(each for each in known if each.key.startswith("ENDING"))
    found = facts(portfolio, VIEW, ending)
    paper = written(compose(found, draft(found)))
    body = "\n".join(texts(paper))
    assert cells(paper, 0)[2][1].startswith("Läuft aus: ")
    assert "Rechtscharakter der 2 betroffenen Aufgaben: 2 freiwillig." in body
    assert "wird empfohlen, zu beschließen, die Stelle »Integrationslotsen«" in body


def test_fifty_pages_and_control_characters_do_not_break_a_paper(lotsen: Facts) -> None:
    typed = "\n\n".join(f"Absatz {n}.\x00\x0b " + "Sätze über Zuständigkeiten. " * 60 for n in range(120))
    paper = written(compose(lotsen, draft(lotsen), {"bewertung": typed, "beschluss": "Ja.\x1f\ud800"}))
    assert len([each for each in texts(paper) if each.startswith("Absatz ")]) == 120
    assert [each.strip() for each in texts(paper, "Beschlussvorschlag")] == ["Ja."]


def test_annexes_are_numbered_among_those_that_are_not_left_out(lotsen: Facts) -> None:
    paper = written(compose(lotsen, draft(lotsen), {}, frozenset({"karte"})))
    assert texts(paper, "Heading 1")[-2:] == ["Anlage 1: Zeitachse", "Anlage 2: Maßnahmenliste"]
    assert cells(paper, 0)[-1][1] == "1. Zeitachse\n2. Maßnahmenliste"


@pytest.fixture(scope="module")
def decided(portfolio: Portfolio) -> Portfolio:
    """The Coburg data with the examples taken for facts, so that there are measures to write about."""
    frames = {
        name: frame.assign(provenance="documented") if "provenance" in frame else frame
        for name, frame in portfolio.frames.items()
    }
    return Portfolio(portfolio.dataset_id, portfolio.revision, frames)


@pytest.fixture(scope="module")
def whole(decided: Portfolio) -> Facts:
    return facts(decided, VIEW, PaperSubject(), True)


@pytest.fixture(scope="module")
def plan_paper(whole: Facts):
    return written(masterplan(whole))


def test_the_masterplan_has_its_chapters_and_a_table_of_contents(plan_paper) -> None:
    assert texts(plan_paper, "Heading 1") == [
        *("Überblick", "Wer trägt was in welchem Zeitraum", "Nachweis", "Maßnahmen", "Was offen bleibt"),
        *("Finanzierung", "Karte", "Zeitachse"),
    ]
    assert [each.split("\t")[0] for each in texts(plan_paper, "toc 1")] == texts(plan_paper, "Heading 1")
    assert "mit den Maßnahmen des Masterplans" in "\n".join(texts(plan_paper))
    assert "gesichert, mit Masterplan" in plan_paper.sections[0].footer.paragraphs[0].text


def tables(paper, *head: str) -> list[list[str]]:
    """The rows of all tables that begin with these columns."""
    found = [cells(paper, place) for place in range(len(paper.tables))]
    return [row for table in found if table[0][: len(head)] == list(head) for row in table[1:]]


def test_who_carries_what_is_computed_with_the_plan_by_period_and_level(plan_paper, whole: Facts) -> None:
    rows = tables(plan_paper, "Aufgabe", "Ebene", "Struktur")
    spans = periods(whole.portfolio, whole.view)
    names = whole.portfolio.tasks.set_index("id")["name"]
    for place, (first, last) in enumerate(zip(spans["first"], spans["last"], strict=True), start=3):
        carried = bearers(whole.described, whole.view, first.date(), last.date())
        expected = sorted((names[t], LEVEL_LETTER[level]) for t, level in
                          zip(carried["task_id"], carried["level"], strict=True))  # fmt: skip
        assert sorted((row[0], row[1]) for row in rows if row[place] != "–") == expected
    (row,) = [row for row in rows if row[0] == "Monitoring und Bericht"]
    assert row[1:5] == ["K", "+ Beispiel: Integrationsplanung (F)", "–", "ab 01.07.27"]


def test_the_proof_and_what_stays_open_are_those_of_the_rules(plan_paper, whole: Facts) -> None:
    found = proof(whole.portfolio, whole.view)
    (every,) = [row for row in tables(plan_paper, "Art") if row[0] == "zusammen"]
    pairs = zip(found.periods["without"], found.periods["with_plan"], strict=True)
    assert every[1:] == [f"{old} → {new}" for old, new in pairs]
    left = counted.once(found.left)
    listed = tables(plan_paper, "Hinweis", "Aufgabe")
    assert len(listed) == len(left)
    assert sum(" und " in row[3] for row in listed) == left["stretches"].map(len).gt(1).sum() > 0
    closed = [row for row in tables(plan_paper, "Maßnahme") if row[0] == "alle zusammen"]
    assert closed[0][1:] == [str(n) for n in found.periods["without"] - found.periods["with_plan"]]


def test_each_measure_has_a_sheet_below_its_field(plan_paper, whole: Facts) -> None:
    measures = whole.portfolio.measures
    assert sorted(texts(plan_paper, "Heading 3")) == sorted(measures["name"])
    told = {row[0]: row[1] for place in range(len(plan_paper.tables)) for row in cells(plan_paper, place)
            if row[0] in ("Meilensteine", "Schließt")}  # fmt: skip
    assert "31.03.2027: Beispiel: Aufgabenteilung vereinbart (offen)" in told["Meilensteine"]


@pytest.fixture(scope="module")
def reported(url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both papers as the command writes them, once for all tests that read or convert them."""
    folder = tmp_path_factory.mktemp("out")
    made = {kind: folder / f"{kind}.docx" for kind in ("sitzungsvorlage", "masterplan")}
    for kind, out in made.items():
        assert cli.main(["report", kind, str(out), "--database", url, "--as-of", "2026-12-01"]) == 0
    return made


@pytest.mark.parametrize("kind", ["sitzungsvorlage", "masterplan"])
def test_the_command_writes_a_paper_with_its_pictures(kind: str, reported: dict[str, Path]) -> None:
    paper = read(reported[kind].read_bytes())
    assert len(paper.inline_shapes) == 2
    assert "Stichtag: 01.12.2026" in paper.sections[0].footer.paragraphs[0].text


def test_the_command_overwrites_nothing(reported: dict[str, Path], url: str, capsys) -> None:
    out = reported["sitzungsvorlage"]
    before = out.read_bytes()
    assert cli.main(["report", "sitzungsvorlage", str(out), "--database", url]) == 1
    assert "gibt es schon" in capsys.readouterr().err
    assert out.read_bytes() == before


def test_the_command_knows_no_other_paper(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["report", "protokoll", str(tmp_path / "a.docx")])
    assert left.value.code == 2


def test_an_empty_database_has_a_paper_too(tmp_path: Path) -> None:
    out = tmp_path / "leer.docx"
    url = sqlite_url(tmp_path / "empty.db")
    assert cli.main(["init", "--database", url, "--dataset", "empty"]) == 0
    assert cli.main(["report", "masterplan", str(out), "--database", url]) == 0
    assert "Eine Struktur ist hierzu nicht erfasst." in texts(read(out.read_bytes()))


@pytest.fixture(scope="module")
def printed(reported: dict[str, Path]) -> dict[str, Path]:
    """Both papers as LibreOffice prints them."""
    if not (pdf.available() and shutil.which("pdftoppm")):
        assert not os.environ.get("STEERING_REQUIRE_LIBREOFFICE"), "LibreOffice or pdftoppm is missing"
        pytest.skip("needs LibreOffice and pdftoppm")
    for out in reported.values():
        out.with_suffix(".pdf").write_bytes(pdf.convert(out.read_bytes()))
    return {kind: out.with_suffix(".pdf") for kind, out in reported.items()}


def said(made: Path, *pages: str) -> str:
    command = ["pdftotext", "-layout", *pages, str(made), "-"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return " ".join(found.stdout.split())


def test_libreoffice_opens_a_paper_and_its_pages_are_not_blank(printed: dict[str, Path]) -> None:
    made = printed["sitzungsvorlage"]
    command = ["pdftoppm", "-r", "40", "-gray", str(made), str(made.with_name("seite"))]
    subprocess.run(command, check=True, timeout=60)
    pages = sorted(made.parent.glob("seite-*.pgm"))
    assert 5 <= len(pages) <= 7  # two or three, and three annexes
    assert all(sum(grey < 200 for grey in page.read_bytes()[20:]) > 100 for page in pages)
    assert "Seite 1 von" in said(made)
    assert "zur Kenntnis zu nehmen" in said(made)


def test_the_table_of_contents_names_the_pages_on_which_the_headings_are(
    printed: dict[str, Path], reported: dict[str, Path]
) -> None:
    plan = read(reported["masterplan"].read_bytes())
    entries = [each.split("\t") for each in [*texts(plan, "toc 1"), *texts(plan, "toc 2")]]
    assert len(entries) > 20
    for title, page in entries:
        assert title in said(printed["masterplan"], "-f", page, "-l", page)
    assert int(dict(entries)["Zeitachse"]) > int(dict(entries)["Nachweis"]) > 2


def test_without_libreoffice_a_sentence_says_what_to_do(monkeypatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(pdf.NoPdf, match="nur, wo LibreOffice installiert ist"):
        pdf.convert(b"")


def test_a_conversion_that_fails_or_takes_too_long_is_told(monkeypatch, tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nexec sleep 5\n")
    slow.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(slow))
    with pytest.raises(pdf.NoPdf, match="kein PDF erzeugt"):
        pdf.convert(b"", seconds=0.1)
