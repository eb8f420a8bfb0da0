// What people expect of a page and Streamlit does not do: one step back, sections by link, a menu that closes.
(function () {
  "use strict";
  if (window.atlasHabits) return;
  window.atlasHabits = true;
  const HEAD = 64; // pixels at the top of the page, under the menu
  const PATIENCE = 12000; // milliseconds a link waits for its section
  const SLOW = 200; // milliseconds of a run after which it is said
  const PHONE = 768; // pixels under which the menu lies over the page

  // A link of the menu writes two addresses: that of the page, then, once its script has run, that of its view.
  // The second one takes the place of the first.
  let isNew = false; // the page has just changed and its script runs
  const push = history.pushState.bind(history);
  history.pushState = function (state, title, address) {
    const to = new URL(address, location.href);
    const isSame = to.pathname === location.pathname;
    if (isNew && isSame) history.replaceState(state, title, address);
    else push(state, title, address);
    isNew = !isSame;
  };

  // What takes long is said on the map, or at the top of the page: what runs, until it is over.
  const STEPS = {
    bassins: "Calcul des territoires et de leurs chiffres…", territoire: "Préparation du portrait…",
    comparer: "Comparaison en cours…", partenariats: "Recherche des partenariats…",
    etablissements: "Recherche des sites…", donnees: "Lecture des données…",
  };
  const busy = document.body.appendChild(document.createElement("div"));
  busy.className = "atlas-busy";
  busy.setAttribute("role", "status");
  let waiting = 0;

  function sayBusy() {
    const map = document.querySelector(".stMain iframe");
    const box = map && map.getClientRects().length ? map.getBoundingClientRect() : { left: 0, width: innerWidth, top: 0 };
    busy.textContent = STEPS[location.pathname.split("/").pop()] || "Préparation de la carte…";
    busy.style.left = box.left + box.width / 2 + "px";
    busy.style.top = Math.max(HEAD, box.top) + 12 + "px";
    busy.classList.add("shown");
  }

  function follow(state) {
    clearTimeout(waiting);
    if (state === "running") waiting = setTimeout(sayBusy, SLOW);
    else busy.classList.remove("shown");
    if (state !== "running") busy.textContent = "";
    if (state === "notRunning") isNew = false;
  }

  const app = document.querySelector("[data-test-script-state]");
  if (app) {
    new MutationObserver(() => follow(app.dataset.testScriptState))
      .observe(app, { attributeFilter: ["data-test-script-state"] });
    follow(app.dataset.testScriptState);
  }

  // A section is there once its page has run, and moves while what is above it grows.
  function seek(hash) {
    const name = decodeURIComponent(hash.slice(1));
    if (!name || name.includes("=")) return; // "#carte=…" is a view of the map
    const began = Date.now();
    const stops = ["wheel", "touchstart", "pointerdown", "keydown"];
    let isOver = false;
    const stop = () => { isOver = true; };
    stops.forEach((kind) => window.addEventListener(kind, stop, { once: true, passive: true }));
    (function step() {
      const target = document.getElementById(name);
      const top = target ? target.getBoundingClientRect().top : 0;
      if (target && (top < 0 || top > HEAD + 24)) target.scrollIntoView();
      if (!isOver && Date.now() - began < PATIENCE) setTimeout(step, 250);
    })();
  }
  seek(location.hash);

  // The map has two addresses and one place in the menu.
  function mark() {
    if (!/\/carte\/?$/.test(location.pathname)) return;
    document.querySelectorAll("[data-testid=stTopNavLink], [data-testid=stSidebarNavLink]").forEach((link, i) => {
      if (i === 0 && !link.hasAttribute("aria-current")) link.setAttribute("aria-current", "page");
    });
  }
  new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
  mark();

  // On a phone the menu lies over the page: it closes once a page is chosen.
  document.addEventListener("click", function (event) {
    if (window.innerWidth >= PHONE || !event.target.closest("[data-testid=stSidebarNavLink]")) return;
    const button = document.querySelector("[data-testid=stSidebarCollapseButton] button");
    if (button) setTimeout(() => button.click(), 0);
  });
})();
