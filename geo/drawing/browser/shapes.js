// @ts-check
/* Polygons and lines drawn from shared borders: each border is placed once per zoom, where the view meets it. */
window.Atlas = window.Atlas || {};

Atlas.shapes = (function () {
  "use strict";

  const FINEST = 0.7; // pixels: a point nearer to the one before does not show
  const NOTHING = "M0 0";
  const papers = new WeakMap(); // map -> borders written where they are since its last zoom

  const tenth = (value) => Math.round(value * 10) / 10;

  /** Where the plane is on a map: pixels = plane * scale - origin, until the next zoom. */
  function placeOf(map) {
    const origin = map.getPixelOrigin();
    const zoom = map.getZoom();
    return { key: zoom + "/" + origin.x + "/" + origin.y, scale: 2 ** zoom, x: origin.x, y: origin.y };
  }

  /** The points of a border that show, in pixels. Its ends stay, so that neighbours still meet. */
  function thinned({ points }, place) {
    const kept = [];
    const last = points.length - 2;
    let [x, y] = [Infinity, Infinity];
    for (let i = 0; i <= last; i += 2) {
      const px = points[i] * place.scale - place.x;
      const py = points[i + 1] * place.scale - place.y;
      const isFar = Math.abs(px - x) + Math.abs(py - y) >= FINEST;
      if (isFar || i === last) {
        kept.push(tenth(px) + " " + tenth(py));
        [x, y] = [px, py];
      }
    }
    return kept;
  }

  /** What is written for a map, a new sheet at each zoom: borders that nothing draws any more go with it. */
  function paperOf(map, place) {
    const paper = papers.get(map);
    if (paper && paper.key === place.key) return paper;
    papers.set(map, { key: place.key, texts: new WeakMap() });
    return papers.get(map);
  }

  /** @param {string[]} points */
  const textOf = ([start, ...rest]) => ({ start: start, rest: rest.join("L") });

  /** A border as part of a path, its first point apart, written once, onwards and backwards. */
  function written(arc, isBack, paper, place) {
    if (!paper.texts.has(arc)) {
      const points = thinned(arc, place);
      paper.texts.set(arc, [textOf(points), textOf(points.reverse())]);
    }
    return paper.texts.get(arc)[isBack ? 1 : 0];
  }

  function pathOf(ring, isClosed, map, place) {
    const paper = paperOf(map, place);
    const parts = ring.arcs.map((arc, k) => written(arc, ring.back[k], paper, place));
    const rest = parts.map((part) => part.rest).filter(Boolean).join("L");
    return "M" + parts[0].start + (rest && "L" + rest) + (isClosed ? "z" : "");
  }

  /** The part of the plane that a renderer draws, a little more than the screen. */
  function seenBy(renderer, place) {
    const { min, max } = renderer._bounds;
    return [(min.x + place.x) / place.scale, (min.y + place.y) / place.scale,
      (max.x + place.x) / place.scale, (max.y + place.y) / place.scale];
  }

  const Shape = L.Path.extend({
    initialize: function (rings, options) {
      L.setOptions(this, options);
      this._rings = rings;
    },

    /** Take other borders; `isStill` when no move of the map is about to draw them. */
    swap: function (rings, isStill) {
      this._rings = rings;
      this._seen = null;
      if (isStill) this.redraw();
    },

    onAdd: function () {
      this._seen = null; // Leaflet gives it a new path
      L.Path.prototype.onAdd.call(this);
    },

    getBounds: function () {
      return Atlas.topology.boundsOf(Atlas.topology.around(this._rings.map((ring) => ring.box)));
    },

    _project: function () {
      const place = placeOf(this._map);
      if (this._place && place.key === this._place.key) return; // Leaflet asks twice when a view is set
      this._place = place;
      this._seen = null;
    },

    _update: function () {
      if (!this._map) return;
      const view = seenBy(this._renderer, this._place);
      const seen = this._rings.filter((ring) => Atlas.topology.meet(view, ring.box));
      if (this._seen && this._seen.length === seen.length && seen.every((ring, i) => ring === this._seen[i])) return;
      this._seen = seen;
      const text = seen.map((ring) => pathOf(ring, this._isClosed, this._map, this._place)).join("");
      this._renderer._setPath(this, text || NOTHING);
    },
  });

  return {
    Polygon: Shape.extend({ options: { fill: true }, _isClosed: true }),
    Lines: Shape.extend({ _isClosed: false }),
  };
})();
