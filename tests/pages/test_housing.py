"""Where people live, on the Karte: captured, told, and without small counts for who may not see them."""

from datetime import date
from typing import Any

import pytest

from steering.analysis.changes import AddStructure, NewResponsibility
from steering.analysis.scenarios import stored_changes
from steering.model import EndKind, Housing, HousingKind, Measure, Responsibility, Role, StructureKind
from steering.storage import persons, reading
from steering.storage.writing import Edit, write
from steering.web import current, panels
from steering.web.map import housing_rows
from tests.pages import people
from tests.pages.conftest import Screen
from tests.pages.people import person
from tests.pages.test_discretion import sent
from tests.planted import WHO

ON = date(2026, 9, 30)
AHORN, RODACH, NEUSTADT = "09473112", "09473158", "09473151"


def record(ags: str, count: int | None, places: int | None = None, kind: str = "decentral") -> Edit:
    return Edit(
        Housing,
        {
            "ags": ags,
            "kind": kind,
            "reference_date": ON,
            "persons": count,
            "places": places,
            "source": "Zählung",
        },
    )


def shows_housing(shown: Screen) -> Screen:
    shown.app.session_state["map_measure"] = housing_rows.MEASURE
    shown.app.run()
    assert not shown.app.exception
    return shown


def cells(shown: Screen, place: str) -> list[list[Any]]:
    table = next(each.value for each in shown.app.dataframe if "Unterkunft" in each.value)
    return table[table["Gemeinde"] == place].values.tolist()


def test_without_any_record_it_says_so_and_nobody_is_zero(look):
    shown = shows_housing(look("Karte"))
    assert "noch **nicht erfasst**" in shown.texts
    table = next(each.value for each in shown.app.dataframe if "Unterkunft" in each.value)
    assert set(table["Personen"]) == {"nicht erfasst"}
    assert len(table) == 17
    legend = "".join(each.proto.body for each in shown.app.get("html") if 'class="chip"' in each.proto.body)
    assert "nicht bekannt" in legend
    assert ">0<" not in legend


def test_before_anything_at_all_is_recorded_it_says_so(look):
    assert "noch **nicht erfasst**" in shows_housing(look("Karte", kind="empty")).texts


def test_it_is_captured_at_the_side_and_stands_on_the_map_and_in_the_table(screen):
    shown = shows_housing(screen("Karte"))
    shown.choice("Gemeinde").set_value(AHORN)
    shown.type(Personen="25", Plätze="20", Quelle="Zählung")
    shown.input("gezählt am").set_value("30.09.2026")
    shown.click("Unterbringung speichern")
    assert "in 1 von 17 Gemeinden **25 Personen** in Unterkünften erfasst" in shown.texts
    assert cells(shown, "Ahorn")[0][:6] == [
        "Ahorn", "dezentral", "25", "20", "überbelegt um 5", "30.09.2026"
    ]  # fmt: skip
    assert cells(shown, "Ahorn")[1][2] == "nicht erfasst"
    assert b"25 Personen, 20 Pl" in sent(shown)


def test_the_municipality_that_is_chosen_is_the_one_to_be_captured(look):
    shown = shows_housing(look("Karte", gemeinde=AHORN))
    assert shown.choice("Gemeinde").value == AHORN


