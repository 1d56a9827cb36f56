"""The Beschlussvorschlag about what ends: the answer to the question of the Lagebild, day by day."""

import pytest

from steering.analysis.document import Note, plain
from steering.analysis.paper import alternatives, costs, deciding, left_out, rejecting
from steering.analysis.paper.draft import draft
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.motion import motion
from steering.analysis.paper.subjects import About, PaperSubject
from steering.model import (
    AmountBasis,
    Extension,
    ExtensionRule,
    FindingKind,
    FundingPart,
    Level,
    OnLoss,
    Payer,
    Provenance,
)
from steering.model.finding_keys import FindingKey
from tests import builders as b

PROGRAMME = PaperSubject(About.PROGRAMME, "7")
YEARLY = {"amount_cents": 1_300_000, "amount_basis": AmountBasis.PER_YEAR}
TODAY = "2026-11-25"


def own(key: int, carrying: int, **more):
    return b.funding(
        id=200 + key, structure_id=key, accompanies_id=carrying, part=FundingPart.CO_FINANCING,
        payer=Payer.OWN, **{"start": "2024-01-01", "end": "2026-12-31", **YEARLY, **more},
    )  # fmt: skip


def grant(key: int, end: str, **more):
    return b.funding(
        id=100 + key, structure_id=key, programme_id=7, start="2024-01-01", end=end,
        extension=Extension.NOT_YET_POSSIBLE, **more,
    )  # fmt: skip


GRANT = {"amount_cents": 9_000_000, "amount_basis": AmountBasis.PER_YEAR}


def paper(
    fundings,
    *,
    rule: ExtensionRule = ExtensionRule.SECURED,
    subject: PaperSubject = PROGRAMME,
    lotsen: b.Values | None = None,
    beratung: b.Values | None = None,
    **more,
) -> Facts:
    """Lotsen and a Büro of the Landkreis, a Beratung of the Caritas; the programme pays what is asked for."""
    data = b.portfolio(
        organisations=[
            b.organisation(id=1, name="Landkreis", level=Level.COUNTY),
            b.organisation(id=2, name="Caritas", level=Level.WELFARE),
            b.organisation(id=3, name="FB 21", level=Level.COUNTY),
            b.organisation(id=4, name="FB 22", level=Level.COUNTY),
        ],
        programmes=[b.programme(id=7, name="Richtlinie")],
        structures=[
            b.structure(id=1, name="Lotsen", organisation_id=1, department_id=4, fte=1.5, **(lotsen or {})),
            b.structure(id=2, name="Beratung", organisation_id=2, department_id=3, **(beratung or {})),
            b.structure(id=3, name="Büro", organisation_id=1, fte=1.0),
        ],
        fundings=fundings,
        **more,
    )
    return facts(data, b.view(TODAY, last="2035-12-31", rule=rule), subject)


def test_the_motion_answers_the_question_of_the_lagebild_for_each_day_with_its_own_money() -> None:
    found = paper(
        [grant(1, "2027-03-31", **GRANT), own(1, 101), grant(3, "2026-12-31", **GRANT), own(3, 103)]
    )
    assert motion(found).does == (
        "beschließt, die Stelle »Büro« (1 VZÄ) nach dem 31.12.2026 aus eigenen Mitteln weiterzuführen, bis "
        "über eine Nachfolge der Richtlinie entschieden ist, und dafür Eigenmittel von je 103.000 € in den "
        "Haushaltsjahren 2027 bis 2029 (Haushaltsstelle noch zu benennen, Stellenplan 1 VZÄ) "
        "bereitzustellen; mit einer Anschlussförderung wie bisher sind es je 13.000 € in den "
        "Haushaltsjahren 2027 bis 2029; die Stelle »Lotsen« (1,5 VZÄ) nach dem 31.03.2027 aus eigenen "
        "Mitteln weiterzuführen, bis über eine Nachfolge der Richtlinie entschieden ist, und dafür "
        "Eigenmittel von 80.808 € im Haushaltsjahr 2027 und von je 103.000 € in den Haushaltsjahren 2028 bis "
        "2029 (Haushaltsstelle noch zu benennen, Stellenplan 1,5 VZÄ) bereitzustellen; ohne Beschluss sind "
        "es 3.205 € im Haushaltsjahr 2027; mit einer Anschlussförderung wie bisher sind es je 13.000 € in "
        "den Haushaltsjahren 2027 bis 2029"
    )
    (table,) = deciding.table(found)
    assert tuple(map(plain, table.rows[1])) == ("2027", "»Lotsen«", "3.205 €", "80.808 €", "77.603 €")
    assert "- 2027: Eigenanteil 3.205 €" in costs.finance(found)


