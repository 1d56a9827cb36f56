"""Of which tasks a need is recorded here."""

import pandas as pd

from steering.analysis.needs import open_tasks

AHORN, NEUSTADT = "09473112", "09473151"


def test_a_need_elsewhere_is_none_here():
    needs = pd.DataFrame({"task_id": [1, 2], "area_id": [10, 20]})
    members = pd.DataFrame({"area_id": [10, 20, 20], "ags": [AHORN, AHORN, NEUSTADT]})
    assert open_tasks.with_needs(needs, members, [NEUSTADT]) == {2}
    assert open_tasks.with_needs(needs, members, [AHORN, NEUSTADT]) == {1, 2}
