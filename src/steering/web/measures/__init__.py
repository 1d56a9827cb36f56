"""A measure as it is captured: its steps, costs and effects."""
