"""Pure rules across records: a Portfolio and a View in, a frame out.

Touches no file, clock, database or screen.
"""

import pandas as pd

# Rules read texts one by one far more often than whole columns: Arrow hands out each at three to four times
# the cost of Python's own.
pd.options.mode.string_storage = "python"
