"""What the data show: who is twice in charge, what is missing, what runs out, what is not known.

`findings` gives all of it. `standing` does not depend on `view.as_of`, `ending` does, so that they can be
kept apart.
"""

from steering.analysis.findings.gaps import not_surveyed
from steering.analysis.findings.standing import standing

__all__ = ["not_surveyed", "standing"]
