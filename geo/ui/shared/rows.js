// Long tables: cells come as texts and the browser makes them once it has drawn the rest. As HTML, each
// would first be searched for what is not allowed, which takes longer than drawing the map. A text cannot run.
(function () {
  "use strict";
  if (window.atlasRows && window.atlasRows.isReady) return;
  const LATEST = { timeout: 1000 }; // milliseconds
  let delay = 500; // the first table leaves the browser to the first map

  function cell(tag, text, kind) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind === "n") made.className = "n";
    if (tag === "th") made.scope = kind;
    return made;
  }

  function row(tag, cells) {
    const made = document.createElement("tr");
    made.append(...cells.map(([text, kind]) => cell(tag(kind), text, kind)));
    return made;
  }

  // Columns are "row" (names the row), "n" (numbers) or "" (texts): see rows_html in geo/ui/shared/html.py.
  function fill(place, said) {
    const table = document.createElement("table");
    const caption = table.createCaption();
    caption.className = "atlas-heard";
    caption.textContent = said.caption;
    table.createTHead().append(row(() => "th", said.heads.map((head) => [head, "col"])));
    [...table.tHead.rows[0].cells].forEach((head, i) => head.classList.toggle("row", said.kinds[i] === "row"));
    table.createTBody().append(...said.rows.map((cells) => row(
      (kind) => (kind === "row" ? "th" : "td"), cells.map((text, i) => [text, said.kinds[i]]))));
    place.replaceChildren(table);
    place.removeAttribute("aria-busy");
    place.style.minHeight = "";
  }

  function later([script, said]) {
    const place = script.previousElementSibling;
    const run = () => { if (place && place.isConnected) fill(place, said); };
    setTimeout(() => (window.requestIdleCallback ? window.requestIdleCallback(run, LATEST) : run()), delay);
    delay = 0;
  }

  const early = window.atlasRows || [];
  window.atlasRows = { isReady: true, push: later };
  early.forEach(later);
})();
