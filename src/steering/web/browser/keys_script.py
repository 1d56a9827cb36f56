"""The keys of a presented round that Streamlit does not know: to the chart, to the result, out of a field.

Letters do nothing while somebody types. It runs in the page itself; `server` lets it through by its hash.
"""

from steering.web.browser import html

SCRIPT = """
(() => {
  if (window.steeringKeys) return;
  window.steeringKeys = true;
  const stage = () => document.querySelector(".st-key-stage-point");
  const typing = (place) => place.isContentEditable || ["INPUT", "TEXTAREA"].includes(place.tagName);
  const enter = (place) => {
    if (!place) return;
    if (!place.matches("textarea, input, button")) place.setAttribute("tabindex", "-1");
    place.focus();
    place.scrollIntoView({block: "nearest"});
  };
  document.addEventListener("keydown", (event) => {
    const here = stage(), at = event.target;
    if (!here) return;
    if (event.key === "Escape" && typing(at) && at.getAttribute("aria-expanded") !== "true") {
      at.blur();
    } else if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      if (typing(at)) at.blur();
      setTimeout(() => stage()?.querySelector('[class*="st-key-record"] button')?.click(), 100);
    } else if (typing(at) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (event.key === "e") {
      event.preventDefault();
      enter(here.querySelector("textarea"));
    } else if (event.key === "d") {
      event.preventDefault();
      enter(here.querySelector('.st-key-stage-picture [role="graphics-document"], .st-key-stage-picture'));
    }
  });
})();
"""


def run() -> None:
    """Put the script on the page; it starts once, however often it is put there."""
    html.script(SCRIPT)
