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
    "Loading...": "Chargement", "Upload": "Choisir un fichier", "file upload": "Fichier",
    "Skip to main content": "Aller au contenu", "Main menu": "Menu principal",
    "Navigate to home page": "Revenir à l'accueil", "Notifications": "Notifications",
    "Exit fullscreen": "Quitter le plein écran", "Close fullscreen": "Quitter le plein écran",
    "Copy to clipboard": "Copier", "Copied": "Copié", "Remove file": "Retirer le fichier",
    "Increment value": "Augmenter", "Decrement value": "Diminuer",
    // The menu of a column, and its figures
    "Dataframe column menu": "Menu de la colonne", "Copy column name": "Copier le nom",
    "Sort ascending": "Trier en ordre croissant", "Sort descending": "Trier en ordre décroissant",
    "Statistics": "Statistiques", "Format": "Format", "Autosize": "Ajuster la largeur",
    "Pin column": "Figer la colonne", "Unpin column": "Libérer la colonne",
    "Hide column": "Masquer la colonne", "Select all": "Tout sélectionner",
    "Clear selection": "Effacer la sélection", "Based on sample": "Sur un échantillon",
    "No data": "Aucune donnée", "Values": "Valeurs", "Empty": "Vides", "Distinct": "Distinctes",
    "Average": "Moyenne", "Median": "Médiane", "Sum": "Somme", "Range": "Étendue",
    "Count": "Nombre", "Standard deviation": "Écart type", "Average length": "Longueur moyenne",
    "Minimum length": "Longueur minimale", "Maximum length": "Longueur maximale",
    "25th percentile": "1er quartile", "75th percentile": "3e quartile",
    "Automatic": "Automatique", "Localized": "Français", "Plain": "Brut", "Compact": "Abrégé",
    "Dollar": "Dollars", "Euro": "Euros", "Yen": "Yens", "Percent": "Pourcentage",
    "Scientific": "Scientifique", "Accounting": "Comptable", "Duration": "Durée",
    "Calendar": "Calendrier",
    // The finder of a table
    "Type to search": "Texte à chercher", "Previous Result": "Résultat précédent",
    "Next Result": "Résultat suivant", "Close Search": "Fermer la recherche",
    // When the server does not answer
    "Connection error": "Connexion perdue", "Connection failed": "Connexion impossible",
    "Connecting": "Connexion en cours",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Le serveur ne répond plus. S'il a été arrêté, relancez-le dans un terminal :",
    "streamlit run yourscript.py": "make run",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Le serveur ne répond plus. Vérifiez la connexion ; la page reviendra d'elle-même.",
    "Connecting to Streamlit server": "Connexion au serveur en cours",
    "Unable to connect to Streamlit server": "Le serveur ne répond pas", "Error": "Erreur",
    "Network error": "Erreur de réseau", "Suggestions": "Propositions",
    "Show suggestions": "Voir les propositions", "Try again": "Réessayer",
    // A file that the page does not take
    "Only one file is allowed.": "Un seul fichier à la fois.",
    "Unexpected error. Please try again.": "L'envoi a échoué. Réessayez.",
    "Drag and drop file here": "Déposez un fichier ici",
    // What Streamlit says of a broken page, when it is started without us
    "This app has encountered an error. The original error message is redacted to prevent data leaks. Full error details have been recorded in the logs (if you're on Streamlit Cloud, click on 'Manage app' in the lower right of your app).":
      "Cette page n'a pas pu être affichée. Le journal du serveur dit pourquoi.",
  };
  const patterns = [
    [/^Help for /, "Aide : "],
    [/^(.+) — start$/, "$1 : début"],
    [/^(.+) — end$/, "$1 : fin"],
    [/^Remove (.+)$/, "Retirer $1"],
    [/^(\d+) results? available\.?/, "$1 résultats"],
    [/^(\d+) options? available\.?/, "$1 choix"],
    [/^over (\d+)$/, "plus de $1"],
    [/^(\d+) of over (\d+)$/, "$1 sur plus de $2"],
    [/^(\d+) of (\d+) results?$/, "$1 sur $2"],
    [/^(\d+) result(s?)$/, "$1 résultat$2"],
    [/^(.+), selected$/, "$1, choisi"],
    [/^\S* ?files are not allowed\.$/, "Format refusé : donnez un fichier de l'un des formats indiqués."],
    [/^File must be ([\d.]+) ?MB or smaller\.$/i, "Fichier trop gros : $1 Mo au plus."],
    [/^([\d.]+)MB per file/, "$1 Mo au plus par fichier"],
    [/^Cannot connect to Streamlit \((.+)\)\.?$/, "Le serveur ne répond pas ($1)."],
    [/^Connection failed with status (\S+?)[.]?$/, "La connexion a échoué (code $1)."],
  ];
  const french = (text) => Object.hasOwn(words, text) ? words[text]
    : patterns.reduce((held, [shape, said]) => held.replace(shape, said), text);
  const names = ["aria-label", "title", "placeholder"];

  function attributes(node) {
    names.forEach(function (name) {
      const value = node.getAttribute(name);
      if (value && french(value) !== value) node.setAttribute(name, french(value));
    });
  }

  // Tables hold names of the data, which are nobody's words.
  function text(node) {
    const value = node.nodeValue.trim();
    const parent = node.parentElement;
    if (!value || !parent || parent.closest("main table, canvas, script, style")) return;
    if (french(value) !== value) node.nodeValue = french(value);
  }

  function texts(node) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      text(walker.currentNode);
    }
  }

  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) text(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    attributes(node);
    node.querySelectorAll("[aria-label], [title], [placeholder]").forEach(attributes);
    texts(node);
  }

  window.atlasFrench = new MutationObserver(function (changes) {
    if (root.lang !== "fr") root.lang = "fr";
    changes.forEach(function (change) {
      if (change.type === "attributes") attributes(change.target);
      else if (change.type === "characterData") text(change.target);
      else change.addedNodes.forEach(translate);
    });
  });
  window.atlasFrench.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: names,
  });
  translate(document.body);
})();
