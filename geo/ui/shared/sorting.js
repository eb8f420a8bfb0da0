// The heads of a table that sorts are buttons. The page's own order, where there is one, stays the only truth:
// pressing the column that is in that order presses the choice of the page, which is in its address.
(function () {
  "use strict";
  if (window.atlasSorting) return;
  window.atlasSorting = true;
  const WORDS = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });
  const OTHER_ORDER = ".st-key-comparer_order [role=radio][aria-checked=false]";

  // "2 132 758", "−6,6", "3 / 11"; nothing for a dash.
  function figure(text) {
    return parseFloat(text.replace(/\s/g, "").replace("−", "-").replace(",", "."));
  }

  function comparison(place, isFigure, sign) {
    if (!isFigure) return (a, b) => sign * WORDS.compare(a.cells[place].textContent, b.cells[place].textContent);
    return (a, b) => {
      const one = figure(a.cells[place].textContent), other = figure(b.cells[place].textContent);
      if (isNaN(one) || isNaN(other)) return isNaN(one) - isNaN(other); // the unknown last, either way
      return sign * (one - other);
    };
  }

  function order(head, direction) {
    const table = head.closest("table"), place = head.cellIndex;
    const compare = comparison(place, head.classList.contains("n"), direction === "ascending" ? 1 : -1);
    for (const body of table.tBodies) {
      body.append(...[...body.rows].filter((row) => !row.matches(".group")).sort(compare));
    }
    for (const other of head.parentElement.cells) {
      if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", other === head ? direction : "none");
    }
    for (const row of table.rows) {
      [...row.cells].forEach((cell, i) => cell.classList.toggle("sorted", i === place && cell.classList.contains("bar")));
    }
  }

  document.addEventListener("click", function (event) {
    const head = event.target.closest && event.target.closest(".atlas-table th[aria-sort]");
    if (!head) return;
    const now = head.getAttribute("aria-sort");
    if (!head.dataset.order) { // the first press says what the page itself had sorted
      for (const other of head.parentElement.cells) other.dataset.order = other.getAttribute("aria-sort") || "none";
    }
    const own = head.dataset.order, choice = document.querySelector(OTHER_ORDER);
    if (own !== "none" && own === now && choice) choice.click();
    else if (now === "none") order(head, own !== "none" ? own : head.classList.contains("n") ? "descending" : "ascending");
    else order(head, now === "ascending" ? "descending" : "ascending");
  });
})();
