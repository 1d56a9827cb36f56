"""Another Landkreis through the command line: its places come, all of them or none, and go again."""

import json

import pytest

from steering import cli
from steering.exchange.registers import rows as register_rows
from steering.model import AreaKind, BoundaryRole
from steering.storage import reading
from steering.storage.engine import make_engine
from steering.storage.history import undoing
from tests.changed import history
from tests.conftest import sqlite_url
from tests.exchange.register_samples import GV, KREIS, TOWN, VG250, gv100ad
from tests.storage.conftest import WHO, without_versions


@pytest.fixture
def empty(tmp_path) -> str:
    url = sqlite_url(tmp_path / "steering.db")
    assert cli.main(["init", "--database", url, "--dataset", "empty"]) == 0
    return url


def imported(url: str, kind: str, file: object, *more: str) -> int:
    return cli.main(["import", kind, str(file), "--database", url, *more])


def test_two_commands_set_up_another_landkreis(empty, tmp_path, capsys):
    report = tmp_path / "report.json"
    assert imported(empty, "municipalities", GV, "--district", KREIS, "--report", str(report)) == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["new"], told["outside"], told["refused"]) == (55, 1, [])
    assert told["rows"] == 56
    assert imported(empty, "boundaries", VG250) == 0
    found = reading.portfolio(make_engine(empty))
    assert (found.settings["district_key"], found.settings["district_name"]) == (KREIS, "Landkreis Würzburg")
    assert set(found.municipalities["ags"].str[:5]) == {KREIS}
    (wide,) = found.areas.loc[found.areas["kind"] == AreaKind.DISTRICT, "id"]
    members = found.area_municipalities
    inhabited = set(found.municipalities.loc[found.municipalities["inhabited"], "ags"])
    assert set(members.loc[members["area_id"] == wide, "ags"]) == inhabited
    assert len(found.areas) == len(inhabited) + 1
    outlines = reading.boundaries(make_engine(empty))
    assert set(outlines.loc[outlines["role"] == BoundaryRole.OWN, "key"]) == set(found.municipalities["ags"])
    around = outlines[outlines["role"] == BoundaryRole.NEIGHBOUR].set_index("key")
    assert around.loc[TOWN, "name"] == "Würzburg"
    assert set(outlines["attribution"]) == {"© GeoBasis-DE / BKG 2014 (Daten verändert)"}


def test_a_second_time_nothing_changes(empty, capsys):
    imported(empty, "municipalities", GV, "--district", KREIS)
    imported(empty, "boundaries", VG250)
    before = reading.revision(make_engine(empty))
    capsys.readouterr()
    assert imported(empty, "municipalities", GV) == 0
    assert imported(empty, "boundaries", VG250) == 0
    assert reading.revision(make_engine(empty)) == before
    assert capsys.readouterr().out.count("0 neu, 0 geändert") == 2


def test_a_newer_list_changes_figures_and_brings_new_municipalities(empty, tmp_path):
    imported(empty, "municipalities", GV, "--district", KREIS)
    lines = gv100ad().decode("cp1252").replace("20240630", "20250630").splitlines()
    first = next(line for line in lines if line.startswith("6020250630" + KREIS))
    renewed = first[:139] + f"{9_999:011d}" + first[150:]
    fresh = first[:10] + KREIS + "999" + first[18:22] + f"{'Neudorf':50}" + first[72:]
    file = tmp_path / "GV100AD.txt"
    file.write_bytes(
        "\n".join([*(renewed if line == first else line for line in lines), fresh]).encode("cp1252")
    )
    assert imported(empty, "municipalities", file) == 0
    found = reading.portfolio(make_engine(empty))
    places = found.municipalities.set_index("ags")
    assert places.loc[first[10:18], "population"] == 9_999
    assert places["latitude"][first[10:18]] > 49  # a file without degrees takes none away
    assert places.loc[KREIS + "999", "name"] == "Neudorf"
    (wide,) = found.areas.loc[found.areas["kind"] == AreaKind.DISTRICT, "id"]
    members = found.area_municipalities
    assert KREIS + "999" in set(members.loc[members["area_id"] == wide, "ags"])
    assert "Neudorf" in set(found.areas["name"])


def test_undo_brings_the_former_landkreis_back(empty):
    engine = make_engine(empty)
    before = without_versions(reading.portfolio(engine)), reading.boundaries(engine)["key"].tolist()
    imported(empty, "municipalities", GV, "--district", KREIS)
    undoing.undo(engine, history(engine)["batch"].iloc[0], **WHO)
    assert (without_versions(reading.portfolio(engine)), reading.boundaries(engine)["key"].tolist()) == before


def test_a_database_with_data_of_another_landkreis_stays_as_it_is(tmp_path, capsys):
    url = sqlite_url(tmp_path / "coburg.db")
    cli.main(["init", "--database", url, "--dataset", "coburg"])
    before = reading.revision(make_engine(url))
    capsys.readouterr()
    assert imported(url, "municipalities", GV, "--district", KREIS, "--dry-run") == 1
    assert capsys.readouterr().out == ""
    assert imported(url, "municipalities", GV, "--district", KREIS) == 1
    told = capsys.readouterr().err
    assert "Landkreis Coburg" in told
    assert "STEERING_DATABASE_URL" in told
    assert reading.revision(make_engine(url)) == before


@pytest.mark.parametrize("kind", ["municipalities", "boundaries"])
def test_a_kreis_that_is_not_in_the_file_is_refused(empty, capsys, kind):
    before = reading.revision(make_engine(empty))
    assert imported(empty, kind, GV if kind == "municipalities" else VG250) == 1
    assert "des Kreises 09473" in capsys.readouterr().err
    assert reading.revision(make_engine(empty)) == before


def test_294_landkreise_have_names():
    kinds = [kind for _, kind in register_rows.districts().values()]
    assert len([kind for kind in kinds if kind in ("Landkreis", "Kreis", "Regionalverband")]) == 294
    assert register_rows.district_name("09473") == "Landkreis Coburg"
    assert register_rows.district_name("99999") == "Kreis 99999"
