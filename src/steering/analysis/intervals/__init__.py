"""Days, intervals of days and sizes as whole numbers, for whole columns at once."""
