"""What a committee is called at the head of a sentence."""

import pytest

from steering.analysis.paper import committees


@pytest.mark.parametrize(
    ("name", "decides", "to_whom"),
    [
        ("Kreistag", "Der Kreistag", "Dem Kreistag"),
        ("Kreis- und Strategieausschuss", "Der Kreis- und Strategieausschuss",
         "Dem Kreis- und Strategieausschuss"),
        ("Ausschuss für Soziales, Familie und Jugend", "Der Ausschuss für Soziales, Familie und Jugend",
         "Dem Ausschuss für Soziales, Familie und Jugend"),
        ("Integrationsbeirat", "Der Integrationsbeirat", "Dem Integrationsbeirat"),
        ("Stadtrat", "Der Stadtrat", "Dem Stadtrat"),
        ("Kommission Migration", "Die Kommission Migration", "Der Kommission Migration"),
        ("Verbandsversammlung", "Die Verbandsversammlung", "Der Verbandsversammlung"),
        ("Koordinierungsrunde", "Die Koordinierungsrunde", "Der Koordinierungsrunde"),
        ("Lenkungsgremium", "Das Lenkungsgremium", "Dem Lenkungsgremium"),
        ("Forum Integration", "Das Forum Integration", "Dem Forum Integration"),
        # Nobody can tell "Coburger" (fixed) from "Ständiger" (to be declined) by its form.
        ("Ständiger Ausschuss", "Das Gremium »Ständiger Ausschuss«", "Dem Gremium »Ständiger Ausschuss«"),
        ("Runder Tisch", "Das Gremium »Runder Tisch«", "Dem Gremium »Runder Tisch«"),
        ("KSA", "Das Gremium »KSA«", "Dem Gremium »KSA«"),
    ],
)  # fmt: skip
def test_a_committee_has_its_gender_or_is_told_of_neutrally(name: str, decides: str, to_whom: str) -> None:
    assert committees.subject(name) == decides
    assert committees.to_whom(name) == to_whom
