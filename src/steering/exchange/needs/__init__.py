"""A list of needs that somebody else wrote: task, area, for whom, how much, from when to when."""
