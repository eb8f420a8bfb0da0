// @ts-check
/* Hatches: they tell the areas that carry no class apart, whatever the colours. */
window.Atlas = window.Atlas || {};

Atlas.patterns = (function () {
  "use strict";

  const SIDE = 8; // pixels after which a hatch repeats
  const SVG_NS = "http://www.w3.org/2000/svg";

  function part(name, attributes) {
    const node = document.createElementNS(SVG_NS, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  }

  /**
   * Define the hatches in a drawing, once: "url(#atlas-<name>)" then fills a path of the page.
   * @param {Settings["patterns"]} patterns
   */
  function add(svg, patterns) {
    if (svg.querySelector("defs")) return;
    const defs = part("defs", {});
    Object.entries(patterns).forEach(([name, pattern]) => {
      const node = part("pattern", { id: "atlas-" + name, width: SIDE, height: SIDE, patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(" + pattern.angle + ")" });
      node.append(part("rect", { width: SIDE, height: SIDE, fill: pattern.ground }));
      if (pattern.kind === "lines") node.append(part("rect", { width: pattern.width, height: SIDE, fill: pattern.line }));
      if (pattern.kind === "dots") {
        node.append(part("circle", { cx: SIDE / 2, cy: SIDE / 2, r: pattern.width / 2, fill: pattern.line }));
      }
      defs.appendChild(node);
    });
    svg.insertBefore(defs, svg.firstChild);
  }

  /**
   * How an area is filled, by its place in the columns.
   * @param {MapValues} values
   */
  function fillOf(values, place) {
    const mark = values.classes[place];
    const pattern = { h: "hors", n: "libre", "?": "inconnu" }[mark];
    const color = !pattern && Atlas.theme.ground(values.colors[parseInt(mark, 10)]);
    return color ? themed(color) : "url(#atlas-" + (pattern || "inconnu") + ")";
  }

  /** A colour as the theme wants it: CSS chooses. */
  function themed(color) {
    const config = Atlas.settings;
    const dark = config.dark[color];
    return dark ? "light-dark(" + color + "," + dark + ")" : color;
  }

  /** The background of a key, which shows a hatch as the map does. */
  function background(pattern) {
    const { ground, line, width } = pattern;
    if (pattern.kind === "empty") return ground;
    if (pattern.kind === "dots") {
      return "radial-gradient(circle," + line + " " + width / 2 + "px," + ground + " " + (width / 2 + 0.4) + "px) 0 0/"
        + SIDE + "px " + SIDE + "px";
    }
    return "repeating-linear-gradient(" + (90 + pattern.angle) + "deg," + line + " 0 " + width + "px," + ground + " "
      + width + "px " + SIDE + "px)";
  }

  return { add: add, fillOf: fillOf, themed: themed, background: background };
})();
