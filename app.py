"""Composition root: page configuration, navigation and the frame around every page – nothing else."""

from functools import partial

import streamlit as st

from steering.web import pages
from steering.web.browser import calendar_feed, server, working_ahead
from steering.web.feeds import first_look, saved_view_feed
from steering.web.frame import shell


def main() -> None:
    """Draw the frame, then the page that the address names."""
    st.set_page_config(
        page_title="Integrationssteuerung",
        page_icon="🧭",
        layout="wide",
        initial_sidebar_state=272,
        menu_items={},
    )
    # One line of all pages: a group's menu would hide which of them is open.
    entries = [
        st.Page(page.file, title=page.title, url_path=page.path or None, default=not page.path)
        for page in pages.ALL
    ]
    chosen = st.navigation(entries, position="top" if shell.lets_in() else "hidden")
    shell.open_page(chosen.title, offers_what_if=chosen.title in {page.title for page in pages.ASSUMING})
    chosen.run()
    shell.close_page()


if __name__ == "__main__":  # Streamlit runs this file as a script, once per rerun.
    with working_ahead.somebody_waits():
        main()
else:  # The server imports it once.
    app = st.App(
        __file__,
        routes=[calendar_feed.ROUTE, saved_view_feed.ROUTE],
        middleware=server.middleware(page.path for page in pages.ALL),
        lifespan=partial(server.lifespan, first_look.pieces),
        on_script_error=server.on_script_error,
        exception_handlers={Exception: server.on_server_error},
    )