def test_where_going_on_costs_nothing_within_the_horizon_no_grant_makes_it_less() -> None:
    found = paper([grant(1, "2035-12-31", **GRANT)])
    said = motion(found).does
    assert "ohne zusätzliche Eigenmittel" in said
    assert "entfallen sie" not in said


@pytest.mark.parametrize(("size", "without"), [(0.5, "34.333 €"), (1.5, "103.000 €"), (2.0, "137.333 €")])
def test_what_goes_on_uncovered_without_a_vote_is_asked_for_and_nothing_negative(size, without) -> None:
    """Nobody has decided on a Haushaltsrisiko; so the motion has the sum of the Lagebild."""
    found = paper(
        [grant(1, "2026-12-31", **GRANT), own(1, 101)],
        lotsen={"on_loss": OnLoss.CONTINUES, "fte_after": size},
    )
    years = "in den Haushaltsjahren 2027 bis 2029"
    said = motion(found).does
    assert f"dafür Eigenmittel von je 103.000 € {years} (" in said
    assert (
        f"bereitzustellen; ohne Beschluss sind es je {without} {years}; mit einer Anschlussförderung wie "
        f"bisher sind es je 13.000 € {years}"
    ) in said
    assert (
        f"- 2027 bis 2029: je Jahr 103.000 €; ohne Beschluss {without}; mit einer Anschlussförderung wie "
        "bisher 13.000 €"
    ) in costs.finance(found)
    assert f"erfordert Eigenmittel von je 103.000 € {years}" in costs.follow_up(found)
    assert " -" not in said + costs.finance(found).replace("\n- ", "") + costs.follow_up(found)


def test_the_share_of_what_goes_on_uncovered_without_a_vote_is_told_whole() -> None:
    found = paper(
        [grant(2, "2026-12-31", **GRANT), own(2, 102)],
        beratung={"fte": 1.0, "on_loss": OnLoss.CONTINUES, "fte_after": 0.5},
    )
    assert (
        "und dafür Eigenmittel von je 13.000 € in den Haushaltsjahren 2027 bis 2029 (Haushaltsstelle noch zu "
        "benennen) bereitzustellen; ohne Beschluss sind es je 51.500 € in den Haushaltsjahren 2027 bis 2029"
    ) in motion(found).does


@pytest.mark.parametrize("rule", list(ExtensionRule))
def test_what_is_asked_for_does_not_depend_on_what_the_paper_hopes_for(rule: ExtensionRule) -> None:
    found = paper([grant(1, "2026-12-31", **GRANT), own(1, 101)], rule=rule)
    assert "von je 103.000 € in den Haushaltsjahren 2027 bis 2029" in motion(found).does


@pytest.mark.parametrize(
    ("rule", "head"),
    [
        (
            ExtensionRule.SECURED,
            "Ohne den Beschluss entfallen auf den Landkreis nach den vorliegenden Daten:",
        ),
        (
            ExtensionRule.OPTIMISTIC,
            "Läuft die Förderung weiter, wie hier angenommen (Szenario optimistisch, ohne Masterplan), "
            "entfallen auf den Landkreis nach den vorliegenden Daten:",
        ),
    ],
)
def test_what_is_paid_without_the_decision_is_one_sum_in_table_and_sentence(rule, head) -> None:
    found = paper([grant(1, "2026-12-31", **GRANT), own(1, 101)], rule=rule)
    (table,) = deciding.table(found)
    assert plain(table.rows[0][2]) == "0 €"
    assert head in costs.finance(found)


