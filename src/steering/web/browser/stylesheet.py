"""The one stylesheet: what no theme setting reaches. Top space, the answer's size, sticky heads, print,
and the presentation."""

import re
from itertools import pairwise

import streamlit as st

from steering.web.browser import html

# What does not fit says so: Streamlit shows its bars to the pointer alone.
_BAR = (
    "scrollbar-width: auto; scrollbar-color: color-mix(in srgb, currentColor 45%, transparent) transparent;"
)
# What may be scrolled may also be squeezed, unless it is told not to.
_SCROLLED = f"overflow: auto hidden; flex-shrink: 0; {_BAR}"

# How much larger than on a desk a chart is drawn before a room, as far as it fits.
_SIZES = (2, 1.75, 1.5, 1.25, 1)

_CSS = """
:root {--accent: #0b4f8a; --line: #d5dbe3; --page: #ffffff;}
.stMainBlockContainer {padding: 3.25rem 2.5rem 2rem; max-width: 1600px;}
[data-testid="stHeader"] {height: 3rem; min-height: 3rem;}
[data-testid="stTopNavLink"] {padding-left: 0.5rem; padding-right: 0.5rem; white-space: nowrap;}
[data-testid="stTopNavLink"]:focus-visible {outline: 2px solid var(--accent); outline-offset: -2px;}
@media (max-width: 1400px) {.stMainBlockContainer {padding-left: 1.5rem; padding-right: 1.5rem;}}
/* Twelve pages in one line on the screen of an office PC, the open one in bold. */
@media (max-width: 1400px) {[data-testid="stTopNavLink"] {padding-left: 0.35rem; padding-right: 0.35rem;}}
.stMainBlockContainer h1 {padding: 0 0 0.25rem;}
[data-testid="stSidebarHeader"] {height: 2.75rem; padding-top: 0; margin-bottom: 0;}
/* Streamlit's own margins are wider than its measure of the scroll bar lets them be: the content was cut. */
[data-testid="stSidebar"] [data-testid="stSidebarContent"] {padding: 0 0.25rem;}
[data-testid="stSidebarUserContent"] {padding: 0 0 1.5rem;}
[data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"] {gap: 0.75rem;}
[data-testid="stSidebarUserContent"] [data-testid="stExpanderDetails"] {padding: 0.6rem;}
[data-testid="stSidebarUserContent"] [data-testid="stBaseButton-secondary"] {padding: 0.25rem 0.4rem;}
/* Streamlit measures the size of a "?" once, and would leave it as large as a presentation has it. */
[data-testid="stTooltipIcon"] svg {width: 1rem; height: 1rem;}
/* The name of the program and of the Landkreis stand beside the button that closes the sidebar. */
[data-testid="stLayoutWrapper"]:has(> .st-key-brand) {margin-top: -2.25rem; padding-right: 1.5rem;}
.st-key-brand p {line-height: 1.25;}
/* How many examples are in view stands in the line of the title. */
@media (min-width: 1000px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-examples) {
    width: fit-content; align-self: flex-end; margin-bottom: -3.5rem; z-index: 1;
  }
}
.st-key-rows-here {scroll-margin-top: 4rem; outline: none;}
[data-testid="stLayoutWrapper"]:has(> .st-key-rows-mark) {display: none;}
@media screen {[data-testid="stElementContainer"]:has(.on-paper, .printed-table) {display: none;}}
.st-key-answer p {font-size: 1.25rem; line-height: 1.5; max-width: 75ch;}
/* In less room what stands beside a map goes below it, and in still less the map is drawn smaller. */
[data-testid="stColumn"]:has([class*="st-key-map-place"]) {min-width: min(100%, 576px * var(--large, 1));}
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-map-place"]) {
  container-type: inline-size; font-size: calc(16px * var(--large, 1));
}
[class*="st-key-map-place"] {--fitted: var(--large, 1);}
@container (width < 36em) {[class*="st-key-map-place"] {--fitted: calc(var(--large, 1) * 0.72);}}
@container (width < 26em) {[class*="st-key-map-place"] {--fitted: calc(var(--large, 1) * 0.5);}}
:is([data-testid="stDeckGlJsonChart"], [class*="st-key-map-still"]) {zoom: var(--fitted, var(--large, 1));}
/* Until the map is drawn a picture of it stands in its place, and a moment longer: the canvas comes first. */
[class*="st-key-map-place"] {position: relative;}
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-map-still"]) {
  position: absolute; inset: 0 0 auto; height: 470px; z-index: 1; overflow: hidden; pointer-events: none;
}
[class*="st-key-map-still"] {align-items: center;}
[class*="st-key-map-still"] :is(div, img) {max-width: none !important; flex-shrink: 0;}
[class*="st-key-map-place"]:has(canvas) [class*="st-key-map-still"] {
  animation: map-stands 0s 1.5s forwards;
}
@keyframes map-stands {to {visibility: hidden;}}
/* The words about a place stand beside the pointer, and where the map ends they reach beyond it. */
[data-testid="stDeckGlJsonChart"] :has(.deck-tooltip) {overflow: visible !important;}
.deck-tooltip {translate: 0.75rem -50%;}
/* The chart paints the page's colour itself; the margin takes the place of the gap below it. */
[data-testid="stLayoutWrapper"]:is(:has(> .st-key-timeline-head), :has(> .st-key-matrix-head)) {
  position: sticky; top: 3rem; z-index: 5; margin-bottom: -1rem;
}
[class*="st-key-download"] button {min-height: 1.75rem; padding: 0 0.5rem; font-size: 0.8rem;}
/* The Verlauf is read line by line; the ways back stand beside the lines, and no higher. */
[class*="st-key-entry-"] :is(p, button p) {font-size: 0.9rem;}
[class*="st-key-entry-"] button {min-height: 1.4rem; padding: 0 0.25rem;}
[class*="st-key-entry-"] button p {font-size: 0.8rem;}
/* Meine Aufgaben and Ansichten: one line for each, no higher than its words. */
[class*="st-key-due-"] button, [class*="st-key-open-view"] button {min-height: 1.5rem; padding: 0 0.25rem;}
/* Whether what stands in a field is stored: `typing.js` writes it. The line is there before its words are. */
.typing-state {min-height: 1.1rem; font-size: 0.8rem; line-height: 1.1rem; opacity: 0.85;}
.typing-state:is([data-word="away"], [data-word="fleeting"], [data-word="held"]) {font-weight: 600;}
.typing-state:is([data-word="away"], [data-word="fleeting"], [data-word="held"], [data-word="asked"]) {
  opacity: 1;
}
.typing-state blockquote {
  margin: 0.25rem 0; padding-left: 0.5rem; border-left: 3px solid; white-space: pre-wrap;
}
.typing-state button {
  margin: 0 0.5rem 0.25rem 0; padding: 0.1rem 0.5rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid; border-radius: 0.25rem; cursor: pointer;
}
.st-key-typing-again {display: none;}
/* "Press Enter to apply": English, and what is typed is taken without it. */
[data-testid="InputInstructions"] {display: none;}
/* Streamlit's own tool bars speak English; search and downloads stand beside every table and chart. */
[data-testid="stElementToolbar"] {display: none;}
/* Streamlit breaks the words of a table at 25rem, however much room there is. */
[data-testid="stTable"] td > div {max-width: 44rem !important;}
/* The file field speaks English and names a limit that is not ours: its hint goes, its button gets German
   words; the small buttons at a chosen file are signs without any. */
[data-testid="stFileUploaderDropzoneInstructions"] {display: none;}
[data-testid="stFileUploaderDropzone"] button[kind="secondary"],
[data-testid="stFileUploaderDropzone"] button[kind="secondary"] p {font-size: 0;}
[data-testid="stFileUploaderDropzone"] button[kind="secondary"]::after {
  content: "Datei wählen oder hierher ziehen"; font-size: 0.9rem;
}
/* What is wrong with an input stands below it as a caption, and captions are pale. */
[data-testid="stCaptionContainer"]:has(.stMarkdownColoredText) {opacity: 1 !important;}
/* The label says the key in German. */
[class*="st-key-stage"] kbd {display: none;}
/* What Streamlit says while the server is away is English; dialogs of our own have a block inside. */
body:has([data-testid="stApp"]:not([data-test-connection-state="CONNECTED"]))
  [data-testid="stDialog"]:not(:has([data-testid="stVerticalBlock"])) h2 {
  font-size: 0;
  &::after {content: "Das Programm antwortet gerade nicht"; font-size: 1.35rem;}
  & + div > * {display: none;}
  & + div::after {
    content: "Diese Seite verbindet sich von selbst wieder. Was als gespeichert gemeldet wurde, ist "
      "gespeichert. Was in einem Textfeld steht und noch nicht gespeichert ist, behält dieser Browser; "
      "andere Eingaben prüfen Sie danach bitte.";
  }
}
/* A file that the browser does not even send has its reason in English; it gets a German one. */
[data-testid="stFileUploaderDropzone"]:has([data-testid="stFileChip"][aria-invalid="true"])::after {
  content: "Diese Datei ist zu groß oder von anderer Art. Bitte eine andere wählen."; display: block;
  padding-top: 0.5rem;
}
[data-testid="stTooltipErrorContent"], [data-testid="InputInstructions"] {display: none;}
[role="listbox"][data-empty="true"] [role="option"] > span {font-size: 0;}
[role="listbox"][data-empty="true"] [role="option"] > span::after {
  content: "Nichts gefunden"; font-size: 0.9rem;
}
.chip {
  display: inline-block; padding: 1px 8px; margin: 0 6px 4px 0; font-size: 0.8rem;
  border: 1px solid var(--line); border-radius: 3px;
}
/* The way to a decision, and its answers side by side; the columns are as wide as those of their buttons. */
.steps {
  display: flex; list-style: none; margin: 0 !important; padding: 0 !important;
  font-size: 0.875rem; line-height: 1.3;
}
.steps li {
  flex: 1; margin: 0 !important; padding: 0.7rem 0.75rem 0 0; border-top: 2px solid var(--line);
  position: relative; display: flex; flex-direction: column;
}
.steps li::before {
  content: ""; position: absolute; top: -6px; left: 0; width: 10px; height: 10px; border-radius: 50%;
  background: var(--page); border: 2px solid var(--accent);
}
.steps .past {opacity: 0.75;}
.steps .past::before, .steps .goal::before {background: var(--accent);}
.steps .when {font-weight: 600;}
.steps .note, .compared .below, .compared .mark {opacity: 0.75; font-weight: 400;}
.compared {
  width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 0.875rem; line-height: 1.3;
}
.compared :is(th, td) {
  text-align: left; vertical-align: top; padding: 0.3rem 0.5rem 0.3rem 0;
  border: 0 solid var(--line); border-bottom-width: 1px; overflow-wrap: break-word;
}
.compared thead :is(th, td) {font-weight: 600; border-bottom-width: 2px;}
.compared thead td, .compared tbody th {width: 13%;}
.compared tbody th {font-weight: 400; opacity: 0.75;}
.compared .figures span:not(.mark) {font-weight: 600;}
.compared .below {display: block; font-size: 0.8rem;}
.compared .mark {font-style: italic; font-size: 0.8rem;}
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [class*="st-key-download"] {display: none;}
  .on-paper {font-size: 0.8rem;}
  /* The line of every page says it already. */
  [data-testid="stLayoutWrapper"]:has(> .st-key-view-notes) {display: none;}
  /* Nobody presses anything on paper; of a switch there is what is chosen. */
  [data-testid="stMain"] button:not([aria-checked="true"]),
  [data-testid="stElementContainer"]:has(
    > :is([data-testid="stButton"], [data-testid="stDownloadButton"], [data-testid="stPageLink"])
  ),
  [data-testid="stElementContainer"]:has(> [data-testid="stFileUploader"]),
  [data-testid="stExpander"]:has(> details:not([open])) {display: none;}
  [data-testid="stButtonGroup"] button :is(div, p) {overflow: visible;}
  .stMainBlockContainer {padding-top: 0; padding-bottom: 0; max-width: none;}
  /* Paper cannot be scrolled: a chart that is wider is drawn smaller. */
  [data-testid="stVegaLiteChart"] svg {max-width: 100%; height: auto;}
  /* Head and rows of a chart stand on one page, one below the other. */
  :is(.st-key-timeline, .st-key-matrix) {break-inside: avoid;}
  [data-testid="stLayoutWrapper"]:is(:has(> .st-key-timeline-head), :has(> .st-key-matrix-head)) {
    position: static; margin-bottom: 0; break-after: avoid;
  }
  /* A card, a picture, a row of a table stands on one page, and a heading on that of what it names. */
  :is([data-testid="stElementContainer"], [data-testid="stColumn"], [data-testid="stHorizontalBlock"], tr),
  :is([class*="st-key-proposal-"], [class*="st-key-wish-"], [class*="st-key-entry-"]) {
    break-inside: avoid;
  }
  /* Of a canvas paper gets the rows in sight, cut at its edge: the table after it takes its place. */
  [data-testid="stElementContainer"]:has(+ [data-testid="stElementContainer"] .printed-table) {display: none;}
  [data-testid="stElementContainer"]:has(.printed-table),
  :is([data-testid="stColumn"], [data-testid="stHorizontalBlock"]):has(.printed-table) {break-inside: auto;}
  .printed-table {font-size: 0.8rem; line-height: 1.3;}
  .printed-table table {width: 100%; border-collapse: collapse;}
  .printed-table :is(th, td) {
    text-align: left; vertical-align: top; padding: 0.25rem 0.5rem 0.25rem 0;
    border: 0 solid var(--line); border-bottom-width: 1px; overflow-wrap: break-word;
  }
  /* The map's canvas keeps the size that it has on the screen; its picture is drawn for each. */
  [class*="st-key-map-place"] [data-testid="stDeckGlJsonChart"] {visibility: hidden;}
  [class*="st-key-map-place"]:has(canvas) [class*="st-key-map-still"] {animation: none;}
  /* Streamlit prints blocks, which centre nothing. */
  [class*="st-key-map-still"] [data-testid="stFullScreenFrame"] > div {left: 50%; translate: -50%;}
  /* With what stands below it there a map fills a sheet: it would leave the first one empty. */
  :is([data-testid="stColumn"], [data-testid="stHorizontalBlock"]):has([class*="st-key-map-place"]) {
    break-inside: auto;
  }
  [data-testid="stElementContainer"]:has(> :is([data-testid="stHeading"], [data-testid="stSelectbox"])),
  [data-testid="stLayoutWrapper"]:has(> [data-testid="stHorizontalBlock"] [data-testid="stHeading"]) {
    break-after: avoid;
  }
}
"""

