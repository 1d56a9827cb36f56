"""Work on what comes from outside, done in a process of its own with limits of time and memory.

    picture = confined.DRAWING.run(draw, spec)

runs `draw(spec)` in a child that lives on for the next call. Whatever happens to the child, the one who asked
gets an answer: the result, one of the `refusals` that were agreed on, or `Stopped` with the reason. The
function is named by its module; what it takes may be any values of ours, what it gives back is limited to
plain values and those of this program (see `wire`).
"""

from steering.confined.pool import DRAWING, READING, Pool
from steering.confined.worker import Limits, Reason, Stopped

__all__ = ["DRAWING", "READING", "Limits", "Pool", "Reason", "Stopped"]
