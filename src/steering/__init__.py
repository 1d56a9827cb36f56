"""The dashboard with which a German Landkreis steers its integration work."""

import gc

# Libraries, classes and tables are some hundred thousand things that stay. Python would walk them for garbage
# after every 700 new ones: a sixth of each start and of each command. What nothing refers to any more goes at
# once as before; only what refers to itself waits a little longer.
gc.set_threshold(20_000, 10, 10)