# Everything of Streamlit's is measured in the size of the root: 24 px on a projector of 1366, 32 px on one of
# 1920, half as much again and twice what stands on a desk. Charts know pixels only, so they are zoomed alike.
_LARGE = (
    """
/* A window of less width, or one that is enlarged by the browser, has no room for letters of that size. */
@media (min-width: 1000px) {
  html {font-size: 20px !important;}
  :root {--large: 1.25;}
  .st-key-stage-map, [data-testid="stColumn"]:has(.st-key-stage-map) {--large: 1;}
}
@media (min-width: 1200px) {
  html {font-size: 24px !important;}
  :root {--large: 1.5;}
  /* As large as it fits into the height. */
  .st-key-stage-map, [data-testid="stColumn"]:has(.st-key-stage-map) {--large: 1.35;}
}
@media (min-width: 1700px) {
  html {font-size: 32px !important;}
  :root {--large: 2;}
  .st-key-stage-map, [data-testid="stColumn"]:has(.st-key-stage-map) {--large: 1.9;}
}
/* Streamlit measures the zoomed width and draws it zoomed again: hence the narrower box. */
[data-testid="stVegaLiteChart"] {
  zoom: var(--drawn, var(--large, 1)); width: calc(100% / var(--drawn, var(--large, 1))) !important;
}
:is([data-testid="stElementContainer"], [data-testid="stFullScreenFrame"]):has(
  > [data-testid="stDeckGlJsonChart"], > * > [data-testid="stDeckGlJsonChart"]
) {height: calc(470px * var(--large, 1)) !important;}
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] {gap: 0.6rem;}
/* A switch beside its label, and a legend in one line, leave the height to the picture. */
[data-testid="stButtonGroup"] {display: flex; align-items: center; column-gap: 0.75rem;}
[data-testid="stButtonGroup"] > [data-testid="stWidgetLabel"] {margin: 0; flex-shrink: 0;}
.chip {font-size: 0.7rem; padding: 0 6px; margin: 0 4px 2px 0;}
[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"] {
  display: none;
}
/* The navigation stays within reach: it shows itself to the pointer at the upper edge and to the Tab key.
   Else it lies over nothing: the line below it has buttons. */
[data-testid="stHeader"] {
  opacity: 0; background: transparent; height: 0.75rem; min-height: 0; overflow: hidden;
}
[data-testid="stHeader"]:is(:hover, :has(:focus-visible)) {
  opacity: 1; height: 3.75rem; overflow: visible; background: var(--st-background-color, Canvas);
}
.stMainBlockContainer {padding: 0.75rem 1.5rem 1rem; max-width: none; min-height: 100vh;}
/* Grey is too faint at five metres. */
[data-testid="stCaptionContainer"] {color: inherit !important;}
.stMainBlockContainer h1 {font-size: 1.75rem; line-height: 1.2;}
.stMainBlockContainer h2 {font-size: 1.2rem;}
.st-key-answer p {font-size: 1.1rem; line-height: 1.35; max-width: none;}
.st-key-stage-head p {font-size: 0.8rem;}
.st-key-stage-head button {min-height: 1.4rem; padding: 0;}
.st-key-stage-head [data-testid="stButton"] {display: flex;}
.st-key-stage-head > :first-child {flex-grow: 1;}
/* The gap below a head is narrower here: with the margin of the desk it lay on the first row. */
[data-testid="stLayoutWrapper"]:is(:has(> .st-key-timeline-head), :has(> .st-key-matrix-head)) {
  top: 0; margin-bottom: -0.6rem;
}
/* A point of a round takes the whole height: what is written stands at its foot, and however much there is
   to see above, it scrolls in itself, so that the foot stays in view. */
.st-key-stage-point {min-height: calc(100vh - 4.2rem);}
.st-key-stage-point h1 {font-size: 1.5rem;}
.st-key-result-foot [data-testid="stSelectbox"] [role="group"] {min-height: 2rem;}
.stMainBlockContainer:has(.st-key-stage-point) {padding-bottom: 0;}
.st-key-stage-point > * {flex-shrink: 0;}
.st-key-stage-point > :has(> .st-key-stage-above) {flex: 1 1 0; min-height: 5rem; overflow-y: auto;}
.st-key-stage-point > :has(> .st-key-stage-above), .st-key-stage-agreed {"""
    + _BAR
    + """}
.st-key-stage-agreed {max-height: 8rem; overflow-y: auto; flex-wrap: nowrap;}
.st-key-stage-agreed button {min-height: 1.6rem; padding: 0 0.3rem;}
.st-key-stage-agreed button p {font-size: 0.7rem;}
.st-key-stage-agreed button [data-testid="stIconMaterial"] {font-size: 0.8rem;}
.st-key-stage-agreed li {font-size: 0.85rem;}
.st-key-result-foot :is(input, [data-baseweb="select"]) {font-size: 0.9rem;}
.st-key-result-foot button[kind="primary"] {min-height: 1.8rem;}
/* A notice takes no more of the height than its words need. */
.st-key-stage-notices [data-testid="stAlertContainer"] {padding: 0.3rem 0.6rem;}
.st-key-stage-notices :is(p, button p) {font-size: 0.75rem; line-height: 1.3;}
.st-key-stage-notices button {min-height: 1.6rem; padding: 0 0.6rem;}
.st-key-stage-where p {font-size: 0.85rem;}
.st-key-stage-where > :first-child {flex-grow: 1;}
.st-key-stage-where button {min-height: 1.6rem; padding: 0 0.6rem;}
.st-key-stage-above p {font-size: 1.1rem; line-height: 1.35;}
.st-key-stage-point textarea {font-size: 1.1rem;}
.st-key-stage-hint p {font-size: 0.7rem; margin: 0;}
.st-key-stage-point :is([data-testid="stWidgetLabel"], [data-testid="stCaptionContainer"]) p {
  font-size: 0.75rem;
}
.st-key-stage-point .st-key-result {padding: 0.5rem 0.75rem;}
.st-key-stage-point [data-testid="stVerticalBlock"] {gap: 0.4rem;}
.st-key-stage-point [data-testid="stExpander"] summary {padding: 0.2rem 0.5rem;}
.st-key-stage-point textarea {height: 3.2rem !important;}
@media print {html {font-size: 16px !important;} :root {--large: 1;}}
"""
)


