"""A new structure may be a recorded one that somebody calls a little differently."""

import pytest

from steering.analysis.incoming.twins import Twins
from tests import builders

NAMES = [
    "Familienbüro (Fachbereich 22)",
    "Flüchtlings- und Integrationsberatung (früher Asylsozialberatung)",
    "Partnerschaft für Demokratie (Dekanat)",
    "Sprachtreff",
    "Gruppe 1",
]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Familienbüro", [1]),
        ("Familienbuero", [1]),
        ("Flüchtlings- und Integrationsberatung", [2]),
        ("Sprachtreff (Rödental)", [4]),
        ("Partnerschaft für Demokratie (vhs)", []),
        ("Gruppe 2", []),
        ("Gruppe 2 (Rödental)", []),
        ("(Gruppe)", []),
        ("Nähtreff", []),
    ],
)
def test_what_stands_in_brackets_may_be_left_out_or_added(name: str, meant: list[int]) -> None:
    rows = [builders.structure(id=number, name=each) for number, each in enumerate(NAMES, 1)]
    found = Twins(builders.portfolio(structures=rows)).like([name])
    assert [twin.id for twin in found.get(name, ())] == meant
