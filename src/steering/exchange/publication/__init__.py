"""The public directory as files: a static site (`site`), open data beside it (`open_data`), and Integreat.

Everything here is made of `analysis.publication` values, which hold nothing but what is public; `whole` is all
of it, `folder` writes it.
"""
