// @ts-check
/* What sits on the map beside the territories: notes, home button, overseas insets. Text nodes only. */
window.Atlas = window.Atlas || {};

Atlas.controls = (function () {
  "use strict";

  const SVG_NS = "http://www.w3.org/2000/svg";

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  /** A visible sentence on the map, with an optional action, that can be closed. */
  function note(map, text, action, close) {
    const container = map.getContainer();
    const pile = container.querySelector(".atlas-notes") || container.appendChild(element("div", "atlas-notes"));
    const box = element("div", "atlas-note");
    box.setAttribute("role", "status");
    box.appendChild(element("span", "", text));
    const bar = box.appendChild(element("span", "atlas-note-actions"));
    [action, close && { label: close, run: () => {} }].filter(Boolean).forEach(function (one) {
      const node = element("button", "", one.label);
      node.type = "button";
      node.addEventListener("click", function () {
        box.remove();
        one.run();
      });
      bar.appendChild(node);
    });
    L.DomEvent.disableClickPropagation(box);
    pile.appendChild(box);
    return box;
  }

  /** The tooltip's content: a title, then lines. Never HTML. */
  function card(lines) {
    const box = element("div", "atlas-card");
    box.appendChild(element("strong", "", lines.title));
    lines.rows.forEach((row) => box.appendChild(element("div", "", row)));
    return box;
  }

  /**
   * What the tooltip says of an area: its name alone without values.
   * @param {MapValues | null} values
   * @param {Config} config
   */
  function figure(area, values, config) {
    const text = values && values.texts[area.place];
    const value = text ? text + "\u00a0" + values.unit : config.texts.unknown;
    return { title: area.name, rows: [values && values.label + " : " + value, area.note].filter(Boolean) };
  }

  const ICONS = {
    home: "M3 11.2 12 4l9 7.2M5.8 9.5V20h4.4v-5.6h3.6V20h4.4V9.5",
    full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    measure: "M3.2 15.6 15.6 3.2l5.2 5.2L8.4 20.8zM7 11.8l2.3 2.3M10.3 8.5l1.6 1.6M13.6 5.2l2.3 2.3",
  };

  function icon(name) {
    const svg = document.createElementNS(SVG_NS, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG_NS, "path");
    path.setAttribute("d", ICONS[name]);
    svg.appendChild(path);
    return svg;
  }

  /** A bar of buttons: { label, icon, run }; returns the buttons. */
  function bar(map, position, tools) {
    const nodes = tools.map(function (tool) {
      const node = element("button", "atlas-button");
      node.type = "button";
      node.title = tool.label;
      node.setAttribute("aria-label", tool.label);
      if (tool.isToggle) node.setAttribute("aria-pressed", "false");
      node.appendChild(icon(tool.icon));
      node.addEventListener("click", tool.run);
      return node;
    });
    const Control = L.Control.extend({
      onAdd: function () {
        const box = element("div", "leaflet-bar");
        L.DomEvent.disableClickPropagation(box);
        box.append(...nodes);
        return box;
      },
    });
    new Control({ position: position }).addTo(map);
    return nodes;
  }

  return { element: element, note: note, card: card, figure: figure, bar: bar };
})();
