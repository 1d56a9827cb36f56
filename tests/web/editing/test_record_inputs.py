"""What a form of the sidebar says in its inputs can be read there."""

from steering.charts import typeface
from steering.web.editing import record_inputs

# Pixels inside an input of a form of the sidebar, and the size of its letters.
ROOM, SIZE = 195, 14


def test_what_stands_in_an_empty_input_is_not_cut() -> None:
    forms = (
        record_inputs.structure(), record_inputs.funding(1), record_inputs.responsibility(),
        record_inputs.new_structure(carrier_is_new=True, money_is_other=True),
    )  # fmt: skip
    told = {each.placeholder for form in forms for each in form if each.placeholder}
    assert told
    assert {each for each in told if typeface.width(each, SIZE) > ROOM} == set()
