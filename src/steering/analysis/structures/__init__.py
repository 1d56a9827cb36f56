"""Each structure with what is written about it elsewhere, on a day, and by when to act for it."""