# Streamlit writes white on the primary colour, which is light on a dark page. A button that cannot be pressed
# has the page's own colour.
_DARK = """
:root {--accent: #8ec5ff; --line: #3a4654; --page: #12181f;}
[data-testid^="stBaseButton-primary"]:enabled,
[data-testid^="stBaseButton-primary"]:enabled p {color: #12181f;}
/* Streamlit prints the dark as it is: sheets full of ink. What is turned over keeps its hue. */
@media print {
  :is(body, [data-testid="stApp"], [data-testid="stMain"]) {background: white !important;}
  [data-testid="stMainBlockContainer"] {filter: invert(1) hue-rotate(180deg) brightness(1.12);}
}
"""


def apply() -> None:
    """Put the stylesheet on the page."""
    dark = _DARK if st.context.theme.type == "dark" else ""
    html.style(_CSS + dark)


def scroll(key: str, least: int) -> None:
    """Have a chart keep `least` pixels of width; in less room its place of that key is scrolled sideways."""
    if least:
        place = _class(key)
        html.style(_fitted(place, least) + f"@media screen {{.{place} {{{_SCROLLED}}}}}")


def scroll_under_head(key: str, least: int) -> None:
    """The same for two charts in one place, which move together; the head of a place that is scrolled
    sideways does not stay in view."""
    place = _class(key)
    html.style(
        _fitted(place, least) + f"@media screen {{@container (width < {least}px) {{"
        f".{place} {{{_SCROLLED}}} {_around(place)}-head) {{position: static !important;}}}}}}"
    )


def _fitted(place: str, least: int) -> str:
    """Before a room a chart is drawn less large rather than cut; less wide than it must be it never gets."""
    drawn = "".join(
        f"@container (width < {least * large}px) {{.{place} {{--drawn: min(var(--large, 1), {smaller});}}}}"
        for large, smaller in pairwise(_SIZES)
    )
    wide = (
        f'.{place} [data-testid="stVegaLiteChart"] '
        f"{{min-width: calc({least}px / var(--drawn, var(--large, 1)));}}"
    )
    return f"@media screen {{{_around(place)}) {{container-type: inline-size;}} {drawn} {wide}}}"


def _around(place: str) -> str:
    """What is around the place, without the bracket that ends it."""
    return f'[data-testid="stLayoutWrapper"]:has(> .{place}'


def _class(key: str) -> str:
    """The class that Streamlit gives to what has the key."""
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key)


def enlarge() -> None:
    """Have it read from five metres, and take the sidebar's place."""
    html.style(_LARGE)
