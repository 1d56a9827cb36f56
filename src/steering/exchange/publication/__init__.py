"""The public directory as files that everyone may read: a site without a server, and open data beside it."""
