"""The Masterplan: measures and what they bring about, period by period, and what they cost."""
