"""What a paper can be about: each subject can be told from every other."""

from steering.analysis.paper.subjects import subjects
from tests import builders


def test_findings_of_one_kind_about_one_task_are_told_apart_by_who_and_measures_by_their_number():
    keys = range(1, 5)
    known = builders.portfolio(
        settings={"district_key": "09473", "district_name": "Landkreis Coburg"},
        municipalities=[builders.municipality(ags=ags, name=ags) for ags in ("09473112", "09473144")],
        areas=[builders.area(id=1, kind="municipality"), builders.area(id=2, kind="municipality")],
        area_municipalities=[
            builders.area_municipality(area_id=1, ags="09473112"),
            builders.area_municipality(area_id=2, ags="09473144"),
        ],
        fields=[builders.task_field()],
        tasks=[builders.task(id=1, name="Sprachkurse")],
        target_groups=[builders.target_group(everyone=True)],
        organisations=[builders.organisation(id=key, name=f"Träger {key}") for key in keys],
        structures=[
            builders.structure(id=key, name=f"Kurs {key}", organisation_id=key, end_kind="open")
            for key in keys
        ],
        responsibilities=[
            builders.responsibility(id=key, structure_id=key, task_id=1, area_id=(key + 1) // 2, role="lead")
            for key in keys
        ],
        responsibility_groups=[builders.responsibility_group(responsibility_id=key) for key in keys],
        measures=[builders.measure(id=key, name="Kurse ordnen") for key in (1, 2)],
    )
    words = list(subjects(known, builders.view("2026-11-29")).values())
    assert len(set(words)) == len(words)
    overlaps = [each for each in words if "Mehrfachzuständigkeit" in each]
    assert overlaps == [
        "Hinweis: Mehrfachzuständigkeit: Sprachkurse · Kurs 1 und Kurs 2",
        "Hinweis: Mehrfachzuständigkeit: Sprachkurse · Kurs 3 und Kurs 4",
    ]
    assert [each for each in words if "Kurse ordnen" in each] == [
        "Maßnahme: Kurse ordnen · Nr. 1", "Maßnahme: Kurse ordnen · Nr. 2",
    ]  # fmt: skip
