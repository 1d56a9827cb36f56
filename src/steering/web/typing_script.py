"""The script that hands over what is being typed after a pause: a reload in mid-sentence loses nothing.

Streamlit hands a text area's words over when it is left, or at Ctrl+Enter. The script presses that for
the user: shortly after the last key, at the latest so long after the first one, and where the page is left or
loaded anew. The words and the cursor stay as they are. A press on the button that records waits until they
are stored. It runs in the page itself; `server` lets it through by its hash.
"""

from steering.web import html

MARK = "typing"
SCRIPT = """
(() => {
  if (window.steeringTyping) return;
  window.steeringTyping = true;
  const pause = 500, longest = 2000, waiting = new Map();
  const hand = (area) => {
    const since = waiting.get(area);
    if (since) { clearTimeout(since.timer); waiting.delete(area); }
    if (!area.isConnected) return;
    const key = {key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true};
    area.dispatchEvent(new KeyboardEvent("keydown", {...key, ctrlKey: true}));
    // A key that is never released would stand in the way of every shortcut.
    area.dispatchEvent(new KeyboardEvent("keyup", key));
  };
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (area.tagName !== "TEXTAREA" || !area.closest('[class*="st-key-typing-"]')) return;
    const now = Date.now(), since = waiting.get(area), first = since ? since.first : now;
    if (since) clearTimeout(since.timer);
    const left = Math.max(0, Math.min(pause, first + longest - now));
    waiting.set(area, {first: first, timer: setTimeout(() => hand(area), left)});
  }, true);
  window.addEventListener("beforeunload", () => [...waiting.keys()].forEach(hand));
  // A click that arrives while what was typed is being stored would be lost: it waits for that run.
  const RECORD = '[class*="st-key-record"] button';
  const app = () => document.querySelector('[data-testid="stApp"]');
  const busy = () => app()?.dataset.testScriptState !== "notRunning";
  let patience = 100;
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(RECORD) || !busy() || patience <= 0) {
      patience = 100;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    patience -= 1;
    setTimeout(() => document.querySelector(RECORD)?.click(), 100);
  }, true);
})();
"""


def run() -> None:
    """Put the script on the page; it starts once, however often it is put there."""
    html.script(SCRIPT)
