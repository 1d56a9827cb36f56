"""The public directory as files: a static site (`site`), open data beside it (`open_data`), and Integreat.

All of it is made of `analysis.publication` values, which hold nothing but what is public; `whole` puts it
together, `folder` writes it.
"""
