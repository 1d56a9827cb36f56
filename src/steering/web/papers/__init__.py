"""Papers and dates that pages hand out: for Word, as PDF, for the calendar."""
