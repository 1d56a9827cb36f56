"""The sentences of a paper for none, one and many, and for what is not known."""

from datetime import date
from functools import partial

import pytest

from steering.analysis.changes import AddResponsibility, ExtendProgramme
from steering.analysis.paper import costs, rejecting, sentences
from steering.analysis.paper.draft import draft
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.motion import motion
from steering.analysis.paper.subjects import About, PaperSubject, subjects
from steering.analysis.paper.whole_plan import masterplan
from steering.model import (
    AmountBasis,
    EndKind,
    Extension,
    FindingKind,
    FundingPart,
    LegalCharacter,
    Level,
    NeedKind,
    NeedUnit,
    OnLoss,
    Payer,
    Provenance,
    Role,
)
from steering.model.finding_keys import FindingKey
from tests import builders as b

AT = b.view("2026-11-25")
WHOLE = PaperSubject()


def ending(number: int, **more) -> list:
    """So many structures, each on a grant of the programme with id 7 that ends with the year."""
    return [
        b.funding(
            id=100 + key, structure_id=key, programme_id=7, end="2026-12-31",
            extension=Extension.NOT_YET_POSSIBLE, **more,
        )
        for key in range(1, number + 1)
    ]  # fmt: skip


def made(number: int = 0, fundings=(), subject: PaperSubject = WHOLE, **records):
    defaults = {
        "organisations": [b.organisation(id=1, level=Level.COUNTY)],
        "structures": [b.structure(id=key, name=f"Stelle {key}") for key in range(1, number + 1)],
        "fundings": fundings,
        "programmes": [b.programme(id=7, name="Richtlinie")],
        "municipalities": [b.municipality(ags="09473120")],
        "areas": [b.area(id=1)],
        "area_municipalities": [b.area_municipality(area_id=1, ags="09473120")],
        "fields": [b.task_field()],
        "tasks": [b.task()],
    }
    return facts(b.portfolio(**{**defaults, **records}), AT, subject)


@pytest.mark.parametrize(
    ("structures", "said"),
    [
        (0, "Eine Struktur ist hierzu nicht erfasst."),
        (1, "Am 25.11.2026 läuft 1 Struktur; wie viele Vollzeitäquivalente (VZÄ) sie umfasst, "
            "ist nicht bekannt. Ein festes Ende der tragenden Förderung ist nicht bekannt."),
        (2, "Am 25.11.2026 laufen 2 Strukturen; wie viele Vollzeitäquivalente (VZÄ) sie umfassen, "
            "ist nicht bekannt. Ein festes Ende der tragenden Förderung ist nicht bekannt."),
    ],
)  # fmt: skip
def test_what_exists(structures: int, said: str) -> None:
    assert sentences.existing(made(structures)) == said


def test_what_is_known_of_posts_is_summed_and_the_rest_counted() -> None:
    posts = [b.structure(id=1, fte=1.5), b.structure(id=2)]
    found = facts(b.portfolio(organisations=[b.organisation(id=1)], structures=posts), AT, PaperSubject())
    assert "mit zusammen 1,5 VZÄ (für 1 von 2 mit Stellen nicht bekannt)." in sentences.existing(found)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Bei 1 Struktur endet die tragende Förderung:\n- Stelle 1: Richtlinie bis 31.12.2026; "
            "die Folgeförderung ist noch nicht ausgeschrieben"),
        (2, "Bei 2 Strukturen endet die tragende Förderung:"),
        (9, "- … und 1 weitere Struktur"),
        (10, "- … und 2 weitere Strukturen"),
    ],
)  # fmt: skip
def test_what_ends(number: int, said: str) -> None:
    assert said in sentences.ends(made(number, ending(number)))


def test_a_structure_that_ends_by_its_own_day_is_named_with_it() -> None:
    stops = {"valid_until": "2028-02-29", "extension": Extension.UNCLEAR, "on_loss": OnLoss.UNCLEAR}
    listed = [b.structure(id=1, name="Stelle 1"), b.structure(id=2, name="Verbund", **stops)]
    found = made(1, ending(1), structures=listed)
    assert sentences.existing(found).endswith(
        "\nUnabhängig von einer Förderung endet 1 Struktur:\n- Verbund: bis 29.02.2028; die Verlängerung ist "
        "ungeklärt"
    )
    assert "- »Verbund« wird beendet (nach dem 29.02.2028)" in rejecting.if_rejected(found)
    about_it = PaperSubject(About.FINDING, str(FindingKey(FindingKind.ENDING, participants=(2,))))
    assert "Verbund: bis 29.02.2028" in sentences.existing(made(structures=listed, subject=about_it))


