"""The public directory as files: a static site that needs no server and asks no other host."""
