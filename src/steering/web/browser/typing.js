// What is typed into long fields is handed over until the server has stored it, and kept here until then.
//
// Beside each field stands a `.typing-state` from the server: `data-field` names it across sessions,
// `data-stored` is the text that is stored (percent-encoded), `data-session` the server's session, `data-form`
// the form whose button stores it (none: it is stored by itself), `data-held` that the server waits for a
// person's decision. Nothing here trusts an event to arrive: every 200 ms each field is compared with what is
// stored, and its state written beside it.
(() => {
  if (window.steeringTyping) return;
  window.steeringTyping = true;
  const PAUSE = 500, LONGEST = 2000, AGAIN = 3000, TAKEN = 15000, OLD = 30 * 24 * 3600 * 1000;
  const PREFIX = "steering-typing ";
  const WORDS = {
    saved: "gespeichert",
    saving: "wird gespeichert …",
    held: "nicht gespeichert, siehe Hinweis",
    away: "nicht gespeichert – das Programm antwortet nicht; der Text bleibt in diesem Browser und wird " +
      "übergeben, sobald es wieder antwortet",
    fleeting: "nicht gespeichert – bitte diese Seite offen lassen",
    form: "noch nicht gespeichert; bis dahin in diesem Browser behalten",
    restored: "wiederhergestellter Entwurf, noch nicht gespeichert",
  };

  // ---- what this browser keeps -------------------------------------------------------------------------
  const store = (() => {
    try {
      localStorage.setItem(PREFIX, "1");
      localStorage.removeItem(PREFIX);
      return localStorage;
    } catch { return null; }
  })();
  const tab = (() => {
    try {
      return sessionStorage[PREFIX + "tab"] ||= String(Math.random());
    } catch { return String(Math.random()); }
  })();
  // An entry has `text`, `base` (the stored text it was typed on), `handed` (what was handed over of it),
  // `session`, `form`, and by which tab it was written and when. Each tab has its own.
  const kept = new Map();  // field -> entry
  const parsed = (key) => {
    try { return JSON.parse(store.getItem(key)); } catch { return null; }
  };
  const keys = () => Object.keys(store ?? {}).filter((key) => key.startsWith(PREFIX));
  const keyOf = (name) => `${PREFIX}${tab} ${name}`;
  // This tab's entry, or one of a tab that has been closed.
  const found = (name) => {
    if (kept.has(name)) return kept.get(name);
    if (!store) return null;
    const own = parsed(keyOf(name));
    if (own) return own;
    for (const key of keys()) {
      const entry = parsed(key);
      if (entry?.name !== name || Date.now() - entry.at < TAKEN) continue;
      store.removeItem(key);
      return entry;
    }
    return null;
  };
  const keep = (name, entry) => {
    const before = kept.get(name);
    if (before?.written === entry.text && Date.now() - before.at < AGAIN) return;
    Object.assign(entry, {name, at: Date.now(), written: entry.text});
    kept.set(name, entry);
    try { store?.setItem(keyOf(name), JSON.stringify(entry)); } catch { /* full: it stays in the page */ }
  };
  const forget = (name) => {
    kept.delete(name);
    try { store?.removeItem(keyOf(name)); } catch { /* it was never there */ }
  };
  for (const key of keys()) if (!(Date.now() - parsed(key)?.at < OLD)) store.removeItem(key);

  // ---- the page --------------------------------------------------------------------------------------
  const app = () => document.querySelector('[data-testid="stApp"]');
  const connected = () => app()?.dataset.testConnectionState === "CONNECTED";
  const busy = () => app()?.dataset.testScriptState !== "notRunning";
  const inputOf = (state) => state.closest('[class*="st-key-typing-"]')?.querySelector("textarea, input");
  const fields = () => [...document.querySelectorAll(".typing-state")]
    .map((state) => ({state, input: inputOf(state), name: state.dataset.field}))
    .filter((each) => each.input && each.name);
  const decoded = (state) => decodeURIComponent(state.dataset.stored ?? "");

  const press = (input) => {
    const key = {key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true};
    input.dispatchEvent(new KeyboardEvent("keydown", {...key, ctrlKey: true}));
    // A key that is never released would stand in the way of every shortcut.
    input.dispatchEvent(new KeyboardEvent("keyup", key));
  };
  const put = (input, text) => {
    const kind = input.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(input, text);
    input.dispatchEvent(new Event("input", {bubbles: true}));
  };

  // ---- handing over ----------------------------------------------------------------------------------
  const typed = new Map();  // field -> {first, last, handed, tries}: since when it differs, when handed over
  const seen = new WeakMap();  // input -> the field that it was when it was last looked at
  const written = new Set();  // the fields in which somebody has typed on this page
  const asked = new Map();  // field -> entry that waits for a choice between two texts
  const hand = (input, name, entry) => {
    const now = Date.now(), since = typed.get(name);
    if (!input.isConnected) return;
    const repeated = since?.handed === input.value;
    if (since) Object.assign(since, {handed: input.value, handedAt: now, tries: repeated ? since.tries + 1 : 0});
    if (entry) {
      entry.handed = [...(entry.handed ?? []).filter((text) => text !== input.value), input.value].slice(-5);
      entry.written = null;
      keep(name, entry);
    }
    press(input);
    // What Streamlit has handed over already it hands over again only with another request.
    if (repeated && !entry?.form) document.querySelector('[class*="st-key-typing-again"] button')?.click();
  };
  const due = (since, text, now) => {
    if (since.handed === text) return now - since.handedAt > AGAIN * 2 ** Math.min(since.tries, 4);
    return now - since.last >= PAUSE || now - Math.max(since.first, since.handedAt ?? 0) >= LONGEST;
  };
  // Of what was typed, the server keeps no blanks at the ends.
  const same = (one, other) => one.trim() === other.trim();
  const own = (entry, stored) =>
    [entry.base, ...(entry.handed ?? [])].some((text) => same(text, stored));

  // A field that is new on the page, or in a new session, while a text of it is kept here.
  const restore = (field, entry, stored) => {
    if (same(entry.text, stored)) { forget(field.name); written.add(field.name); return; }
    entry.session = field.state.dataset.session;
    entry.restored = !!field.state.dataset.form;
    entry.form = field.state.dataset.form;
    if (!own(entry, stored)) { asked.set(field.name, entry); kept.set(field.name, entry); return; }
    entry.base = stored;
    keep(field.name, entry);
    typed.set(field.name, {first: 0, last: 0, tries: 0});
    // Typed anew even where it stands there: the new session is about to show what is stored.
    put(field.input, entry.text + " ");
    put(field.input, entry.text);
  };

  const fresh = (state) => ({base: decoded(state), session: state.dataset.session, form: state.dataset.form});

  const wordFor = (state, entry) => {
    if (state.dataset.held) return "held";
    if (state.dataset.form) return entry?.restored ? "restored" : "form";
    return connected() ? "saving" : store ? "away" : "fleeting";
  };
  const look = (field) => {
    const {state, input, name} = field, now = Date.now(), stored = decoded(state);
    const isNew = seen.get(input) !== name || (kept.get(name) && kept.get(name).session !== state.dataset.session);
    if (isNew) {
      if (!connected() || busy()) return;
      const entry = found(name);
      seen.set(input, name);
      if (entry) restore(field, entry, stored);
    }
    if (asked.has(name)) { ask(field, stored); return; }
    const text = input.value;
    let entry = kept.get(name);
    if (text === stored) {
      if (entry) forget(name);
      typed.delete(name);
      told(state, written.has(name) && !state.dataset.form ? "saved" : "");
      return;
    }
    let since = typed.get(name);
    if (!since) {
      // Nobody has typed here on this page: the server is about to show another text, or asks about this one;
      // or it is a form's draft that the session has kept.
      if (!entry && (!state.dataset.form || busy())) { told(state, state.dataset.held ? "held" : ""); return; }
      typed.set(name, since = {first: now, last: now, tries: 0});
    }
    entry ??= fresh(state);
    if ((entry.handed ?? []).includes(stored)) entry.base = stored;
    entry.text = text;
    keep(name, entry);
    if (connected() && !state.dataset.held && due(since, text, now)) hand(input, name, entry);
    told(state, wordFor(state, entry));
  };

  // ---- what stands beside the field --------------------------------------------------------------------
  const told = (state, word) => {
    if (state.dataset.word === word && state.textContent === (WORDS[word] ?? "")) return;
    state.dataset.word = word;
    state.textContent = WORDS[word] ?? "";
  };
  const ask = (field, stored) => {
    const {state, input, name} = field, entry = asked.get(name);
    if (state.dataset.word === "asked" && state.firstChild) return;
    state.dataset.word = "asked";
    const say = (tag, text) => {
      const made = document.createElement(tag);
      made.textContent = text;
      state.append(made);
      return made;
    };
    const choose = (text) => () => {
      asked.delete(name);
      if (text === null) { forget(name); told(state, ""); return; }
      entry.base = stored;
      typed.set(name, {first: 0, last: 0, tries: 0});
      entry.text = text;
      keep(name, entry);
      put(input, text);
    };
    state.textContent = "";
    say("strong", "Ihr Text ist noch nicht gespeichert; inzwischen hat jemand anderes hier geschrieben. " +
      "Beide stehen noch, Ihrer hier:");
    say("blockquote", entry.text);
    for (const [words, text] of [
      ["Meinen Text einsetzen", entry.text],
      ["Beide vereinen", [stored, entry.text].filter(Boolean).join("\n")],
      ["Meinen Text verwerfen", null],
    ]) {
      const button = say("button", words);
      button.type = "button";
      button.addEventListener("click", choose(text));
    }
  };

  // ---- presses -----------------------------------------------------------------------------------------
  // A press waits until what was typed is stored and the run that leaving a field began has ended.
  const LEAVES = '[data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"], ' +
    '[data-testid="stPageLink-NavLink"]';
  const PRESSED = '[data-testid="stApp"] button[data-testid^="stBaseButton"], [data-testid="stDialog"] button, ' +
    `[data-testid="stPopover"] button, ${LEAVES}`;
  const WAITS = 10000;
  let left = 0, waiting = null;
  const unsaved = () => connected() && fields().filter(({state, input, name}) =>
    !state.dataset.form && !state.dataset.held && !asked.has(name) && typed.has(name) &&
    input.value !== decoded(state));
  // Who leaves for another page takes nothing along that the browser has not sent before, and a form's fields
  // are sent with the next run only: what was touched since the last one began is sent ahead.
  let touched = 0, began = 0, sent = 0;
  const touch = (event) => {
    if (!event.target.closest?.(LEAVES)) touched = performance.now();
  };
  for (const act of ["input", "keydown", "pointerdown", "focusout"]) document.addEventListener(act, touch, true);
  new MutationObserver(() => {
    if (!busy()) { sent = began || sent; began = 0; } else began ||= performance.now();
    proceed();
  }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ["data-test-script-state"]});
  const isUnsent = (button) => connected() && button.matches(LEAVES) && touched > sent;
  const sendAhead = () => {
    if (busy() || waiting.ahead === touched) return;
    waiting.ahead = touched;
    document.querySelector('[class*="st-key-typing-again"] button')?.click();
  };
  const again = (button) => {
    if (button.isConnected) return button;
    if (button.matches(LEAVES)) return document.querySelector(`a[href="${CSS.escape(button.getAttribute("href"))}"]`);
    const key = [...(waiting?.keys ?? [])].find((each) => document.querySelector(`.${CSS.escape(each)} button`));
    return key ? document.querySelector(`.${CSS.escape(key)} button`) : null;
  };
  const keysOf = (button) => [...(button.closest('[class*="st-key-"]')?.classList ?? [])]
    .filter((name) => name.startsWith("st-key-"));
  const proceed = () => {
    if (!waiting) return;
    if (Date.now() < waiting.until) {
      if (unsaved().length || (left && busy())) return;
      if (isUnsent(waiting.button)) { sendAhead(); return; }
    }
    const button = again(waiting.button);
    waiting.done = true;
    button?.click();
    waiting = null;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(PRESSED);
    if (pressed && button === pressed.button) pressed = null;
    if (!button || button.closest('[class*="st-key-typing-again"]') || waiting?.done) return;
    // A new tab leaves this page as it is.
    if (button.matches(LEAVES) && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    const open = unsaved();
    if (!open.length && !(left && busy()) && !isUnsent(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open.forEach(({input, name}) => { if (typed.get(name)?.handed !== input.value) hand(input, name, kept.get(name)); });
    if (waiting?.button !== button) waiting = {button, keys: keysOf(button), until: Date.now() + WAITS};
    proceed();
  }, true);
  // Leaving the field may move the button from under the pointer before it is released: pressed all the same.
  let pressed = null;
  document.addEventListener("pointerdown", (event) => {
    const button = event.button === 0 ? event.target.closest?.(PRESSED) : null;
    const active = document.activeElement;
    pressed = button && active?.matches?.("textarea, input") && !button.disabled
      ? {button, keys: keysOf(button), x: event.clientX, y: event.clientY} : null;
  }, true);
  document.addEventListener("pointerup", (event) => {
    const mine = pressed;
    if (!mine || Math.hypot(event.clientX - mine.x, event.clientY - mine.y) > 8) { pressed = null; return; }
    setTimeout(() => {
      if (pressed !== mine) return;
      pressed = null;
      waiting ??= {button: mine.button, keys: mine.keys, until: Date.now() + WAITS};
    }, 50);
  }, true);

  // ---- a field that is gone ------------------------------------------------------------------------------
  // Letters meant for a field that was taken from under the hands are no shortcuts, until who types has paused.
  const CALM = 1500;
  let writing = null, gone = 0;
  const isField = (place) => !!place?.matches?.("textarea, input, [contenteditable]");
  document.addEventListener("focusin", (event) => { writing = isField(event.target) ? event.target : null; }, true);
  document.addEventListener("focusout", (event) => setTimeout(() => {
    if (event.target === writing && writing.isConnected) writing = null;
  }), true);
  window.addEventListener("keydown", (event) => {
    const now = Date.now();
    if (writing && !writing.isConnected) { writing = null; gone = now; }
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (now - gone > CALM || isField(event.target)) return;
    gone = now;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // ---- listening ---------------------------------------------------------------------------------------
  // Short fields in which somebody types. Where the network goes they are closed, and what stands there would
  // never be handed over, and be gone with the next run: so it is once the network is back.
  const begun = new Set();
  document.addEventListener("input", (event) => {
    if (event.target.matches?.('input[type="text"]')) begun.add(event.target);
  }, true);
  const handOverWhatWasBegun = () => {
    for (const input of connected() ? begun : []) {
      if (input === document.activeElement || input.disabled) continue;
      begun.delete(input);
      if (input.isConnected) press(input);
    }
  };
  document.addEventListener("input", (event) => {
    const state = event.target.closest?.('[class*="st-key-typing-"]')?.querySelector(".typing-state");
    if (!state?.dataset.field) return;
    const name = state.dataset.field, now = Date.now(), since = typed.get(name);
    written.add(name);
    if (since) since.last = now; else typed.set(name, {first: now, last: now, tries: 0});
    // Not for one moment may it say "gespeichert". Nothing is handed over here: Streamlit has not seen the key yet.
    if (!asked.has(name) && event.target.value !== decoded(state)) told(state, wordFor(state, kept.get(name)));
  }, true);
  document.addEventListener("focusout", (event) => {
    if (!event.target.matches?.("textarea, input")) return;
    if (connected() && !event.target.disabled) begun.delete(event.target);
    left = Date.now();
  }, true);
  const drafts = () => [...document.querySelectorAll(".typing-drafts")];
  const drawn = () => drafts().map((each) => each.dataset.drawn).join();
  let drawnAtInput = null;
  document.addEventListener("input", (event) => {
    const isOfForm = drafts().length > 1 && !event.target.closest?.('[class*="st-key-typing-"]');
    if (isOfForm) drawnAtInput = drawn();
  }, true);
  const tick = () => {
    // Saved or discarded on purpose.
    const closed = new Set([...document.querySelectorAll("[data-closed]")].flatMap((each) =>
      each.dataset.closed.split(" ")));
    for (const [name, entry] of kept) if (closed.has(entry.form)) { forget(name); typed.delete(name); }
    fields().forEach(look);
    handOverWhatWasBegun();
    proceed();
    if (left && !busy() && Date.now() - left > 400) left = 0;
  };
  setInterval(tick, 200);
  window.addEventListener("beforeunload", (event) => {
    fields().forEach((field) => {
      const entry = kept.get(field.name);
      if (typed.has(field.name) && field.input.value !== decoded(field.state)) {
        const now = entry ?? fresh(field.state);
        now.text = field.input.value;
        hand(field.input, field.name, now);
      }
    });
    // Other inputs of forms go with the session: the browser asks in its own words.
    if (drafts().some((each) => each.dataset.lost) || drawn() === drawnAtInput) event.preventDefault();
  });
})();