@pytest.mark.parametrize("stops", [{"valid_until": "2025-12-31"}, {}])
def test_a_structure_that_has_ended_or_has_no_end_is_not_named_as_ending(stops) -> None:
    assert "Unabhängig" not in sentences.existing(made(structures=[b.structure(id=1, **stops)]))


def test_where_an_extension_is_ruled_out_there_is_no_day_to_apply() -> None:
    grant = b.funding(structure_id=1, end="2027-06-30", extension=Extension.RULED_OUT)
    assert sentences.ends(made(1, [grant])).endswith("bis 30.06.2027; die Verlängerung ist ausgeschlossen")


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ([], "Ein Bedarf ist hierzu nicht erhoben. Ob Lücken bestehen, lässt sich deshalb nicht sagen."),
        (
            ["Kurse"],
            "Vom 25.11.2026 an ist im Planungszeitraum 1 Lücke erkennbar:\n"
            "- Sprachkurse (Lücke, durchgehend, kreisweit)",
        ),
        (["Kurse", "Plätze"], "Vom 25.11.2026 an sind im Planungszeitraum 2 Lücken erkennbar:"),
    ],
)
def test_gaps_are_counted_and_without_needs_nothing_is_claimed(needs: list[str], said: str) -> None:
    rows = [b.need(id=place, name=name) for place, name in enumerate(needs, 1)]
    assert sentences.gaps(made(needs=rows)).startswith(said)


def test_without_needs_the_masterplan_does_not_say_that_nothing_is_left_open() -> None:
    left = str(masterplan(made(1)).blocks).rpartition("Was offen bleibt")[2]
    assert "Ob Lücken bestehen, lässt sich deshalb nicht sagen." in left
    assert "kein Hinweis offen" not in left
    known = str(masterplan(made(needs=[b.need(valid_until="2020-12-31")])).blocks)
    assert "bleibt kein Hinweis offen" in known


def test_the_masterplan_says_what_a_measure_opens_beside_what_it_closes() -> None:
    lead = partial(AddResponsibility, structure_id=2, area_id=1, role=Role.LEAD)
    paper = masterplan(
        made(
            structures=[b.structure(id=1), b.structure(id=2, organisation_id=2)],
            organisations=[b.organisation(id=1), b.organisation(id=2)],
            tasks=[b.task(id=1), b.task(id=2)],
            responsibilities=[b.responsibility(role=Role.LEAD)],
            needs=[b.need(id=1, task_id=2)],
            measures=[b.measure(lead(task_id=1), lead(task_id=2), provenance=Provenance.DOCUMENTED)],
        )
    )
    told = str(paper.blocks)
    assert "2027: 1 Hinweis, öffnet aber 1" in told
    assert "keinen Hinweis" not in told
    assert "1 −1 / 1 −1" in told


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ([Role.INFORM], "keinen Hinweis"),
        ([Role.LEAD, Role.LEAD], "keinen Hinweis, den nicht auch andere Maßnahmen schließen"),
    ],
)
def test_that_other_measures_do_the_same_is_said_only_where_they_do(roles: list[Role], said: str) -> None:
    effect = partial(AddResponsibility, structure_id=1, task_id=1, area_id=1)
    measures = [
        b.measure(effect(role=role), id=key, provenance=Provenance.DOCUMENTED)
        for key, role in enumerate(roles, 1)
    ]
    assert f"('Schließt', '{said}')" in str(masterplan(made(1, needs=[b.need()], measures=measures)).blocks)


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        (1, "Erfasst ist 1 Bedarf; am 25.11.2026 ist er offen: Sprachkurse (kreisweit)."),
        (2, "Erfasst sind 2 Bedarfe, davon am 25.11.2026 2 offen.\n- Sprachkurse · Bedarf 1 (kreisweit)"),
    ],
)
def test_needs_are_counted_and_those_not_met_are_named(needs: int, said: str) -> None:
    rows = [b.need(id=place, name=f"Bedarf {place}") for place in range(1, needs + 1)]
    assert sentences.needs(made(needs=rows)).startswith(said)


