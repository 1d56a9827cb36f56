"""Has what scrolls in itself reached by the keyboard: the Tab key goes there, arrow keys move it.

Only while there is something to scroll, or the Tab key would stop where nothing happens. It runs in the page
itself; `server` lets it through by its hash.
"""

from steering.web.browser import html

SCRIPT = """
(() => {
  if (window.steeringReach) return;
  window.steeringReach = true;
  const places = '[data-testid="stMain"] :is([class*="st-key-"], :has(> .st-key-stage-above))';
  const rolls = (place) => {
    const how = getComputedStyle(place);
    return how.overflowX === "auto" && place.scrollWidth > place.clientWidth + 1
      || how.overflowY === "auto" && place.scrollHeight > place.clientHeight + 1;
  };
  const name = {tabindex: "0", role: "group", "aria-label": "Mit den Pfeiltasten zu verschieben"};
  const reach = () => {
    waits = false;
    for (const place of document.querySelectorAll(places)) {
      if (rolls(place)) {
        for (const [key, value] of Object.entries(name)) place.setAttribute(key, value);
        place.dataset.rolls = "true";
      } else if (place.dataset.rolls) {
        for (const key of Object.keys(name)) place.removeAttribute(key);
        delete place.dataset.rolls;
      }
    }
  };
  let waits = false;
  const soon = () => {
    if (!waits) setTimeout(reach, 200);
    waits = true;
  };
  new MutationObserver(soon).observe(document.body, {subtree: true, childList: true});
  addEventListener("resize", soon);
  soon();
})();
"""


def run() -> None:
    """Put the script on the page; it starts once, however often it is put there."""
    html.script(SCRIPT)
