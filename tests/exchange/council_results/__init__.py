"""Results of committees out of OParl."""
