"""`steering import kennzahlen` with any list: tried, written, reported, and read again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from steering import cli
from steering.storage import reading
from steering.storage.engine import make_engine
from tests.cli.test_genesis import stored
from tests.cli.test_imports import adds_up, importing, state, url

__all__ = ["importing", "url"]
LINES = (
    "Gemeinde;Stand;Kennzahl;Wert\nAhorn;31.12.2024;Asylsuchende;12\n"
    "Bad Rodach, St;31.12.2024;Asylsuchende;/\n"
    "Landkreis Coburg;31.12.2024;Asylsuchende;500\nKronach;31.12.2024;Asylsuchende;9\n"
    "Ebersdorf b.Coburg;31.12.2024;Asylsuchende;viel\n"
)  # fmt: skip


def test_a_list_is_tried_written_reported_and_unchanged_when_read_again(importing, url):
    before = state(url)
    dry = importing("kennzahlen", LINES, "--dry-run")
    assert (dry[0], state(url)) == (0, before)
    code, report, said = importing("kennzahlen", LINES)
    assert (code, report) == dry[:2]
    assert adds_up(report)
    assert {part: report[part] for part in ("rows", "new", "unchanged", "outside")} == {
        "rows": 5, "new": 1, "unchanged": 2, "outside": 1,
    }  # fmt: skip
    assert [(each["row"], each["column"], each["value"]) for each in report["refused"]] == [
        (6, "Wert", "viel")
    ]
    assert "»/« (nicht sicher genug)" in said
    assert stored(url)["Asylsuchende", "09473112", "2024-12-31"] == 12.0
    code, report, _ = importing("kennzahlen", LINES)
    assert (report["new"], report["unchanged"]) == (0, 3)
    code, report, _ = importing("kennzahlen", LINES.replace(";12\n", ";13\n"))
    assert (report["new"], report["changed"]) == (0, 1)


def test_a_forecast_is_written_apart_from_what_was_counted(importing, url):
    later = datetime.now(UTC).year + 3
    wide = f"Gemeinde;Jahr;niedrig;mittel;hoch\nAhorn;{later};10;20;30\n"
    counted = stored(url)
    code, report, said = importing("kennzahlen", wide, "--set", "kennzahl=Asylsuchende")
    assert (code, "gehört ihre Quelle" in said) == (1, True)
    code, report, _ = importing(
        "kennzahlen", wide, "--set", "kennzahl=Asylsuchende", "--set", "quelle=Rechnung 2026"
    )
    assert (code, report["new"]) == (0, 1)
    rows = reading.portfolio(make_engine(url)).forecasts
    assert list(zip(rows["variant"], rows["value"], rows["source"], strict=True)) == [
        ("low", 10.0, "Rechnung 2026"), ("middle", 20.0, "Rechnung 2026"), ("high", 30.0, "Rechnung 2026"),
    ]  # fmt: skip
    assert stored(url) == counted


def test_what_is_said_for_all_rows_belongs_to_the_kind(url, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["import", "kennzahlen", str(tmp_path / "x.csv"), "--database", url, "--set", "traeger=AWO"])
    assert ended.value.code == 2
    assert "--set traeger gibt es bei kennzahlen nicht" in capsys.readouterr().err
