"""Why tasks open, in the same words wherever it is said."""

from __future__ import annotations

from steering.analysis.needs.open_tasks import NEED_BEGINS, Opening
from steering.model.german import listing
from steering.web.text import bold


def because(found: Opening) -> str:
    """One reason for all, or how many for which; "" where none is known."""
    known = [(reason, tasks) for reason, tasks in found.reasons if reason]
    if not known:
        return ""
    if len(found.reasons) == 1:
        reason = _reason(known[0][0])
        return f", weil {reason}" if len(found.tasks) == 1 else f", alle aus demselben Grund: {reason}"
    shares = [f"{_number_word(tasks)}, weil {_reason(reason)}" for reason, tasks in known]
    return f": {listing(shares[:-1])}, und {shares[-1]}" if len(shares) > 1 else f": {shares[0]}"


def _reason(reason: str) -> str:
    return reason if reason == NEED_BEGINS else bold(reason)


def _number_word(tasks: int) -> str:
    return "eine" if tasks == 1 else str(tasks)
