"""Makes tables of what paper shows in place of a canvas, while somebody prints.

It runs in the page itself; `server` lets it through by its hash.
"""

from collections.abc import Iterable

from steering.web.browser import html

TABLE = "printed-table"
"""What an element is called whose `data-lines` become a table, with its `data-note` below."""
_BREAKS = str.maketrans(dict.fromkeys("\t\r\n", " "))

SCRIPT = """
(() => {
  if (window.steeringPrinting) return;
  window.steeringPrinting = true;
  const made = (name, ...inside) => {
    const element = document.createElement(name);
    element.append(...inside);
    return element;
  };
  const row = (line, kind) => made("tr", ...line.split("\\t").map((cell) => made(kind, cell)));
  const fill = () => document.querySelectorAll(".printed-table").forEach((place) => {
    const [head, ...lines] = place.dataset.lines.split("\\n");
    const rows = lines.map((line) => row(line, "td"));
    const table = made("table", made("thead", row(head, "th")), made("tbody", ...rows));
    place.replaceChildren(table, ...(place.dataset.note ? [made("p", place.dataset.note)] : []));
  });
  const empty = () => document.querySelectorAll(".printed-table").forEach((place) => place.replaceChildren());
  const paper = matchMedia("print");
  paper.addEventListener("change", () => paper.matches ? fill() : empty());
  addEventListener("beforeprint", fill);
  addEventListener("afterprint", empty);
})();
"""


def run() -> None:
    """Put the script on the page; it starts once, however often it is put there."""
    html.script(SCRIPT)


def as_lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells, the heads first, as the script takes them: a line each, a tab between cells."""
    return "\n".join("\t".join(cell.translate(_BREAKS) for cell in row) for row in rows)
