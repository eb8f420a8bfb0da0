// @ts-check
/* Small maps beside the large one: overseas departements, and the capital's region larger. Each goes there. */
window.Atlas = window.Atlas || {};

Atlas.insets = (function () {
  "use strict";

  const SVG_NS = "http://www.w3.org/2000/svg";
  const SIZE = [88, 66]; // pixels
  const LARGE = [192, 146];
  const MARGIN = 4;
  const EARTH = 40075; // kilometres around, which the plane is 256 wide for
  const LENGTHS = [100, 50, 20, 10, 5, 2];
  const MOST = 0.45; // of the width that a bar of the scale takes

  function part(name, attributes) {
    const node = document.createElementNS(SVG_NS, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  }

  /** What puts a point of the plane (see topology.js) in a frame, the box in its middle; and pixels in a unit. */
  function frameOf([left, top, right, bottom], [width, height]) {
    const scale = Math.min((width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (bottom - top));
    const [x0, y0] = [(width - (right - left) * scale) / 2, (height - (bottom - top) * scale) / 2];
    return { scale: scale, project: ([x, y]) => [x0 + (x - left) * scale, y0 + (y - top) * scale] };
  }

  function outline(shape, project) {
    const point = (at) => project(at).map((n) => n.toFixed(1)).join(",");
    const path = (ring) => "M" + Atlas.topology.pointsOf(ring, 1).map(point).join("L") + "Z";
    return shape.flatMap((polygon) => polygon.map(path)).join("");
  }

  /** A bar of a round length, and its name. */
  function scaleBar(svg, scale, lat, [width, height]) {
    const pixels = (256 / (EARTH * Math.cos((lat * Math.PI) / 180))) * scale;
    const km = LENGTHS.find((length) => length * pixels <= MOST * width) || LENGTHS[LENGTHS.length - 1];
    svg.append(part("path", { class: "atlas-inset-scale", d: "M3 " + (height - 3) + "h" + (km * pixels).toFixed(1) }));
    const text = part("text", { x: 3, y: height - 6 });
    text.textContent = km + "\u00a0km";
    svg.append(text);
  }

  /**
   * Draw the small maps; the borders and the circles drawn are kept by code.
   * @param {Config} config
   */
  function Layer(map, config, go) {
    const places = [Object.assign({ isLarge: true }, config.enlarged), ...config.overseas];
    this.map = map;
    this.title = config.texts.insets;
    this.places = places;
    this.go = go;
  }

  Layer.prototype.fill = function (shapes) {
    this.paths = new Map();
    this.circles = new Map();
    const box = Atlas.controls.element("div", "atlas-insets");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", this.title);
    L.DomEvent.disableClickPropagation(box);
    box.append(...this.places.map((place) => this.button(place, shapes)));
    if (this.control) this.control.remove();
    const Control = L.Control.extend({ onAdd: () => box });
    this.control = new Control({ position: "bottomleft" }).addTo(this.map);
  };

  Layer.prototype.button = function (place, shapes) {
    const bounds = L.latLngBounds(place.bounds);
    const node = Atlas.controls.element("button", place.isLarge ? "atlas-inset atlas-inset-large" : "atlas-inset");
    node.type = "button";
    node.title = place.label;
    const size = place.isLarge ? LARGE : SIZE;
    const svg = part("svg", { viewBox: "0 0 " + size.join(" "), width: size[0], height: size[1], "aria-hidden": "true" });
    this.draw(svg, Atlas.topology.boxOf(bounds), shapes, size, bounds.getCenter().lat);
    node.append(svg, Atlas.controls.element("span", "", place.label));
    node.addEventListener("click", () => this.go(bounds));
    return node;
  };

  Layer.prototype.draw = function (svg, land, shapes, size, lat) {
    const { project, scale } = frameOf(land, size);
    const circles = [];
    const keep = (kept, code, node) => kept.set(code, (kept.get(code) || []).concat(node));
    shapes.forEach((shape, code) => {
      const here = shape.filter((polygon) => Atlas.topology.meet(land, polygon[0].box));
      if (!here.length) return;
      const path = part("path", { d: outline(here, project) });
      svg.append(path);
      keep(this.paths, code, path);
      const at = Atlas.centres.anchor(here).divideBy(2 ** Atlas.centres.ZOOM);
      if (at.x < land[0] || at.x > land[2] || at.y < land[1] || at.y > land[3]) return;
      const [cx, cy] = project([at.x, at.y]);
      const circle = part("circle", { class: "atlas-circle", cx: cx.toFixed(1), cy: cy.toFixed(1), r: 0 });
      circles.push(circle);
      keep(this.circles, code, circle);
    });
    svg.append(...circles);
    scaleBar(svg, scale, lat, size);
  };

  /**
   * Paint the areas and the circles of the values.
   * @param {MapValues} values
   */
  Layer.prototype.paint = function (values, areas) {
    this.paths.forEach((nodes, code) => {
      const fill = Atlas.patterns.fillOf(values, areas.get(code).place);
      nodes.forEach((node) => node.setAttribute("fill", fill));
    });
    const unit = Atlas.circles.factor() / 10;
    this.circles.forEach((nodes, code) => {
      const radius = values.circles ? values.circles[areas.get(code).place] * unit : 0;
      nodes.forEach((node) => node.setAttribute("r", String(radius)));
    });
  };

  return { Layer: Layer };
})();