def test_a_sentence_names_where_many_live_whom_nobody_reaches_for_a_task(screen):
    shown = screen("Karte")
    write(shown.engine, [record(AHORN, 34, 40), record(NEUSTADT, 120, 130), record(RODACH, 5, 9)], **WHO)
    known = reading.portfolio(shown.engine)
    done = set(known.responsibilities["task_id"])
    task = int(known.tasks.loc[~known.tasks["id"].isin(done), "id"].iloc[0])
    only = int(known.areas.loc[known.areas["name"].str.startswith("Neustadt"), "id"].iloc[0])
    lotsen = int(known.structures.loc[known.structures["name"] == "Integrationslotsen", "id"].iloc[0])
    write(
        shown.engine,
        [
            Edit(
                Responsibility,
                {"structure_id": lotsen, "task_id": task, "area_id": only, "role": Role.DELIVER},
            )
        ],
        **WHO,
    )
    shown.app.run()
    shows_housing(shown)
    assert "wird von einer Struktur erreicht" in shown.texts
    shown.choice("Wer wird von wo erreicht?").set_value(task).run()
    name = known.names("task")[task]
    assert (
        "In **Ahorn (34)** leben viele (ab 34 Personen, dem Median der Gemeinden mit erfassten Personen), "
        f"und **keine Struktur für »{name}«** erreicht sie."
    ) in shown.texts
    assert [row[6] for row in cells(shown, "Ahorn")] == ["keiner"] * 2
    assert [row[6] for row in cells(shown, "Neustadt b.Coburg")] == ["1 Struktur"] * 2
    assert "34 ×".encode() in sent(shown)
    assert "120 ×".encode() not in sent(shown)
    shown.choice("Unterkunft").set_value(HousingKind.SHARED.value).run()
    assert "ist keine Unterbringung (Gemeinschaftsunterkunft) erfasst" in shown.texts


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What the buttons of a page hand out: its tables as they were made, not how they were packed."""
    found: dict[str, bytes] = {}

    def press(_label: str, make: Any, file: str = "", *_: Any, **__: Any) -> bool:
        found[file] = make()
        return False

    monkeypatch.setattr(current, "now", lambda: people.NOW)
    monkeypatch.setattr(panels.st, "download_button", press)
    monkeypatch.setattr(panels.tables, "xlsx", lambda frame, **_: frame.to_csv().encode())
    monkeypatch.setattr(panels.pictures, "png", lambda vega: str(vega).encode())
    monkeypatch.setattr(panels.pictures, "svg", lambda vega: str(vega).encode())
    return found


def everything(screen: Any, count: int, files: dict[str, bytes]) -> list[bytes]:
    """What is sent and handed out, once Ahorn has so few people more beside others."""
    engine = screen().engine
    rows = reading.portfolio(engine).housing
    key = rows[(rows["ags"] == AHORN) & (rows["kind"] == HousingKind.DECENTRAL)].iloc[0]
    write(
        engine,
        [Edit(Housing, {"persons": count}, id=int(key["id"]), version=int(key["version"]))],
        **WHO,
    )
    files.clear()
    shown, told = screen("Karte"), []
    for kind in ("", *HousingKind):
        shown.app.session_state["map_housing_kind"] = kind and kind.value
        shows_housing(shown)
        revision = b"Revision " + str(reading.revision(engine)[1]).encode()
        made = [sent(shown), *(files[name] for name in sorted(files))]
        told += [each.replace(revision, b"") for each in made]
    return told


@pytest.mark.parametrize(("who", "told"), [("liest", False), ("alle", True)])
def test_who_only_reads_is_sent_the_same_whether_it_is_one_or_two(screen, ask_as, files, who, told):
    """Nothing on the page, in its maps, tables, tooltips and files tells one small count from the other."""
    engine = screen().engine
    write(
        engine,
        [
            record(AHORN, 2, 4),
            record(AHORN, 30, 40, "shared"),
            record(NEUSTADT, 120, 130),
            record(RODACH, 2, 1),
        ],
        **WHO,
    )
    for subject, (role, scope) in people.KINDS.items():
        persons.grant(engine, people.ISSUER, subject, role, scope=scope, name=subject, unit="fb-22", **WHO)
    ask_as(person(who))
    one, two = everything(screen, 1, files), everything(screen, 2, files)
    assert len(one) == len(two) > 6
    assert (one == two) is not told
    assert ("Ahorn 31–32".encode() in one[0]) is not told
    assert (b"Ahorn 31" in one[0], b"Ahorn 32" in two[0]) == (True, told)


def test_with_the_masterplan_what_a_measure_adds_is_named_among_those_who_reach(screen, files):
    engine = screen().engine
    known = reading.portfolio(engine)
    task, area = int(known.tasks["id"].iloc[0]), int(known.areas["id"].iloc[0])
    duty = NewResponsibility(task_id=task, area_id=area, role=Role.DELIVER)
    house = int(known.organisations["id"].iloc[0])
    added = [
        AddStructure(
            name=name,
            kind=StructureKind.POST,
            organisation_id=house,
            end_kind=end,
            responsibilities=(duty,),
        )
        for name, end in (("Geplante Stelle", EndKind.OPEN), ("Ungewisse Stelle", EndKind.UNKNOWN))
    ]
    values = {"name": "Ausbau", "status": "planned", "effects": stored_changes.as_text(added)}
    write(engine, [Edit(Measure, values), record(AHORN, 34, 40)], **WHO)
    shown = shows_housing(screen("Karte", masterplan="mit"))
    shown.choice("Wer wird von wo erreicht?").set_value(task).run()
    assert not shown.app.exception
    drawn = sent(shown).decode(errors="ignore")
    handed_out = b"".join(files[name] for name in sorted(files) if name.endswith(".xlsx")).decode()
    for name in ("Geplante Stelle", "Ungewisse Stelle"):
        assert name in drawn
        assert name in handed_out
    without = shows_housing(screen("Karte"))
    assert "Geplante Stelle" not in sent(without).decode(errors="ignore")


def test_while_guests_look_on_the_form_is_closed(screen):
    shown = screen("Karte")
    write(shown.engine, [record(AHORN, 2, 4)], **WHO)
    shown.app.session_state["discreet"] = True
    shows_housing(shown)
    assert "Personen" not in [each.label for each in shown.app.text_input]
    assert "unter 3" in shown.texts + sent(shown).decode(errors="ignore")
