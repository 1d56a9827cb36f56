"""Lists of potentials, as somebody keeps them in a table."""
