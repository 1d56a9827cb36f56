"""The Koordinierungsrunde: what a round says, what it is proposed to talk about, what has changed since."""

from steering.analysis.rounds.kept import as_kept
from steering.analysis.rounds.record import Action, Addition, Guest, Last, Point, Round, read, round_of

__all__ = ["Action", "Addition", "Guest", "Last", "Point", "Round", "as_kept", "read", "round_of"]
