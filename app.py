"""Composition root: page configuration, navigation and the frame around every page – nothing else."""

import streamlit as st

from steering.web import server, shell

PAGES = {
    "Bestand": {
        "pages/overview.py": ("Lagebild", ""),
        "pages/map.py": ("Karte", "karte"),
        "pages/timeline.py": ("Zeitachse", "zeitachse"),
        "pages/structures.py": ("Strukturen", "strukturen"),
    },
    "Steuerung": {
        "pages/responsibilities.py": ("Zuständigkeiten", "zustaendigkeiten"),
        "pages/needs.py": ("Bedarfe", "bedarfe"),
        "pages/gaps.py": ("Lücken", "luecken"),
        "pages/masterplan.py": ("Masterplan", "masterplan"),
    },
    "Zusammenarbeit": {
        "pages/meeting.py": ("Koordinierungsrunde", "koordinierungsrunde"),
    },
    "Verwaltung": {
        "pages/data.py": ("Daten", "daten"),
    },
}


def main() -> None:
    """Draw the frame, then the page that the address names."""
    st.set_page_config(
        page_title="Integrationssteuerung",
        page_icon="🧭",
        layout="wide",
        initial_sidebar_state=320,
        menu_items={},
    )
    pages = {
        group: [
            st.Page(file, title=title, url_path=path or None, default=not path)
            for file, (title, path) in members.items()
        ]
        for group, members in PAGES.items()
    }
    page = st.navigation(pages, position="top")
    shell.open_page(page.title, offers_what_if=page in pages["Steuerung"])
    page.run()
    shell.close_page()


if __name__ == "__main__":  # Streamlit runs this file as a script, once per rerun.
    main()
else:  # The server imports it once.
    app = st.App(
        __file__,
        middleware=server.middleware(path for members in PAGES.values() for _, path in members.values()),
        lifespan=server.lifespan,
        on_script_error=server.on_script_error,
        exception_handlers={Exception: server.on_server_error},
    )