def test_needs_that_are_examples_are_left_out() -> None:
    found = made(needs=[b.need(provenance=Provenance.EXAMPLE)])
    assert found.left_out["need"] == 1
    assert sentences.needs(found).startswith("Ein Bedarf ist hierzu nicht erhoben.")


@pytest.mark.parametrize(
    ("leads", "said"),
    [
        (1, "Vom 25.11.2026 an ist im Planungszeitraum eine mehrfache oder ungeklärte Federführung nicht"),
        (2, "Vom 25.11.2026 an ist im Planungszeitraum bei 1 Aufgabe die Federführung ein Klärungspunkt:"),
    ],
)
def test_overlaps_are_a_question(leads: int, said: str) -> None:
    rows = [b.responsibility(structure_id=key, role=Role.LEAD) for key in range(1, leads + 1)]
    organisations = [b.organisation(id=1), b.organisation(id=2, name="Verein")]
    own = [b.structure(id=key, name=f"S{key}", organisation_id=key) for key in range(1, leads + 1)]
    found = made(responsibilities=rows, organisations=organisations, structures=own)
    assert said in sentences.overlaps(found)


def test_the_legal_footing_of_one_task_and_of_many() -> None:
    rows = [b.responsibility(structure_id=1, task_id=key) for key in (1, 2, 3)]
    tasks = [
        b.task(id=1, name="Kurse", legal_character=LegalCharacter.VOLUNTARY),
        b.task(id=2, legal_character=LegalCharacter.VOLUNTARY),
        b.task(id=3, legal_character=LegalCharacter.OWN_DUTY),
    ]
    one = sentences.legal_footing(made(1, responsibilities=rows[:1], tasks=tasks))
    many = sentences.legal_footing(made(1, responsibilities=rows, tasks=tasks))
    none = sentences.legal_footing(made(1, tasks=tasks))
    assert one == "Die Aufgabe »Kurse« ist eingeordnet als: freiwillig."
    assert (
        many == "Rechtscharakter der 3 betroffenen Aufgaben: 2 freiwillig, "
        "1 Pflichtaufgabe im eigenen Wirkungskreis."
    )
    assert none == "Eine Aufgabe ist hierzu nicht zugeordnet; die Rechtslage ist noch zu klären."


@pytest.mark.parametrize(
    ("result", "said"), [(None, "nicht erfasst"), ("2026-05-05", "1 früheren Beschluss:\n- 05.05.2026")]
)
def test_former_decisions_are_those_of_the_measures(result: str | None, said: str) -> None:
    found = made(measures=[b.measure(name="Kurse ausbauen", decided_on=result, paper_number="7/2026")])
    assert said in sentences.former_decisions(found)


def own(key: int, cents: int):
    return b.funding(
        id=200 + key, structure_id=key, accompanies_id=100 + key, part=FundingPart.CO_FINANCING,
        payer=Payer.OWN,
        amount_cents=cents, amount_basis=AmountBasis.PER_YEAR, budget_item="1.47.1",
    )  # fmt: skip


PROGRAMME = PaperSubject(About.PROGRAMME, "7")


@pytest.mark.parametrize(
    ("number", "own_money", "said"),
    [
        (1, [], "die Stelle »Stelle 1« (VZÄ nicht bekannt) nach dem 31.12.2026 aus eigenen Mitteln "
                "weiterzuführen, bis über eine Nachfolge der Richtlinie entschieden ist, und dafür "
                "Eigenmittel in noch zu beziffernder Höhe (Haushaltsstelle noch zu benennen, Stellenplan "
                "noch zu beziffern) bereitzustellen; mit einer Anschlussförderung wie bisher entfallen sie."),
        (1, [1], "; mit einer Anschlussförderung wie bisher sind es je 13.000 € in den Haushaltsjahren 2027 "
                 "bis 2029."),
        (1, [1], "(Haushaltsstelle 1.47.1, Stellenplan noch zu beziffern) bereitzustellen"),
        (2, [], "die Stelle »Stelle 1« (VZÄ nicht bekannt) und die Stelle »Stelle 2« (VZÄ nicht bekannt)"),
    ],
)  # fmt: skip
def test_going_on_is_one_sentence_with_its_own_money(number: int, own_money: list[int], said: str) -> None:
    fundings = [*ending(number), *(own(key, 1_300_000) for key in own_money)]
    found = motion(made(number, fundings, PROGRAMME))
    text = found.of("Kreistag", preparing=True)
    assert said in text
    assert text.startswith("Dem Kreistag wird empfohlen, zu beschließen, ")
    assert found.of("Kreistag", preparing=False).startswith("Der Kreistag beschließt, ")
    assert text.count(". ") == 0


