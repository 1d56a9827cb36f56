"""Pure rules across records: a Portfolio and a View in, a frame out.

Touches no file, clock, database or screen.
"""

import pandas as pd

# Rules read texts one by one far more often than whole columns: as Python's own they come at a fifth of the
# cost of those that Arrow hands out.
pd.options.mode.string_storage = "python"
