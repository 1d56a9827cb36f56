"""The one stylesheet: what no theme setting reaches. Top space, the answer's size, sticky heads, print."""

import streamlit as st

_CSS = """
.stMainBlockContainer {padding: 4rem 2.5rem 2rem; max-width: 1600px;}
@media (max-width: 1400px) {.stMainBlockContainer {padding-left: 1.5rem; padding-right: 1.5rem;}}
.stMainBlockContainer h1 {padding: 0 0 0.25rem;}
[data-testid="stSidebarHeader"] {height: 2.75rem; padding-top: 0; margin-bottom: 0;}
[data-testid="stSidebarUserContent"] {padding-top: 0; padding-bottom: 1.5rem;}
.st-key-answer p {font-size: 1.25rem; line-height: 1.5; max-width: 75ch;}
/* The chart paints the page's colour itself; the margin takes the place of the gap below it. */
[data-testid="stLayoutWrapper"]:is(:has(> .st-key-timeline-head), :has(> .st-key-matrix-head)) {
  position: sticky; top: 3.75rem; z-index: 5; margin-bottom: -1rem;
}
[class*="st-key-download"] button {min-height: 1.75rem; padding: 0 0.5rem; font-size: 0.8rem;}
/* Streamlit's own tool bars speak English; search and downloads stand beside every table and chart. */
[data-testid="stElementToolbar"] {display: none;}
/* The file field speaks English and names a limit that is not ours: its hint goes, its button gets German
   words; the small buttons at a chosen file are signs without any. */
[data-testid="stFileUploaderDropzoneInstructions"] {display: none;}
[data-testid="stFileUploaderDropzone"] button[kind="secondary"],
[data-testid="stFileUploaderDropzone"] button[kind="secondary"] p {font-size: 0;}
[data-testid="stFileUploaderDropzone"] button[kind="secondary"]::after {
  content: "Datei wählen oder hierher ziehen"; font-size: 0.9rem;
}
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [class*="st-key-download"] {display: none;}
  .stMainBlockContainer {padding-top: 0; max-width: none;}
}
"""


def apply() -> None:
    """Put the stylesheet on the page."""
    st.html(f"<style>{_CSS}</style>")
