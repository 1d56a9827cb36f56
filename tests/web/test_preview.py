"""What an import would do, in a table with a box for each row."""

from steering.charts import typeface
from steering.web.data import doubles


def test_the_head_over_the_boxes_is_not_cut():
    width = doubles.TAKEN["width"]
    assert isinstance(width, int)
    assert typeface.width(doubles.TAKE, 14) + 32 <= width
