"""Refused rows go back as they came, with the reason beside them."""

from steering.analysis.incoming import IncomingRow, JudgedRow, Place, Proposal, Refusal, RowOutcome
from steering.analysis.incoming.lists.columns import REASON
from steering.exchange.import_reports import refused_rows


def refused(number, cells, *reasons):
    place = Place("liste.csv", "", number)
    refusals = tuple(Refusal(place, column, cells.get(column, ""), reason) for column, reason in reasons)
    return JudgedRow(IncomingRow(place, "", cells=cells), RowOutcome.REFUSED, refusals=refusals)


def test_refused_rows_keep_their_cells_and_get_all_reasons():
    rows = (
        refused(3, {"Name": "A", "VZÄ": "x"}, ("VZÄ", "Keine Zahl."), ("", "Zu kurz.")),
        JudgedRow(IncomingRow(Place("liste.csv", "", 4), "", cells={"Name": "B"}), RowOutcome.NEW),
        refused(5, {"Name": "C", "Ort": "Y", REASON: "alt"}, ("Ort", "Unbekannt.")),
    )
    (frame,) = refused_rows(Proposal("d", 1, rows)).values()
    assert frame.to_dict("records") == [
        {"Name": "A", "VZÄ": "x", "Ort": "", REASON: "VZÄ: Keine Zahl. Zu kurz."},
        {"Name": "C", "VZÄ": "", "Ort": "Y", REASON: "Ort: Unbekannt."},
    ]
