// @ts-check
/* Hatches: they tell the areas that carry no class apart, whatever the colours. */
window.Atlas = window.Atlas || {};

Atlas.patterns = (function () {
  "use strict";

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
      const node = part("pattern", { id: "atlas-" + name, width: 7, height: 7, patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(" + pattern.angle + ")" });
      node.append(part("rect", { width: 7, height: 7, fill: pattern.ground }),
        part("rect", { width: pattern.width, height: 7, fill: pattern.line }));
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
    return (!pattern && Atlas.theme.ground(values.colors[parseInt(mark, 10)])) || "url(#atlas-" + (pattern || "inconnu") + ")";
  }

  return { add: add, fillOf: fillOf };
})();