def test_the_whole_is_taken_note_of() -> None:
    found = motion(made())
    assert found.of("Kreistag", preparing=False).endswith("(Datenstand 25.11.2026) zur Kenntnis.")
    assert found.of("Kreistag", preparing=True).endswith("zur Kenntnis zu nehmen.")


def test_a_measure_names_its_own_money_by_budget_year() -> None:
    costs = [
        b.measure_cost(measure_id=5, year=2027, amount_cents=500_000),
        b.measure_cost(measure_id=5, year=2028),
    ]
    found = made(
        subject=PaperSubject(About.MEASURE, "5"),
        measures=[b.measure(id=5, name="Kurse")],
        measure_costs=costs,
    )
    assert motion(found).does == (
        "beschließt, die Maßnahme »Kurse« umzusetzen und dafür Eigenmittel von 5.000 € im Haushaltsjahr 2027 "
        "und in noch nicht bekannter Höhe im Haushaltsjahr 2028 (Haushaltsstelle noch zu benennen) "
        "bereitzustellen"
    )


def test_a_finding_becomes_an_order_to_clarify() -> None:
    records: b.Tables = {"needs": [b.need(id=3, kind=NeedKind.SERVICE)]}
    (key,) = [each for each in subjects(made(**records).portfolio, AT) if each.about == About.FINDING]
    assert motion(made(subject=key, **records)).does == (
        "beauftragt die Verwaltung, vorzuschlagen, wie der Bedarf bei der Aufgabe »Sprachkurse« gedeckt "
        "werden kann, und dem Gremium das Ergebnis vorzulegen"
    )


def test_a_subject_that_is_gone_is_told_apart() -> None:
    with pytest.raises(KeyError):
        made(subject=PaperSubject(About.FINDING, "GAP/1"))


def test_the_states_of_needs_add_up_to_all_of_them() -> None:
    """Of four needs a paper told the state of one, and listed three without saying which one is left out."""
    needs = [
        b.need(id=1, name="Jetzt"),
        b.need(id=2, name="Später", valid_from="2027-01-01"),
        b.need(id=3, name="Auch", valid_from="2028-01-01"),
        b.need(id=4, name="Früher", valid_until="2025-12-31"),
    ]
    led = [b.responsibility(structure_id=1, role=Role.LEAD)]
    assert sentences.needs(made(1, needs=needs, responsibilities=led)).startswith(
        "Erfasst sind 4 Bedarfe, davon am 25.11.2026 1 gedeckt; 2 gelten erst später; 1 gilt nicht mehr. "
        "Außer dem gedeckten sind es:\n- Sprachkurse"
    )


@pytest.mark.parametrize(("end", "pressing"), [("2028-05-25", True), ("2028-05-26", False)])
def test_what_ends_after_the_warning_time_is_not_pressing(end: str, pressing: bool) -> None:
    """An end of 2035 was »vordringlich«."""
    money = [b.funding(id=1, structure_id=1, end=end, extension=Extension.UNCLEAR)]
    said = sentences.assessment(made(1, money))
    assert said.startswith("Vordringlich ist »Stelle 1«") is pressing


@pytest.mark.parametrize(
    ("kind", "rest"),
    [("open", "."), ("unknown", "; wo ein Ende fehlt, ist ungewiss, ob eine Lücke entsteht.")],
)
def test_a_missing_end_is_spoken_of_only_where_one_is_missing(kind: str, rest: str) -> None:
    said = sentences.assessment(made(structures=[b.structure(id=1, end_kind=kind)]))
    assert said == f"Angaben fehlen zu einer Struktur{rest}"


