"""Who may write what: every way into the data as each role, and nothing beside the gate."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.analysis import confirmation
from steering.analysis.dates import WantedDates, dated
from steering.analysis.incoming import IncomingRow, Place, Reading, Wanted
from steering.analysis.publication.content import PublicDirectory
from steering.analysis.rounds.wishes import Wished, of_round
from steering.analysis.surveys import bodies as survey_bodies
from steering.model import (
    AgendaItem,
    Agreement,
    ClosedYear,
    Committee,
    Funding,
    Indicator,
    Level,
    Measure,
    Meeting,
    Need,
    Organisation,
    Person,
    PersonRole,
    PersonScope,
    Potential,
    Programme,
    PublicOffer,
    PublicText,
    Settings,
    StandingPoint,
    Structure,
    SubscriptionKind,
    SurveyAnswer,
    Task,
    Wish,
)
from steering.storage import (
    archiving,
    assessing,
    checking,
    closing,
    confirmation_rounds,
    confirming,
    examples,
    foreseeing,
    handing_in,
    loading,
    merging,
    observing,
    own_unit,
    paper_texts,
    persons,
    planned_rounds,
    publishing,
    reading,
    releases,
    rounds,
    saved_views,
    schema,
    subscribing,
    surveying,
    taking_over,
    telling,
    wishes,
)
from steering.storage.backups import copies, restoring
from steering.storage.history import erasing, searching, undoing
from steering.storage.history.searching import Sought, find
from steering.storage.imports import importing
from steering.storage.own_unit import Remembered
from steering.storage.problems import Invalid
from steering.storage.rights import acting
from steering.storage.rights.acting import Onlooker, RightMissing, SignedIn, SignedOut, Who, acting_as
from steering.storage.rights.table import RIGHTS, Right
from steering.storage.transaction import Purpose, transaction
from steering.storage.writing import Edit, Made, write
from tests import postgres
from tests.conftest import sqlite_url
from tests.sources import PACKAGE, calls, tree
from tests.storage.conftest import (
    AHORN,
    BERATUNG,
    CARITAS,
    CARRYING,
    COUNSEL,
    DISTRICT,
    LANDRATSAMT,
    LOTSEN,
    NOW,
    OTHER_CARRYING,
    WHO,
    inventory,
)
from tests.stored import batch_of, row_of

ISSUER = "https://anmeldung.example"
ON = date(2026, 11, 25)
VIEW = {"as_of": ON, "scenario": "secured", "masterplan": False, "revision": 1}
ASKED = {"name": "Rückmeldung", "sent_on": ON, "due": date(2026, 12, 20), "mailbox": "", "letter": ""}


def person(subject: str) -> SignedIn:
    return SignedIn(ISSUER, subject, NOW)


WHOS: dict[str, Who] = {
    **{
        subject: person(subject) for subject in ("liest", "caritas", "alle", "verwaltet", "fremd", "gesperrt")
    },
    "von woanders": Onlooker(),
    "nicht angemeldet": SignedOut(),
    "abgelaufen": SignedOut(ended=True),
}
KIND_OF = {
    "liest": (PersonRole.READ, PersonScope.OWN),
    "caritas": (PersonRole.EDIT, PersonScope.OWN),
    "alle": (PersonRole.EDIT, PersonScope.ALL),
    "verwaltet": (PersonRole.ADMINISTER, PersonScope.ALL),
}


def peopled(url: str) -> None:
    """The small inventory with a person of each role, and what each way of writing needs."""
    engine = schema.prepare(url, "coburg", fill=inventory)
    for subject, (role, scope) in KIND_OF.items():
        persons.grant(
            engine, ISSUER, subject, role, scope=scope, name=subject.title(), unit="caritas", **WHO
        )  # fmt: skip
    shut = persons.grant(engine, ISSUER, "gesperrt", PersonRole.ADMINISTER, scope=PersonScope.ALL, **WHO)
    persons.change(engine, {"archived_on": ON}, key=shut["id"], version=1, **WHO)
    write(
        engine,
        [
            Edit(Meeting, {"day": ON}),
            Edit(Indicator, {"name": "Kennzahl", "unit": "Personen"}),
            Edit(Measure, {"name": "Maßnahme", "status": "running"}),
            Edit(Structure, {"name": "Doppelt", "kind": "service", "organisation_id": LANDRATSAMT}),
            Edit(Programme, {"slug": "p", "name": "Programm"}),
        ],
        **WHO,
    )
    engine.dispose()


@pytest.fixture(scope="module")
def file_with_persons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("peopled") / "steering.db"
    peopled(sqlite_url(file))
    return file


@pytest.fixture
def engine(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    if database_kind == "sqlite":
        file = shutil.copy(request.getfixturevalue("file_with_persons"), tmp_path / "steering.db")
        opened = schema.prepare(sqlite_url(Path(file)), "coburg")
        yield opened
        opened.dispose()
        return
    server: postgres.Server = request.getfixturevalue("postgresql")
    name = server.new(server.template("peopled", peopled))
    opened = schema.prepare(server.url(name), "coburg")
    yield opened
    opened.dispose()
    server.drop(name)


def version(engine: Engine, record: type, key: int) -> int:
    return int(row_of(engine, record, key)["version"])


def imported(engine: Engine) -> None:
    changed = Wanted(Structure, {"fte": 2.0}, id=LOTSEN)
    row = IncomingRow(Place("liste.xlsx", "Tabelle1", 2), "Zeile 2", (changed,))
    importing.take_over(engine, importing.propose(engine, reading.portfolio(engine), Reading((row,))), **WHO)


def restored(engine: Engine) -> None:
    url, who = str(engine.url), engine.get_execution_options().get("steering_acts_for", acting.AT_THE_MACHINE)
    file = Path(url.removeprefix("sqlite:///")).with_name("backup.db")
    file.unlink(missing_ok=True)
    copies.backup(url, "empty", file)
    with restoring.opened(file) as backup:
        restoring.put_in_place(url, backup, NOW, who)


def published(engine: Engine) -> None:
    rows = dated(reading.portfolio(engine), ON)
    publishing.publish(engine, rows, WantedDates(), today=ON, now=NOW)


def subscribed(engine: Engine, internal: bool = False) -> str:
    wanted = WantedDates(internal=internal)
    return subscribing.subscribe(engine, SubscriptionKind.CALENDAR, "Termine", wanted, now=NOW)


def subscribed_by_who_administers(engine: Engine) -> None:
    subscribed(acting_as(engine, person("verwaltet")))


def started(engine: Engine) -> None:
    portfolio = reading.portfolio(engine)
    shares = confirmation.shares(portfolio, [CARITAS], ON)
    confirmation_rounds.start(engine, portfolio, ASKED, shares, **WHO)


def surveyed(engine: Engine) -> None:
    bodies = survey_bodies.chosen(reading.portfolio(engine), [AHORN])
    surveying.start(engine, ASKED, [(body, [COUNSEL]) for body in bodies], **WHO)


def answered(engine: Engine) -> None:
    surveyed(engine)
    said = {"needed": "yes", "received_on": ON, "digest": "0" * 64, "task_id": COUNSEL, "area_id": DISTRICT}
    write(engine, [Edit(SurveyAnswer, {"request_id": 1, **said})], **WHO)


def adopted(engine: Engine) -> None:
    need = {"name": "Neu", "kind": "service", "task_id": COUNSEL, "area_id": DISTRICT}
    surveying.take_over(engine, reading.portfolio(engine), need, (), [1], **WHO)


def written_on_a_paper(engine: Engine) -> None:
    paper_texts.keep(engine, "p" * 64, "beschluss", '"neu"', based_on='"alt"', seen=0, **WHO)


def handed_in(engine: Engine) -> None:
    said = {"name": "Vorlage", "about": "whole", "handed_in_on": ON, "file_name": "vorlage.docx"}
    handing_in.hand_in(engine, said, b"PK", **WHO)


def consulted(engine: Engine) -> None:
    said = {"submission_id": 1, "committee_id": 1, "day": ON, "result": "decided"}
    handing_in.enter(engine, said, **WHO)


def with_result(engine: Engine) -> None:
    write(engine, [Edit(Committee, {"name": "Kreistag", "rank": 1})], **WHO)
    handed_in(engine)
    consulted(engine)


def before_a_result(engine: Engine) -> None:
    write(engine, [Edit(Committee, {"name": "Kreistag", "rank": 1})], **WHO)
    handed_in(engine)


def in_another_language(engine: Engine) -> None:
    write(engine, [Edit(PublicOffer, {"structure_id": LOTSEN})], **WHO)
    write(engine, [Edit(PublicText, {"offer_id": 1, "language": "en", "title": "Advice"})], **WHO)


def released(engine: Engine) -> None:
    rests_on = reading.revision(acting_as(engine, acting.AT_THE_MACHINE))
    nothing = PublicDirectory("Landkreis", "09473")
    releases.release(engine, nothing, rests_on=rests_on, today=ON, **WHO)


def kept(engine: Engine, name: str = "Lücken", *, shared: bool = False) -> int:
    return saved_views.save(engine, name, "luecken", "szenario=erwartet", shared=shared, now=NOW)


def shared(engine: Engine) -> None:
    kept(engine, shared=True)


def the_view(engine: Engine) -> int:
    return saved_views.listed(acting_as(engine, acting.AT_THE_MACHINE))[0].id


@dataclass(frozen=True)
class Way:
    """A way of writing with the right it takes; `before`: what has to be done first, by who may."""

    go: Callable[[Engine], Any]
    right: Right
    before: Callable[[Engine], Any] = lambda engine: None


def undoable(engine: Engine) -> None:
    write(engine, [Edit(Structure, {"fte": 3.0}, id=LOTSEN, version=1)], **WHO)


def a_point(engine: Engine, number: int = 1) -> None:
    """Points of a round that is not closed, with the ids 1, 2 …"""
    points = [{"meeting_id": 1, "name": f"Punkt {at}", "position": at} for at in range(1, number + 1)]
    write(engine, [Edit(AgendaItem, point) for point in points], **WHO)


def two_points(engine: Engine) -> None:
    a_point(engine, 2)


def proposed(engine: Engine, unit: int = CARITAS) -> None:
    wishes.propose(engine, 1, [{"name": "Wohnraum", "organisation_id": unit}], on=ON, **WHO)


def the_wish(engine: Engine) -> Wished:
    """The wish that was proposed, as who may see it has it."""
    (found,) = of_round(reading.portfolio(acting_as(engine, acting.AT_THE_MACHINE)), 1)
    return found


def counted(engine: Engine) -> None:
    """A Kennzahl with a value."""
    write(engine, [Edit(Indicator, {"name": "Asylsuchende"})], **WHO)
    key = int(reading.portfolio(engine).indicators["id"].max())
    observing.observe(engine, key, ON, {AHORN: 3.0}, {}, **WHO)


def foreseen(engine: Engine) -> None:
    trend = {"low": 0.0, "middle": 0.0, "high": 0.0, "last_day": date(2030, 1, 1), "source": "Annahme"}
    key = int(reading.portfolio(engine).indicators["id"].max())
    foreseeing.foresee(engine, {"indicator_id": key, "kind": "percent", **trend}, today=ON, **WHO)


def last_batch(engine: Engine) -> tuple[str, int]:
    found = find(engine, Sought()).writes[0]
    return found.signature.batch, found.steps[0].id


WAYS: dict[str, Way] = {
    "writing.write": Way(
        lambda e: write(e, [Edit(Structure, {"fte": 2.0}, id=LOTSEN, version=1)], **WHO), Right.EDIT_ALL
    ),
    "merging.merge": Way(
        lambda e: merging.merge(e, Structure, LOTSEN, 3, **WHO), Right.EDIT_ALL
    ),
    "undoing.undo": Way(lambda e: undoing.undo(e, last_batch(e)[0], **WHO), Right.EDIT_ALL, undoable),
    "undoing.undo_change": Way(
        lambda e: undoing.undo_change(e, last_batch(e)[1], **WHO), Right.EDIT_ALL, undoable
    ),
    "erasing.erase": Way(lambda e: erasing.erase(e, "Doppelt", from_records=False, **WHO), Right.ERASE),
    "observing.observe": Way(lambda e: observing.observe(e, 1, ON, {AHORN: 3.0}, {}, **WHO), Right.EDIT_ALL),
    "foreseeing.foresee": Way(foreseen, Right.EDIT_ALL, counted),
    "examples.remove": Way(lambda e: examples.remove(e, **WHO), Right.SETTINGS),
    "confirming.confirm": Way(
        lambda e: confirming.confirm(e, Structure, LOTSEN, 1, on=ON, **WHO), Right.EDIT_ALL
    ),
    "publishing.publish": Way(published, Right.PUBLISH),
    "subscribing.subscribe": Way(subscribed, Right.PUBLISH),
    "subscribing.renew": Way(
        lambda e: subscribing.renew(e, 1, now=NOW), Right.PUBLISH, subscribed_by_who_administers
    ),
    "subscribing.revoke": Way(lambda e: subscribing.revoke(e, 1), Right.PUBLISH),
    "subscribing.note": Way(lambda e: subscribing.note(e, 1, ON), Right.PUBLISH),
    "telling.remember": Way(lambda e: telling.remember(e, "x" * 32, [], today=ON, now=NOW), Right.PERSONS),
    "rounds.keep": Way(lambda e: rounds.keep(e, 1, {"text": "Satz"}, **WHO), Right.EDIT_ALL, a_point),
    "rounds.arrange": Way(lambda e: rounds.arrange(e, 1, [2, 1], **WHO), Right.EDIT_ALL, two_points),
    "rounds.close": Way(
        lambda e: rounds.close(e, 1, version(e, Meeting, 1), "{}", on=ON, view=VIEW, **WHO), Right.CLOSE_ROUND
    ),
    "rounds.add": Way(
        lambda e: rounds.add(e, 1, "Nachtrag", on=ON, **WHO), Right.EDIT_ALL,
        lambda e: rounds.close(e, 1, version(e, Meeting, 1), "{}", on=ON, view=VIEW, **WHO),
    ),
    "rounds.reserve": Way(lambda e: rounds.reserve(e, "GAP-1", internal=True, **WHO), Right.EDIT_ALL),
    "rounds.strike": Way(lambda e: rounds.strike(e, AgendaItem, 1, **WHO), Right.EDIT_ALL, a_point),
    "planned_rounds.plan": Way(lambda e: planned_rounds.plan(e, [{"day": ON}], **WHO), Right.EDIT_ALL),
    "planned_rounds.put_away": Way(lambda e: planned_rounds.put_away(e, 1, 1, **WHO), Right.EDIT_ALL),
    # Of the own unit, who edits for one may propose for it: `OWN_CHANGES`.
    "wishes.propose": Way(lambda e: proposed(e, LANDRATSAMT), Right.EDIT_ALL),
    "wishes.take": Way(lambda e: wishes.take(e, the_wish(e), 1, **WHO), Right.EDIT_ALL, proposed),
    "wishes.put_off": Way(
        lambda e: wishes.put_off(e, the_wish(e), 1, "Kein Platz", **WHO), Right.EDIT_ALL, proposed
    ),
    "assessing.assess": Way(
        lambda e: assessing.assess(e, "GAP-1", {"state": "to_clarify", "reason": "Grund"}, **WHO),
        Right.EDIT_ALL,
    ),
    "importing.take_over": Way(imported, Right.EDIT_ALL),
    "importing.try_out": Way(lambda e: importing.try_out(e, lambda batch: None), Right.IMPORT),
    "paper_texts.keep": Way(written_on_a_paper, Right.PAPERS),
    "paper_texts.follow_the_data": Way(
        lambda e: paper_texts.follow_the_data(e, "p" * 64, **WHO), Right.PAPERS, written_on_a_paper
    ),
    "handing_in.hand_in": Way(handed_in, Right.PAPERS),
    "handing_in.enter": Way(consulted, Right.PAPERS, before_a_result),
    "handing_in.strike": Way(lambda e: handing_in.strike(e, 1, **WHO), Right.PAPERS, with_result),
    "saved_views.save": Way(kept, Right.VIEWS),
    "saved_views.rename": Way(
        lambda e: saved_views.rename(e, the_view(e), "Anders"), Right.VIEWS, shared
    ),
    "saved_views.remove": Way(lambda e: saved_views.remove(e, the_view(e)), Right.VIEWS, shared),
    "own_unit.remember": Way(lambda e: own_unit.remember(e, Remembered("", True)), Right.VIEWS),
    "archiving.archive": Way(lambda e: archiving.archive(e, Structure, 3, 1, **WHO), Right.EDIT_ALL),
    "archiving.delete_or_archive": Way(
        lambda e: archiving.delete_or_archive(e, Structure, 3, 1, **WHO), Right.EDIT_ALL
    ),
    "archiving.restore_record": Way(
        lambda e: archiving.restore_record(e, Structure, LOTSEN, version(e, Structure, LOTSEN), **WHO),
        Right.EDIT_ALL, lambda e: archiving.archive(e, Structure, LOTSEN, 1, **WHO),
    ),
    "confirmation_rounds.start": Way(started, Right.EDIT_ALL),
    "surveying.start": Way(surveyed, Right.EDIT_ALL),
    "surveying.take_over": Way(adopted, Right.EDIT_ALL, answered),
    "taking_over.take_over": Way(lambda e: taking_over.take_over(e, 1, 1, **WHO), Right.EDIT_ALL),
    "archiving.delete": Way(
        lambda e: archiving.delete(e, PublicText, 1, 1, **WHO), Right.EDIT_ALL, in_another_language
    ),
    "releases.release": Way(released, Right.RELEASE),
    "restoring.put_in_place": Way(restored, Right.BACKUPS),
    "closing.close": Way(lambda e: closing.close(e, year=2025, **WHO), Right.CLOSE_YEAR),
    "closing.open_again": Way(
        lambda e: closing.open_again(e, 1, 1, "Grund", **WHO), Right.CLOSE_YEAR,
        lambda e: closing.close(e, year=2025, **WHO),
    ),
    "persons.change": Way(
        lambda e: persons.change(e, {"name": "Anders"}, key=1, version=1, **WHO), Right.PERSONS
    ),
    "persons.grant": Way(
        lambda e: persons.grant(e, ISSUER, "neu", PersonRole.ADMINISTER, scope=PersonScope.ALL, **WHO),
        Right.PERSONS,
    ),
    "persons.end_sign_ins": Way(lambda e: persons.end_sign_ins(e, 5, **WHO), Right.PERSONS),
}  # fmt: skip


@pytest.mark.parametrize("name", WAYS)
def test_each_way_of_writing_is_for_those_who_have_its_right_alone(name: str, engine: Engine) -> None:
    way = WAYS[name]
    if way.go is restored and engine.dialect.name != "sqlite":
        pytest.skip("A server's own tools put its backups back")
    way.before(engine)
    may = {who for who, kind in KIND_OF.items() if way.right in RIGHTS[kind]}
    before = reading.revision(engine)
    for who in WHOS.keys() - may:
        with pytest.raises(RightMissing):
            way.go(acting_as(engine, WHOS[who]))
        assert reading.revision(engine) == before, f"{who} has written"
    way.go(acting_as(engine, person("verwaltet")))


@pytest.mark.parametrize("name", [name for name in WAYS if WAYS[name].right is Right.EDIT_ALL])
def test_whoever_edits_all_may_go_each_way_that_takes_no_other_right(name: str, engine: Engine) -> None:
    WAYS[name].before(engine)
    WAYS[name].go(acting_as(engine, person("alle")))


def test_every_place_that_writes_is_tried_here() -> None:
    """Whoever opens a transaction is one of the ways above, or is called by one."""
    found = {
        f"{path.stem}.{function.name}"
        for path in (PACKAGE / "storage").rglob("*.py")
        for function in tree(path).body
        if isinstance(function, ast.FunctionDef)
        for call in calls(function)
        if isinstance(call.func, ast.Name) and call.func.id in {"saving", "transaction", "writing"}
    }
    own = {"transaction.transaction", "saving.saving", "engine.migrating", "schema._fill_once"}
    inner = {"importing._taken_back", "restoring._give_identity", "persons.carry_over"}
    through_another = {
        "foreseeing.foresee",
        "surveying.start",
        "importing.try_out",
        "taking_over.take_over",
        "restoring.put_in_place",
    }
    assert found - own - inner == WAYS.keys() - through_another | {"loading.load"}


def test_only_who_sets_up_the_program_loads_a_starting_dataset(url: str) -> None:
    empty = schema.prepare(url, "empty")
    grant = (empty, ISSUER, "alle", PersonRole.EDIT)
    persons.grant(*grant, scope=PersonScope.ALL, **WHO)
    with pytest.raises(RightMissing):
        loading.load(acting_as(empty, person("alle")), "coburg", **WHO)
    assert loading.can_load(empty)
    empty.dispose()


A_WISH = {"meeting_id": 1, "name": "Wohnraum", "organisation_id": CARITAS, "proposed_on": ON}
OWN_CHANGES: dict[str, tuple[Edit, ...]] = {
    "structure": (Edit(Structure, {"fte": 1.0}, id=BERATUNG, version=1),),
    "funding": (Edit(Funding, {"fte": 1.0}, id=OTHER_CARRYING, version=1),),
    "unit": (Edit(Organisation, {"short_name": "Car"}, id=CARITAS, version=1),),
    "unit below with its structure": (
        Edit(Organisation, {"name": "Außenstelle", "level": Level.WELFARE, "parent_id": CARITAS}),
        Edit(Structure, {"name": "Neu", "kind": "service", "organisation_id": Made(0)}),
    ),
    "agreement": (
        Edit(Agreement, {"name": "Zu zweit", "kind": "service", "organisations": [CARITAS, LANDRATSAMT]}),
    ),
    "measure": (Edit(Measure, {"name": "Eigene", "status": "idea", "organisation_id": CARITAS}),),
    "potential": (Edit(Potential, {"name": "Eigenes", "kind": "other", "organisation_id": CARITAS}),),
    "wish": (Edit(Wish, A_WISH), Edit(Wish, {**A_WISH, "name": "Sprachkurse"})),
}
FOREIGN_CHANGES: dict[str, tuple[Edit, ...]] = {
    "structure": (Edit(Structure, {"fte": 1.0}, id=LOTSEN, version=1),),
    "structure taken": (Edit(Structure, {"organisation_id": CARITAS}, id=LOTSEN, version=1),),
    "structure given": (Edit(Structure, {"organisation_id": LANDRATSAMT}, id=BERATUNG, version=1),),
    "funding": (Edit(Funding, {"fte": 1.0}, id=CARRYING, version=1),),
    "funding moved": (Edit(Funding, {"structure_id": BERATUNG}, id=CARRYING, version=1),),
    "unit": (Edit(Organisation, {"short_name": "LRA"}, id=LANDRATSAMT, version=1),),
    "unit above": (Edit(Organisation, {"parent_id": LANDRATSAMT}, id=CARITAS, version=1),),
    "new unit": (Edit(Organisation, {"name": "Neu", "level": Level.WELFARE}),),
    "agreement": (Edit(Agreement, {"name": "Ohne", "kind": "service", "organisations": [LANDRATSAMT]}),),
    "task": (Edit(Task, {"name": "Anders"}, id=COUNSEL, version=1),),
    "need": (Edit(Need, {"task_id": COUNSEL, "area_id": DISTRICT, "kind": "service", "name": "Bedarf"}),),
    "potential of nobody": (Edit(Potential, {"name": "Offen", "kind": "other"}),),
    "potential": (Edit(Potential, {"name": "Fremd", "kind": "other", "organisation_id": LANDRATSAMT}),),
    "settings": (Edit(Settings, {"warning_months": 3}, id=1, version=1),),
    "closed year": (Edit(ClosedYear, {"year": 2025, "closed_on": ON}),),
    "committee": (Edit(Committee, {"name": "Anders"}, id=1, version=1),),
    "standing point": (Edit(StandingPoint, {"name": "Verschiedenes"}),),
    "another's wish": (Edit(Wish, {**A_WISH, "organisation_id": LANDRATSAMT}),),
    "wish that is on the agenda at once": (Edit(Wish, {**A_WISH, "status": "taken"}),),
    "wish with its answer": (Edit(Wish, {**A_WISH, "answer": "Ja"}),),
    "own role": (Edit(Person, {"role": PersonRole.ADMINISTER}, id=2, version=1),),
}


@pytest.mark.parametrize("name", OWN_CHANGES)
def test_who_edits_for_a_unit_changes_what_belongs_to_it(name: str, engine: Engine) -> None:
    assert write(acting_as(engine, person("caritas")), OWN_CHANGES[name], **WHO).batch


def test_who_edits_for_a_unit_adds_many_units_below_it_and_takes_them_away_again(engine: Engine) -> None:
    mine = acting_as(engine, person("caritas"))
    with transaction(mine, purpose=Purpose(imported="liste.xlsx"), **WHO) as batch:
        above = batch.row(Organisation, CARITAS) or {}
        first, second, third = batch.unused_keys(Organisation, 3)
        rows = [
            above | {"id": key, "slug": f"stelle-{key}", "name": f"Stelle {key}", "parent_id": parent}
            for key, parent in ((first, CARITAS), (second, first), (third, second))
        ]
        batch.insert_many(Organisation, rows)
    with transaction(mine, **WHO) as batch:
        batch.delete_many(Organisation, dict.fromkeys((third, second, first), "{}"))
    with transaction(mine, **WHO) as batch, pytest.raises(RightMissing):
        batch.delete_many(Organisation, {LANDRATSAMT: "{}"})


@pytest.mark.parametrize("name", FOREIGN_CHANGES)
def test_who_edits_for_a_unit_changes_nothing_else(name: str, engine: Engine) -> None:
    before = reading.revision(engine)
    with pytest.raises((RightMissing, Invalid)) as refused:
        write(acting_as(engine, person("caritas")), FOREIGN_CHANGES[name], **WHO)
    assert isinstance(refused.value, RightMissing), refused.value
    assert reading.revision(engine) == before


def test_who_edits_for_a_unit_proposes_for_it_and_does_not_decide_on_it(engine: Engine) -> None:
    mine = acting_as(engine, person("caritas"))
    proposed(mine)
    write(mine, [Edit(Wish, {"reason": "eilig"}, id=1, version=1)], **WHO)
    decided = ({"status": "taken"}, {"status": "put_off", "answer": "Nein"}, {"answer": "Nein"})
    for values in decided:
        with pytest.raises(RightMissing):
            write(mine, [Edit(Wish, values, id=1, version=2)], **WHO)
    wishes.put_off(acting_as(engine, person("alle")), the_wish(engine), 1, "Kein Platz", **WHO)
    with pytest.raises(RightMissing):
        write(mine, [Edit(Wish, {"reason": "doch"}, id=1, version=3)], **WHO)
    with pytest.raises(RightMissing):
        rounds.strike(mine, Wish, 1, **WHO)


def test_a_right_that_was_taken_away_is_gone_for_a_page_that_is_open(engine: Engine) -> None:
    open_page = acting_as(engine, person("alle"))
    write(open_page, [Edit(Structure, {"fte": 2.0}, id=LOTSEN, version=1)], **WHO)
    persons.grant(engine, ISSUER, "alle", PersonRole.READ, scope=PersonScope.OWN, **WHO)
    with pytest.raises(RightMissing, match=r"»Bearbeiten .*Ihre ist »Lesen«.*Verwaltet"):
        write(open_page, [Edit(Structure, {"fte": 3.0}, id=LOTSEN, version=2)], **WHO)


def test_the_history_names_who_is_signed_in_whatever_the_page_says(engine: Engine) -> None:
    write(acting_as(engine, person("alle")), [Edit(Structure, {"fte": 2.0}, id=LOTSEN, version=1)], **WHO)
    assert find(engine, Sought()).writes[0].signature.actor == "Alle (Caritas)"


def test_signing_out_everywhere_ends_what_was_signed_in_before_and_nothing_after(engine: Engine) -> None:
    mine = acting_as(engine, person("liest"))
    key = acting.mandate(mine).key
    assert key is not None
    persons.end_sign_ins(mine, key, actor="", now=NOW + timedelta(seconds=1))
    assert acting.mandate(mine).ended
    later = SignedIn(ISSUER, "liest", NOW + timedelta(seconds=2))
    assert acting.mandate(acting_as(engine, later)).known


def test_what_is_for_the_administration_is_subscribed_to_by_who_may_see_it(engine: Engine) -> None:
    with pytest.raises(RightMissing, match="nur für die Verwaltung"):
        subscribed(acting_as(engine, person("liest")), internal=True)
    assert subscribed(acting_as(engine, person("caritas")), internal=True)


def key_of(engine: Engine, subject: str) -> int:
    found: int = persons.everyone(engine).set_index("subject")["id"].to_dict()[subject]
    return found


def became_the_only_one(engine: Engine) -> None:
    """Somebody else was made one who gives out roles, and the one who did so up to now stopped."""
    persons.grant(engine, ISSUER, "alle", PersonRole.ADMINISTER, scope=PersonScope.ALL, **WHO)
    persons.grant(engine, ISSUER, "verwaltet", PersonRole.READ, scope=PersonScope.OWN, **WHO)


def made_the_only_one(engine: Engine) -> str:
    became_the_only_one(engine)
    return find(engine, Sought(persons=True), writes=2).writes[1].signature.batch


LAST_OF_ALL: dict[str, Callable[[Engine], Any]] = {
    "changed": lambda e: persons.change(
        e, {"role": PersonRole.READ}, key=key_of(e, "verwaltet"), version=1, **WHO
    ),
    "shut out": lambda e: persons.change(
        e, {"archived_on": ON}, key=key_of(e, "verwaltet"), version=1, **WHO
    ),
    "granted less": lambda e: persons.grant(
        e, ISSUER, "verwaltet", PersonRole.READ, scope=PersonScope.OWN, **WHO
    ),
    "written": lambda e: write(
        e, [Edit(Person, {"role": PersonRole.READ}, id=key_of(e, "verwaltet"), version=1)], **WHO
    ),
    "taken back": lambda e: undoing.undo(e, made_the_only_one(e), **WHO),
}


@pytest.mark.parametrize("way", LAST_OF_ALL)
def test_somebody_always_gives_out_roles(way: str, engine: Engine) -> None:
    with pytest.raises(Invalid, match="Jemand muss verwalten"):
        LAST_OF_ALL[way](engine)


@pytest.mark.parametrize(
    "values", [{"subject": "vertippt"}, {"issuer": "https://vertippt.example"}, {"archived_on": ON}], ids=str
)
def test_nobody_shuts_out_oneself_even_where_others_give_out_roles(
    values: dict[str, Any], engine: Engine
) -> None:
    persons.grant(engine, ISSUER, "alle", PersonRole.ADMINISTER, scope=PersonScope.ALL, **WHO)
    key = key_of(engine, "verwaltet")
    with pytest.raises(Invalid, match="jemand anderes"):
        persons.change(acting_as(engine, person("verwaltet")), values, key=key, version=1, **WHO)
    assert persons.change(acting_as(engine, person("alle")), values, key=key, version=1, **WHO).batch


@pytest.mark.usefixtures("only_sqlite")
def test_a_backup_is_put_back_where_nobody_gives_out_roles_yet(engine: Engine, tmp_path: Path) -> None:
    url = str(engine.url)
    copies.backup(url, "empty", tmp_path / "old.db")
    became_the_only_one(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET role = 'read'")
    with restoring.opened(tmp_path / "old.db") as backup:
        restoring.put_in_place(url, backup, NOW)
    assert set(persons.everyone(engine)["role"]) == {PersonRole.READ}


@pytest.mark.parametrize("subject", ["alle", " alle", "alle\u200b"], ids=ascii)
@pytest.mark.parametrize("issuer", [ISSUER, f"{ISSUER}/", f"{ISSUER}/.well-known/openid-configuration"])
def test_who_is_entered_twice_is_the_same_however_it_was_copied(
    subject: str, issuer: str, engine: Engine
) -> None:
    values = {"subject": subject, "issuer": issuer, "name": "Noch einmal", "role": PersonRole.READ}
    with pytest.raises(Invalid, match="schon »Alle«"):
        persons.change(engine, values, **WHO)
    granted = persons.grant(engine, issuer, subject, PersonRole.READ, scope=PersonScope.OWN, **WHO)
    assert granted["id"] == key_of(engine, "alle")


def test_who_unites_two_units_needs_no_right_to_those_who_belong_to_them(engine: Engine) -> None:
    (other,) = write(engine, [Edit(Organisation, {"name": "Neu", "level": Level.WELFARE})], **WHO).ids
    merging.merge(acting_as(engine, person("alle")), Organisation, other, CARITAS, **WHO)
    found = acting.mandate(acting_as(engine, person("caritas")))
    assert found.unit == other
    assert found.units == {other}


def test_who_edits_for_a_unit_takes_back_that_one_below_it_is_gone(engine: Engine) -> None:
    mine = acting_as(engine, person("caritas"))
    below = {"name": "Außenstelle", "level": Level.WELFARE, "parent_id": CARITAS}
    (key,) = write(mine, [Edit(Organisation, below)], **WHO).ids
    gone = archiving.delete_or_archive(mine, Organisation, key, 1, **WHO)
    undoing.undo(mine, batch_of(gone), **WHO)
    assert row_of(engine, Organisation, key)["name"] == "Außenstelle"


def test_the_same_subject_of_another_sign_in_is_somebody_else(engine: Engine) -> None:
    other = SignedIn("https://andere.example", "verwaltet", NOW)
    assert not acting.mandate(acting_as(engine, other)).known


@pytest.mark.usefixtures("only_sqlite")
def test_a_backup_gives_nobody_a_right_back(engine: Engine, tmp_path: Path) -> None:
    url = str(engine.url)
    copies.backup(url, "empty", tmp_path / "old.db")
    persons.grant(engine, ISSUER, "alle", PersonRole.READ, scope=PersonScope.OWN, **WHO)
    persons.grant(engine, ISSUER, "später", PersonRole.ADMINISTER, scope=PersonScope.ALL, **WHO)
    with restoring.opened(tmp_path / "old.db") as backup:
        restoring.put_in_place(url, backup, NOW)
    assert not acting.mandate(acting_as(engine, person("alle"))).may(Right.EDIT)
    assert acting.mandate(acting_as(engine, person("später"))).may(Right.PERSONS)
    assert checking.problems(url) == []


def test_persons_are_in_no_portfolio(engine: Engine) -> None:
    assert "person" not in reading.portfolio(engine).frames


def test_the_history_of_persons_is_for_those_who_give_out_roles(engine: Engine) -> None:
    for wanted in (Sought(), Sought(kind="person")):
        found = find(engine, wanted, writes=50)
        assert {step.record for write_ in found.writes for step in write_.steps} & {"person"} == set()
    assert not [pair for pair in searching.changed_fields(engine) if pair[0] == "person"]
    assert not [key for key in searching.changed_records(engine) if key[0] == "person"]
    told = find(engine, Sought(persons=True), writes=50)
    assert {step.record for write_ in told.writes for step in write_.steps} & {"person"}


def test_whoever_undoes_must_be_allowed_to_do(engine: Engine) -> None:
    """An undo of somebody else's change of a role would be a way around."""
    persons.grant(engine, ISSUER, "alle", PersonRole.READ, scope=PersonScope.OWN, **WHO)
    done = persons.grant(engine, ISSUER, "alle", PersonRole.EDIT, scope=PersonScope.ALL, **WHO)
    assert done["role"] == PersonRole.EDIT
    receipt = write(engine, [Edit(Person, {"name": "Neu"}, id=done["id"], version=done["version"])], **WHO)
    with pytest.raises(RightMissing):
        undoing.undo(acting_as(engine, person("alle")), batch_of(receipt), **WHO)
