"""A list of potentials, as somebody keeps it: read, taken over, read again, and refused in words."""

import pytest
from sqlalchemy import Engine

from steering.analysis.incoming import RowOutcome
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.exchange.potentials import reading as potentials
from steering.model import PotentialState
from steering.storage import reading
from steering.storage.imports import importing
from tests.exchange.files import workbook
from tests.storage.conftest import AHORN, DISTRICT, LANDRATSAMT, NEUSTADT, WHO

HEAD = ["Titel", "Art", "Gemeinde", "Stand", "Verantwortlich", "Idee", "Farbe"]
SHOPS = ["Leere Läden", "Leerstand", "Ahorn und Neustadt", "wird geprüft", "Landratsamt", "Treff", "rot"]


def read(engine: Engine, *rows: list[str], head: list[str] = HEAD):
    known = reading.portfolio(engine)
    found = potentials.read(IncomingFile("liste.xlsx", workbook([["Stand 2026"], head, *rows])), known)
    return found, importing.propose(engine, known, found)


def taken(engine: Engine, *rows: list[str], head: list[str] = HEAD):
    _, proposal = read(engine, *rows, head=head)
    importing.take_over(engine, proposal, range(len(proposal.rows)), **WHO)
    return reading.portfolio(engine)


def outcomes(proposal) -> list[RowOutcome]:
    return [row.outcome for row in proposal.rows]


def test_a_row_becomes_a_potential_in_its_municipalities_and_is_known_again(engine: Engine) -> None:
    found = taken(engine, SHOPS)
    row = found.potentials.iloc[0]
    assert (row["name"], row["kind"], row["state"]) == ("Leere Läden", "housing", PotentialState.EXAMINED)
    assert (row["organisation_id"], row["idea"], row["public"]) == (LANDRATSAMT, "Treff", False)
    members = found.area_municipalities
    assert set(members.loc[members["area_id"] == row["area_id"], "ags"]) == {AHORN, NEUSTADT}
    assert outcomes(read(engine, SHOPS)[1]) == [RowOutcome.UNCHANGED]


def test_what_a_later_list_says_changes_and_what_it_leaves_out_stays(engine: Engine) -> None:
    taken(engine, SHOPS)
    found = taken(engine, ["leere läden", "wird genutzt"], head=["Potenzial", "Stand"])
    row = found.potentials.iloc[0]
    assert (len(found.potentials), row["state"], row["idea"]) == (1, PotentialState.USED, "Treff")


def test_the_whole_landkreis_is_its_area_and_no_kind_is_the_other_one(engine: Engine) -> None:
    row = taken(engine, ["Chor", "Landkreis"], head=["Potenzial", "Gebiet"]).potentials.iloc[0]
    assert (row["area_id"], row["kind"]) == (DISTRICT, "other")


SHORT = ["Potenzial", "Gemeinde", "Idee"]


def test_the_same_name_in_another_municipality_is_another_potential(engine: Engine) -> None:
    taken(engine, ["Leerstand", "Ahorn", "Treff"], head=SHORT)
    lists = [["Leerstand", "Neustadt", "Laden"], ["Leerstand", "Ahorn", "Treff"]]
    assert outcomes(read(engine, *lists, head=SHORT)[1]) == [RowOutcome.NEW, RowOutcome.UNCHANGED]
    found = taken(engine, *lists, head=SHORT)
    assert found.potentials["idea"].tolist() == ["Treff", "Laden"]
    assert found.potentials["area_id"].nunique() == 2
    assert outcomes(read(engine, *lists, head=SHORT)[1]) == [RowOutcome.UNCHANGED] * 2


def test_a_name_alone_is_enough_where_the_row_or_the_record_has_no_place(engine: Engine) -> None:
    taken(engine, ["Leerstand", "", "Treff"], head=SHORT)
    found = taken(engine, ["Leerstand", "Ahorn", ""], head=SHORT)
    assert len(found.potentials) == 1
    (row,) = found.potentials.to_dict("records")
    assert (row["idea"], bool(row["area_id"])) == ("Treff", True)
    assert outcomes(read(engine, ["Leerstand", "", "Treff"], head=SHORT)[1]) == [RowOutcome.UNCHANGED]


def test_a_name_that_several_have_is_not_guessed(engine: Engine) -> None:
    taken(engine, ["Leerstand", "Ahorn", ""], ["Leerstand", "Neustadt", ""], head=SHORT)
    _, proposal = read(engine, ["Leerstand", "", "Laden"], head=SHORT)
    assert outcomes(proposal) == [RowOutcome.REFUSED]
    (refusal,) = proposal.rows[0].refusals
    assert (refusal.column, refusal.reason.split(";")[0]) == ("Potenzial", "»Leerstand« ist 2-mal erfasst")


@pytest.mark.parametrize(("recorded", "second"), [(True, "Ahorn"), (True, ""), (False, "Ahorn")])
def test_rows_that_mean_one_potential_are_refused_with_each_place(engine: Engine, recorded, second) -> None:
    if recorded:
        taken(engine, ["Leerstand", "Ahorn", ""], head=SHORT)
    rows = [["Leerstand", "Ahorn", "Treff"], ["Chor", "Ahorn", ""], ["leerstand", second, "Laden"]]
    _, proposal = read(engine, *rows, head=SHORT)
    assert outcomes(proposal) == [RowOutcome.REFUSED, RowOutcome.NEW, RowOutcome.REFUSED]
    for row in (proposal.rows[0], proposal.rows[2]):
        (refusal,) = row.refusals
        assert "Zeile 3 und liste.xlsx" in refusal.reason
        assert "Zeile 5" in refusal.reason


@pytest.mark.parametrize(
    ("column", "said", "why"),
    [
        ("Art", "Quatsch", "steht nicht zur Wahl"),
        ("Stand", "fertig", "Möglich sind: erkannt"),
        ("Gemeinde", "Berlin", "liegt nicht im Landkreis"),
        ("Handlungsfeld", "Sprahce", "gibt es nicht"),
        ("Öffentlich", "vielleicht", "weder ja noch nein"),
        ("Titel", "", "Der Name fehlt"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_column(engine: Engine, column, said, why) -> None:
    cells = {"Titel": "Chor", "Art": "Kultur"} | {column: said}
    _, proposal = read(engine, list(cells.values()), head=list(cells))
    assert outcomes(proposal) == [RowOutcome.REFUSED]
    (refusal,) = proposal.rows[0].refusals
    assert refusal.column == column
    assert why in refusal.reason


def test_a_column_that_says_nothing_is_named_and_a_file_without_potentials_is_refused(engine: Engine) -> None:
    found, _ = read(engine, SHOPS)
    assert found.notes == ("Nicht übernommen, weil ihre Überschrift nichts sagt: »Farbe«.",)
    with pytest.raises(FileRefused, match="enthält keine Potenziale"):
        read(engine, ["1", "2"], head=["Farbe", "Zahl"])
