"""Lücken: which needed task has nobody, when, where and why."""