@pytest.mark.parametrize("rule", list(ExtensionRule))
def test_a_paper_is_written_where_its_scenario_sees_nothing_end(rule: ExtensionRule) -> None:
    found = paper([grant(1, "2026-12-31", **GRANT), own(1, 101)], rule=rule)
    assert "- »Lotsen« " in rejecting.if_rejected(found)


def test_what_somebody_else_has_is_news_or_the_share_of_the_landkreis() -> None:
    fundings = [grant(1, "2026-12-31"), own(1, 101), grant(2, "2027-06-30")]
    assert motion(paper(fundings)).to_do.endswith(
        "; und zur Kenntnis zu nehmen, dass die tragende Förderung von »Beratung« (Caritas) am 30.06.2027 "
        "endet"
    )
    assert motion(paper(fundings[2:])).does == (
        "nimmt zur Kenntnis, dass die tragende Förderung von »Beratung« (Caritas) am 30.06.2027 endet"
    )
    assert motion(paper([grant(2, "2026-12-31"), own(2, 102)])).does == (
        "beschließt, den Anteil des Landkreises an »Beratung« (Caritas, 13.000 € im Jahr) nach dem "
        "31.12.2026 weiter zu leisten, soweit die bisherige Förderung fortgesetzt wird, und dafür "
        "Eigenmittel von je 13.000 € in den Haushaltsjahren 2027 bis 2029 (Haushaltsstelle noch zu "
        "benennen) bereitzustellen"
    )


def test_a_finding_that_something_ends_has_the_question_and_its_answers_too() -> None:
    fundings = [grant(1, "2026-12-31", **GRANT), own(1, 101)]
    ending = FindingKey(FindingKind.ENDING, participants=(1,))
    found = paper(fundings, subject=PaperSubject(About.FINDING, str(ending)))
    assert motion(found) == motion(paper(fundings))
    assert alternatives.blocks(found) == alternatives.blocks(paper(fundings)) != ()


def test_who_prepares_it_is_told_as_on_the_lagebild() -> None:
    """A unit that only others' endings concern does not prepare the paper, however many there are."""
    fundings = [grant(1, "2026-12-31"), own(1, 101), grant(2, "2026-12-31")]
    (asked,) = paper(fundings).questions.asked
    assert [one.name for one in asked.question.endings] == ["Lotsen"]
    assert draft(paper(fundings)).head.department == "FB 22"


def test_a_rate_that_is_an_example_is_told_as_left_out_where_the_figure_is_missing() -> None:
    made_up = b.personnel_cost(name="Stelle", provenance=Provenance.EXAMPLE)
    found = paper([grant(1, "2026-12-31")], personnel_costs=[made_up])
    parts = {part.key: part.after for part in draft(found).parts}
    for key in ("finanzen", "folgekosten", "alternativen"):
        said = [block.text for block in parts[key] if isinstance(block, Note)]
        assert any("1 Personalkostensatz (»Stelle«)" in str(text) for text in said), key
    assert "in noch zu beziffernder Höhe" in motion(found).does
    own_rate = paper(
        [grant(1, "2026-12-31")], personnel_costs=[made_up, b.personnel_cost(rate_cents=8_000_000)]
    )
    assert "von je rund 120.000 € (geschätzt)" in motion(own_rate).does
    assert not left_out.rates(own_rate.questions)


def test_two_fundings_that_end_together_are_one_structure() -> None:
    fundings = [grant(1, "2026-12-31"), grant(1, "2026-12-31") | {"id": 111}, own(1, 101)]
    assert motion(paper(fundings)).does.count("»Lotsen«") == 1


def test_co_financing_that_is_counted_beyond_its_own_end_is_explained_at_the_figure() -> None:
    said = costs.finance(paper([grant(1, "2027-03-31"), own(1, 101)]))
    where = said.index("- 2027: Eigenanteil 3.205 €")
    assert (
        said.index(
            "Die Kofinanzierung von »Lotsen« ist bis 31.12.2026 erfasst; sie begleitet eine andere Förderung "
            "und ist so lange eingerechnet wie diese: bis 31.03.2027."
        )
        > where
    )
    assert "begleitet" not in costs.finance(paper([grant(1, "2027-03-31"), own(1, 101, end="2027-03-31")]))
