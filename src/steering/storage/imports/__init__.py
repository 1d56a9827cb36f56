"""Taking in what a file proposes, as one batch that can be taken out again."""
