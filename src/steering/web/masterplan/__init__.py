"""Masterplan: which measures close what, in which period, and what it costs."""
