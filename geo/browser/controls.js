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

  /** A visible sentence on the map, with an optional action. */
  function note(map, text, action) {
    const box = element("div", "atlas-note", text);
    box.setAttribute("role", "status");
    if (action) {
      const button = element("button", "", action.label);
      button.type = "button";
      button.addEventListener("click", function () {
        box.remove();
        action.run();
      });
      box.appendChild(button);
    }
    map.getContainer().appendChild(box);
    return box;
  }

  /** The tooltip's content: a title, then lines. Never HTML. */
  function card(lines) {
    const box = element("div", "atlas-card");
    box.appendChild(element("strong", "", lines.title));
    lines.rows.forEach((row) => box.appendChild(element("div", "", row)));
    return box;
  }

  function button(map, position, label, symbol, run) {
    const Control = L.Control.extend({
      onAdd: function () {
        const bar = element("div", "leaflet-bar");
        const node = element("button", "atlas-button", symbol);
        node.type = "button";
        node.title = label;
        node.setAttribute("aria-label", label);
        node.addEventListener("click", run);
        L.DomEvent.disableClickPropagation(bar);
        bar.appendChild(node);
        return bar;
      },
    });
    return new Control({ position: position }).addTo(map);
  }

  function frameOf(bounds, size) {
    const kx = Math.cos((bounds.getCenter().lat * Math.PI) / 180);
    const width = (bounds.getEast() - bounds.getWest()) * kx;
    const height = bounds.getNorth() - bounds.getSouth();
    const scale = (size - 6) / Math.max(width, height);
    const left = (size - width * scale) / 2;
    const top = (size - height * scale) / 2;
    return function (point) {
      const x = left + (point[1] - bounds.getWest()) * kx * scale;
      const y = top + (bounds.getNorth() - point[0]) * scale;
      return x.toFixed(1) + "," + y.toFixed(1);
    };
  }

  function outline(shape, project) {
    return shape
      .flatMap((polygon) => polygon.map((ring) => "M" + ring.map(project).join("L") + "Z"))
      .join("");
  }

  /** Small views of the overseas departements, each a button that goes there. */
  function insets(map, places, shapes, go) {
    const paths = new Map();
    const Control = L.Control.extend({
      onAdd: function () {
        const bar = element("div", "atlas-insets");
        L.DomEvent.disableClickPropagation(bar);
        places.forEach(function (place) {
          const bounds = L.latLngBounds(place.bounds);
          const node = element("button", "atlas-inset");
          node.type = "button";
          node.title = place.label;
          const svg = document.createElementNS(SVG_NS, "svg");
          svg.setAttribute("viewBox", "0 0 54 54");
          svg.setAttribute("aria-hidden", "true");
          const project = frameOf(bounds, 54);
          shapes.forEach(function (shape, code) {
            const here = shape.filter((polygon) => bounds.contains(polygon[0][0]));
            if (!here.length) return;
            const path = document.createElementNS(SVG_NS, "path");
            path.setAttribute("d", outline(here, project));
            path.setAttribute("stroke", "#ffffff");
            path.setAttribute("stroke-width", "0.5");
            svg.appendChild(path);
            paths.set(code, (paths.get(code) || []).concat(path));
          });
          node.appendChild(svg);
          node.appendChild(element("span", "", place.label));
          node.addEventListener("click", () => go(bounds));
          bar.appendChild(node);
        });
        return bar;
      },
    });
    if (map.atlasInsets) map.atlasInsets.remove();
    map.atlasInsets = new Control({ position: "bottomleft" }).addTo(map);
    return paths;
  }

  return { note: note, card: card, button: button, insets: insets };
})();
