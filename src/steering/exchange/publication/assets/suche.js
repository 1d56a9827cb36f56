// The search on the start page: MiniSearch over window.VERZEICHNIS, which suche-index.js sets.
(function () {
  "use strict";

  var FIELDS = ["name", "was", "art", "wo", "mehr"];
  var MOST = 50;
  var AT_ONCE = 50; // documents taken into the index before the browser may do something else
  var LONG_ENOUGH = 4; // a shorter word is neither forgiven an error nor looked for within words
  var input = document.getElementById("suchwort");
  var state = document.getElementById("suchstand");
  var list = document.getElementById("treffer");
  var documents = new Map(window.VERZEICHNIS.map(function (each) { return [each.adresse, each]; }));
  var words = new Set();
  var building = null;
  var built = false;

  // »Straße«, »STRASSE« and »Strase« begin alike; »ä«, »ae« and »a« are one letter.
  function folded(word) {
    return word
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/ß/g, "ss")
      .replace(/([aou])e/g, "$1");
  }

  function noted(word) {
    var plain = folded(word);
    words.add(plain);
    return plain;
  }

  var index = new MiniSearch({
    fields: FIELDS,
    idField: "adresse",
    processTerm: noted,
    searchOptions: { processTerm: folded, boost: { name: 4, art: 2, was: 1.5 } },
  });

  // Once somebody goes to the search, and without holding up what is typed meanwhile.
  function build() {
    building = building || index.addAllAsync(window.VERZEICHNIS, { chunkSize: AT_ONCE }).then(function () {
      built = true;
      show();
    });
  }

  // Words with two neighbouring letters the other way round: one error of who types, two for MiniSearch.
  function swapped(word) {
    var found = [];
    for (var i = 0; i + 1 < word.length; i += 1) {
      if (word[i] !== word[i + 1]) {
        found.push(word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2));
      }
    }
    return found;
  }

  // Words of the directory in which a typed one stands, if with two letters swapped: »Beratung« in »Asylberatung«.
  function alike(word) {
    if (word.length < LONG_ENOUGH) return [];
    var turned = swapped(word).concat(word);
    return Array.from(words).filter(function (known) {
      return turned.some(function (other) { return known.includes(other); });
    });
  }

  function sought(word) {
    var plain = folded(word);
    var own = { queries: [plain], prefix: true, fuzzy: plain.length < LONG_ENOUGH ? 0 : 1 };
    return { combineWith: "OR", queries: [own].concat(alike(plain)) };
  }

  function find(text) {
    var typed = MiniSearch.getDefault("tokenize")(text).filter(Boolean);
    if (!typed.length) return null;
    return index.search({ combineWith: "AND", queries: typed.map(sought) });
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  function item(found) {
    var about = documents.get(found.id);
    var made = document.createElement("li");
    var link = element("a", "lines__name", about.name);
    link.href = about.adresse;
    made.append(link);
    var quiet = [about.art, about.wo].filter(Boolean).join(" · ");
    if (quiet) made.append(" ", element("span", "quiet", quiet));
    if (about.was) made.append(element("p", "", about.was));
    return made;
  }

  function said(count) {
    if (count === 0) return "Dazu steht nichts im Verzeichnis. Vielleicht hilft ein anderes oder kürzeres Wort.";
    if (count > MOST) return count + " Treffer, die besten " + MOST + " werden gezeigt.";
    return count === 1 ? "1 Treffer" : count + " Treffer";
  }

  function show() {
    if (!built) {
      build();
      state.textContent = input.value ? "Die Suche wird vorbereitet …" : "";
      return;
    }
    var found = find(input.value);
    state.textContent = found ? said(found.length) : "";
    list.replaceChildren.apply(
      list,
      (found || []).slice(0, MOST).map(function (each) { return item(each); })
    );
  }

  input.closest("[role=search]").hidden = false;
  input.addEventListener("focus", build);
  input.addEventListener("input", show);
  // A browser that comes back to the page has kept what was typed.
  if (input.value) show();
})();
