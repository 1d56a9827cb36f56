"""--zugang: which variant of the forecasts the commands count with, and that a paper names it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from steering import cli
from steering.cli import reports
from steering.exchange import word
from steering.model import Indicator, Need, NeedKind
from steering.storage import foreseeing, observing, reading, schema
from steering.storage.writing import Edit, write
from tests.conftest import TODAY, sqlite_url
from tests.prepared import Prepared
from tests.storage.conftest import WHO


@pytest.fixture(scope="module")
def url(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Landkreis with a need that follows a Kennzahl of which many more are expected in »hoch«."""
    file = tmp_path_factory.mktemp("variant") / "a.db"
    prepared.copied("coburg", file)
    engine = schema.prepare(sqlite_url(file), "coburg")
    (key,) = write(engine, [Edit(Indicator, {"name": "Asylsuchende"})], **WHO).ids
    portfolio = reading.portfolio(engine)
    places = portfolio.municipalities
    every = dict.fromkeys(places.loc[places["inhabited"], "ags"], 1.0)
    observing.observe(engine, key, date(2025, 12, 31), every, {}, **WHO)
    trend = {"kind": "percent", "low": 0.0, "middle": 0.0, "high": 100.0, "last_day": date(2030, 12, 31)}
    foreseeing.foresee(engine, {"indicator_id": key, **trend, "source": "Annahme"}, today=TODAY, **WHO)
    needs = portfolio.needs[(portfolio.needs["kind"] == NeedKind.SERVICE)]
    rule = {"indicator_id": key, "quantity": 1.0, "per": 1.0, "unit": "places"}
    edits = [
        Edit(Need, rule, id=int(need["id"]), version=int(need["version"]))
        for need in needs.to_dict("records")
    ]
    write(engine, edits, **WHO)
    engine.dispose()
    return sqlite_url(file)


def found(url: str, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, Any]]:
    common = ["findings", "--database", url, "--today", f"{TODAY}", "--format", "json"]
    assert cli.main([*common, *more]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_findings_are_those_of_the_variant(url, capsys):
    low, middle, high = (found(url, capsys, "--zugang", said) for said in ("niedrig", "mittel", "hoch"))
    assert low == middle == found(url, capsys)
    assert high != middle


def test_another_word_is_wrong_usage(url, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["findings", "--database", url, "--zugang", "viele"])
    assert left.value.code == 2
    assert "»viele« ist keine Variante der Prognosen. Bitte niedrig, mittel, hoch" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["sitzungsvorlage", "masterplan"])
def test_a_paper_names_its_variant(kind: str, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    # Pictures and page numbers take long, and say nothing of it.
    monkeypatch.setattr(reports, "drawings", lambda *_: {})
    monkeypatch.setattr(word, "write_numbered", word.write)
    out = tmp_path / "paper.docx"
    assert cli.main(["report", kind, str(out), "--database", url, "--zugang", "hoch"]) == 0
    told = "\n".join(each.text for each in docx.Document(str(out)).paragraphs)
    assert "Variante »hoch« der Prognosen" in told


def test_an_export_takes_it_too(url: str, tmp_path: Path):
    out = tmp_path / "a.geojson"
    assert cli.main(["export", "geojson", str(out), "--database", url, "--zugang", "hoch"]) == 0
    assert out.exists()