def test_what_the_plan_runs_beyond_its_end_is_said_to_be_counted_so() -> None:
    """The paper counted as running what it told to have ended."""
    data = made(
        1,
        ending(1),
        measures=[b.measure(ExtendProgramme(7, date(2029, 12, 31)), id=5)],
        measure_tasks=[{"measure_id": 5, "task_id": 1}],
    ).portfolio
    told = "Im Szenario »gesichert« mit Masterplan geht »Stelle 1« danach weiter; so ist sie hier gezählt."
    assert told in sentences.existing(facts(data, AT, WHOLE, with_plan=True))
    assert "danach weiter" not in sentences.existing(facts(data, AT, WHOLE))


def test_what_may_run_is_more_only_beside_what_runs() -> None:
    unsure = b.structure(id=1, name="Treff", end_kind=EndKind.UNKNOWN)
    said = sentences.existing(made(structures=[unsure]))
    assert (
        "läuft keine der erfassten Strukturen. Bei einer Struktur ist nicht bekannt, ob sie noch läuft."
        in said
    )


def test_a_paper_about_an_end_that_others_decide_about_does_not_refer_to_itself() -> None:
    theirs: b.Tables = {
        "organisations": [b.organisation(id=1, level=Level.WELFARE)],
        "structures": [b.structure(id=1, name="Beratung")],
    }
    found = made(0, ending(1), PROGRAMME, **theirs)
    assert costs.follow_up(found) == "Folgekosten sind aus den Daten nicht ableitbar."
    assert "die Vorlage zum jeweiligen Förderprogramm" in costs.follow_up(made(0, ending(1), WHOLE, **theirs))


def test_the_next_sittings_stand_in_the_head() -> None:
    found = made(
        committees=[b.committee(id=1, name="Ausschuss", rank=1), b.committee(id=2, name="Kreistag", rank=2)],
        committee_dates=[
            b.committee_date(committee_id=1, day="2026-11-26", papers_due="2026-11-20"),
            b.committee_date(committee_id=1, day="2026-12-10", papers_due="2026-12-01"),
        ],
    )
    assert draft(found).head.sittings == (
        "Ausschuss, 10.12.2026, öffentlich, vorberatend",
        "Kreistag, Sitzungstermin noch nicht erfasst, öffentlich, beschließend",
    )


def test_who_prepares_does_so_before_who_decides() -> None:
    """Each committee's own next sitting may come in the wrong order: the Ausschuss takes no papers any more
    for its sitting before the Kreistag's."""
    found = made(
        committees=[b.committee(id=1, name="Ausschuss", rank=1), b.committee(id=2, name="Kreistag", rank=2)],
        committee_dates=[
            b.committee_date(id=1, committee_id=1, day="2026-12-10", papers_due="2026-11-24"),
            b.committee_date(id=2, committee_id=2, day="2026-12-17", papers_due="2026-12-03"),
            b.committee_date(id=3, committee_id=1, day="2027-03-04", papers_due="2027-02-18"),
            b.committee_date(id=4, committee_id=2, day="2027-03-11", papers_due="2027-02-25"),
        ],
    )
    assert draft(found).head.sittings == (
        "Ausschuss, 04.03.2027, öffentlich, vorberatend",
        "Kreistag, 11.03.2027, öffentlich, beschließend",
    )


def test_where_it_is_too_late_to_prepare_the_head_names_who_decides_alone() -> None:
    late = SITTINGS | {
        "committee_dates": [
            b.committee_date(id=1, committee_id=1, day="2026-12-10", papers_due="2026-11-24"),
            b.committee_date(id=2, committee_id=2, day="2026-12-17", papers_due="2026-12-08"),
            b.committee_date(id=3, committee_id=1, day="2027-03-04", papers_due="2027-02-18"),
        ]
    }
    found = draft(about_the_end(late))
    assert found.head.sittings == ("Kreistag, 17.12.2026, öffentlich, beschließend",)
    assert found.parts[0].text.startswith("Der Kreistag beschließt, ")


SITTINGS: b.Tables = {
    "committees": [
        b.committee(id=1, name="Ausschuss", short_name="KSA", rank=1),
        b.committee(id=2, name="Kreistag", short_name="KT", rank=2),
    ],
    "committee_dates": [
        b.committee_date(id=1, committee_id=1, day="2026-12-10", papers_due="2026-12-01"),
        b.committee_date(id=2, committee_id=2, day="2026-12-17", papers_due="2026-12-08"),
    ],
}


