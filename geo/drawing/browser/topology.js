// @ts-check
/* Decode quantised TopoJSON, once, into the plane that Leaflet draws: at zoom 0 the world is 256 wide. */
window.Atlas = window.Atlas || {};

Atlas.topology = (function () {
  "use strict";

  const SIZE = 256;
  const RADIANS = Math.PI / 180;
  const LAST = 85.0511287798; // degrees: the plane ends there

  const planeX = (lon) => ((lon + 180) * SIZE) / 360;
  const planeY = (lat) => {
    const kept = Math.max(-LAST, Math.min(LAST, lat));
    return (SIZE / 2) * (1 - Math.log(Math.tan(Math.PI / 4 + (kept * RADIANS) / 2)) / Math.PI);
  };

  /** Boxes are [left, top, right, bottom] of the plane. */
  function around(boxes) {
    return boxes.reduce((a, b) => [
      Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3]),
    ], [Infinity, Infinity, -Infinity, -Infinity]);
  }

  function meet(a, b) {
    return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
  }

  /** A box of the plane as Leaflet's bounds. */
  function boundsOf(box) {
    const corner = (x, y) => L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0);
    return L.latLngBounds(corner(box[0], box[3]), corner(box[2], box[1]));
  }

  /** Leaflet's bounds as a box of the plane. */
  function boxOf(bounds) {
    return [planeX(bounds.getWest()), planeY(bounds.getNorth()), planeX(bounds.getEast()), planeY(bounds.getSouth())];
  }

  /** Borders between two junctions: x, y, x, y… with their box. */
  function decodeArcs(topology) {
    const [kx, ky] = topology.transform.scale;
    const [dx, dy] = topology.transform.translate;
    return topology.arcs.map(function (arc) {
      const points = new Float64Array(2 * arc.length);
      let [x, y] = [0, 0];
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = 0; i < arc.length; i += 1) {
        x += arc[i][0];
        y += arc[i][1];
        const px = planeX(x * kx + dx);
        const py = planeY(y * ky + dy);
        points[2 * i] = px;
        points[2 * i + 1] = py;
        if (px < left) left = px;
        if (px > right) right = px;
        if (py < top) top = py;
        if (py > bottom) bottom = py;
      }
      return { points: points, box: [left, top, right, bottom] };
    });
  }

  /** A ring, or a line: its arcs in order, those taken backwards with their place in `back`. */
  function ring(arcs, indexes) {
    const parts = indexes.map((index) => arcs[index < 0 ? ~index : index]);
    return { arcs: parts, back: indexes.map((index) => index < 0), box: around(parts.map((arc) => arc.box)) };
  }

  /** The polygons of one geometry: a list of [outer ring, holes...]. */
  function polygons(arcs, geometry) {
    if (geometry.type === "Polygon") return [geometry.arcs.map((r) => ring(arcs, r))];
    if (geometry.type === "MultiPolygon") {
      return geometry.arcs.map((polygon) => polygon.map((r) => ring(arcs, r)));
    }
    if (geometry.type === "GeometryCollection") {
      return geometry.geometries.flatMap((part) => polygons(arcs, part));
    }
    return [];
  }

  /** Each border of an object once, as a list of lines: cheaper than its polygons. */
  function mesh(arcs, object) {
    const used = new Set();
    (function walk(value) {
      if (typeof value === "number") used.add(value < 0 ? ~value : value);
      else if (Array.isArray(value)) value.forEach(walk);
      else if (value && value.geometries) value.geometries.forEach(walk);
      else if (value && value.arcs) walk(value.arcs);
    })(object);
    return Array.from(used, (index) => ring(arcs, [index]));
  }

  /** The points of a ring, [x, y] of the plane times `scale`, each junction once. */
  function pointsOf(one, scale) {
    const found = [];
    one.arcs.forEach(function ({ points }, k) {
      const count = points.length / 2;
      for (let i = k ? 1 : 0; i < count; i += 1) {
        const at = 2 * (one.back[k] ? count - 1 - i : i);
        found.push([points[at] * scale, points[at + 1] * scale]);
      }
    });
    return found;
  }

  return {
    decodeArcs: decodeArcs, polygons: polygons, mesh: mesh, pointsOf: pointsOf, around: around, meet: meet,
    boundsOf: boundsOf, boxOf: boxOf,
  };
})();
