"""Bedarfe: what is needed, now and later, and what reaches it."""