def about_the_end(records: b.Tables) -> Facts:
    return made(1, ending(1), subject=PROGRAMME, **records)


def test_the_way_to_the_decision_is_spelled_out_over_recorded_sittings() -> None:
    (part,) = [part for part in draft(about_the_end(SITTINGS)).parts if part.key == "weg"]
    assert part.text.startswith("Über das Ende am 31.12.2026: Entwurf fertig ")
    assert (
        "Vorlagenschluss 01.12.2026, KSA 10.12.2026 (vorberatend), KT 17.12.2026 (beschließend). "
        in part.text
    )
    assert part.text.endswith(".2026.")
    assert "Handeln hilft noch bis " in part.text


def test_without_sittings_the_way_names_no_day_but_what_is_missing() -> None:
    alone = SITTINGS | {"committee_dates": []}
    (part,) = [part for part in draft(about_the_end(alone)).parts if part.key == "weg"]
    assert part.text == (
        "Über das Ende am 31.12.2026: Ein Tag lässt sich noch nicht nennen, "
        "denn die Sitzungstermine für 2026 (KT) sind noch nicht eingelesen."
    )
    # The head says of the same day no other word.
    head = draft(about_the_end(alone)).head.sittings
    assert head[-1] == "Kreistag, Sitzungstermin noch nicht eingelesen, öffentlich, beschließend"


def test_a_paper_that_asks_for_no_decision_about_an_end_has_no_way() -> None:
    assert "weg" not in {part.key for part in draft(made(**SITTINGS)).parts}


def test_without_a_decision_the_last_provider_is_lost() -> None:
    rows = [b.responsibility(structure_id=1)]
    said = rejecting.if_rejected(made(1, ending(1), responsibilities=rows))
    assert (
        "- »Stelle 1« ist nicht mehr gesichert; was dann geschieht, ist offen (nach dem 31.12.2026)" in said
    )
    assert "- »Sprachkurse« verliert nach dem 31.12.2026 den letzten erfassten Anbieter (kreisweit)" in said
    assert rejecting.if_rejected(made(1)).startswith("Aus den Daten ergibt sich kein Ende")


@pytest.mark.parametrize(
    ("sites", "where"),
    [(["Treff"], "am Standort Treff"), (["Treff", "Hof"], "an den Standorten Hof und Treff")],
)
def test_a_site_that_loses_its_provider_is_not_taken_for_the_provider(sites: list[str], where: str) -> None:
    rows = [b.responsibility(id=at, structure_id=1, site=site) for at, site in enumerate(sites, 1)]
    assert f"den letzten erfassten Anbieter ({where})" in rejecting.if_rejected(
        made(1, ending(1), responsibilities=rows)
    )


def test_a_need_by_rule_tells_its_rule_and_what_it_comes_to() -> None:
    rule = {"quantity": 1.0, "unit": "fte", "per": 150.0, "indicator_id": 1}
    found = made(
        needs=[b.need(id=1, name="Beratung", **rule)],
        indicators=[b.indicator(id=1, name="Asylsuchende")],
        observations=[b.observation(ags="09473120", value=360.0)],
    )
    said = "berechnet nach dem Schlüssel 1 VZÄ je 150 Personen, 2,4 VZÄ: 360 Personen"
    assert said in sentences.needs(found)


def test_a_paper_is_for_everyone_and_reads_the_same_with_one_and_with_two_persons() -> None:
    """Also where the quantity that a need asks for follows them: whoever writes it may know more."""

    def written(value: float) -> str:
        found = made(
            target_groups=[b.target_group(id=1, slug="kinder")],
            needs=[b.need(id=1, quantity=1.0, unit=NeedUnit.FTE, per=50.0, indicator_id=1)],
            need_groups=[b.need_group(need_id=1, target_group_id=1)],
            indicators=[b.indicator(id=1, unit="Kinder", target_group_id=1)],
            observations=[b.observation(indicator_id=1, ags="09473120", value=value)],
        )
        return f"{draft(found)} {sentences.gaps(found)}"

    assert written(1.0) == written(2.0)
    assert "höchstens 0,04 VZÄ: unter 3 Kinder" in written(1.0)
    assert "0,06 VZÄ: 3 Kinder" in written(3.0)
