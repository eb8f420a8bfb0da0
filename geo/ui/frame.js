// The language of the page: Streamlit says "en", and writes a few accessible names in English.
(function () {
  "use strict";
  const root = document.documentElement;
  root.lang = "fr";
  if (window.atlasFrench) return;
  // Tables are formatted by the browser: French numbers whatever its own language.
  Object.defineProperty(navigator, "language", { get: () => "fr-FR" });
  Object.defineProperty(navigator, "languages", { get: () => ["fr-FR", "fr"] });
  const words = {
    "App pages": "Pages", "Sidebar": "Menu", "Expand sidebar": "Ouvrir le menu",
    "Collapse sidebar": "Fermer le menu", "Open": "Ouvrir la liste", "Close": "Fermer",
    "Clear value": "Effacer", "Clear all": "Tout effacer", "Choose an option": "Choisir",
    "No results": "Aucun résultat", "No options to select": "Aucun choix",
    "Press Enter to apply": "Entrée pour valider", "Help": "Aide",
    "Show/hide columns": "Colonnes", "Download as CSV": "Télécharger", "Search": "Rechercher",
    "Fullscreen": "Plein écran", "Stop": "Arrêter", "Running...": "Calcul en cours",
    "Loading...": "Chargement",
  };
  const french = (text) => words[text] || text.replace(/^Help for /, "Aide : ");
  const names = ["aria-label", "title", "placeholder"];

  function attributes(node) {
    names.forEach(function (name) {
      const value = node.getAttribute(name);
      if (value && french(value) !== value) node.setAttribute(name, french(value));
    });
  }

  function texts(node) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const value = walker.currentNode.nodeValue.trim();
      if (words[value] && !walker.currentNode.parentElement.closest("main table, canvas")) {
        walker.currentNode.nodeValue = words[value];
      }
    }
  }

  function translate(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    attributes(node);
    node.querySelectorAll("[aria-label], [title], [placeholder]").forEach(attributes);
    texts(node);
  }

  window.atlasFrench = new MutationObserver(function (changes) {
    if (root.lang !== "fr") root.lang = "fr";
    changes.forEach(function (change) {
      if (change.type === "attributes") attributes(change.target);
      else change.addedNodes.forEach(translate);
    });
  });
  window.atlasFrench.observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: names,
  });
  translate(document.body);
})();
