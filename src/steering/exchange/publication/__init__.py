"""The public directory as files: a static site that needs no server and asks no other host.

`site` makes the files, `folder` puts them where people find them. Which pages there are stands in `pages`;
what they look like, in `templates` and `assets`.
"""
