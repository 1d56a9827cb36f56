"""A write says from which texts characters that nobody sees were taken out."""

from steering.model import Organisation
from steering.storage.writing import Edit, write
from tests.planted import WHO
from tests.stored import row_of


def test_a_receipt_names_the_fields_that_were_cleaned(engine):
    values = {"name": "Cari\u202etas\u200b", "short_name": "Caritas", "level": "welfare"}
    receipt = write(engine, [Edit(Organisation, values)], **WHO)
    assert receipt.cleaned == ("name",)
    assert row_of(engine, Organisation, receipt.ids[0])["name"] == "Caritas"


def test_a_receipt_of_plain_texts_names_none(engine):
    values = {"name": "Diakonie", "level": "welfare"}
    assert write(engine, [Edit(Organisation, values)], **WHO).cleaned == ()
