"""Asking others in writing: what every round sends out, and by what a file that comes back is known."""
