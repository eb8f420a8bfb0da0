/* Decode quantised TopoJSON into Leaflet coordinates ([lat, lng]), once. */
window.Atlas = window.Atlas || {};

Atlas.topology = (function () {
  "use strict";

  function decodeArcs(topology) {
    const [kx, ky] = topology.transform.scale;
    const [dx, dy] = topology.transform.translate;
    return topology.arcs.map(function (arc) {
      let x = 0;
      let y = 0;
      return arc.map(function (step) {
        x += step[0];
        y += step[1];
        return [y * ky + dy, x * kx + dx];
      });
    });
  }

  function ring(arcs, indexes) {
    const points = [];
    indexes.forEach(function (index) {
      const arc = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
      for (let i = points.length ? 1 : 0; i < arc.length; i += 1) points.push(arc[i]);
    });
    return points;
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
    return Array.from(used, (index) => arcs[index]);
  }

  return { decodeArcs: decodeArcs, polygons: polygons, mesh: mesh };
})();
