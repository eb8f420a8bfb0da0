// @ts-check
/* Where an area is named or counted: its middle when that is inside, else the point furthest from its border. */
window.Atlas = window.Atlas || {};

Atlas.centres = (function () {
  "use strict";

  const ZOOM = 8; // of the pixels that shapes are measured in

  const boxArea = ([left, top, right, bottom]) => (right - left) * (bottom - top);

  function ringArea(ring) {
    let sum = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      sum += (ring[j].x - ring[i].x) * (ring[j].y + ring[i].y);
    }
    return Math.abs(sum / 2);
  }

  /** The largest polygon of a shape, in pixels of zoom 8. */
  function mainPolygon(shape) {
    const largest = shape.reduce((a, b) => (boxArea(b[0].box) > boxArea(a[0].box) ? b : a));
    return largest.map((ring) => Atlas.topology.pointsOf(ring, 2 ** ZOOM).map(([x, y]) => ({ x: x, y: y })));
  }

  /** Distance to the border, negative outside. */
  function depth(x, y, rings) {
    let isInside = false;
    let nearest = Infinity;
    rings.forEach((ring) => {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
        const a = ring[i];
        const b = ring[j];
        if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isInside = !isInside;
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const length = dx * dx + dy * dy;
        const t = length ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
        nearest = Math.min(nearest, (x - a.x - t * dx) ** 2 + (y - a.y - t * dy) ** 2);
      }
    });
    return (isInside ? 1 : -1) * Math.sqrt(nearest);
  }

  /** The point furthest from the border, by squares cut in four while they may hold a better one. */
  function visualCentre(rings) {
    const box = L.bounds(rings[0]);
    const size = box.getSize();
    let half = Math.min(size.x, size.y) / 2 || 1;
    const precision = Math.max(size.x, size.y) / 100;
    const square = (x, y, h) => ({ x: x, y: y, h: h, d: depth(x, y, rings) });
    let open = [];
    for (let x = box.min.x; x < box.max.x; x += 2 * half) {
      for (let y = box.min.y; y < box.max.y; y += 2 * half) open.push(square(x + half, y + half, half));
    }
    let best = open[0];
    while (open.length) {
      open.forEach((one) => { if (one.d > best.d) best = one; });
      half /= 2;
      open = open.filter((one) => one.d + one.h * Math.SQRT2 > best.d + precision).flatMap((one) => [
        square(one.x - half, one.y - half, half), square(one.x + half, one.y - half, half),
        square(one.x - half, one.y + half, half), square(one.x + half, one.y + half, half),
      ]);
      if (half < precision / 4) break;
    }
    return L.point(best.x, best.y);
  }

  function centroid(ring) {
    let [sum, x, y] = [0, 0, 0];
    const first = ring[0]; // counted from a corner: differences of large numbers are not exact
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [ax, ay, bx, by] = [ring[j].x - first.x, ring[j].y - first.y, ring[i].x - first.x, ring[i].y - first.y];
      const cross = ax * by - bx * ay;
      sum += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    return sum ? L.point(first.x + x / (3 * sum), first.y + y / (3 * sum)) : L.point(first.x, first.y);
  }

  /** Where the circle of an area stands, in pixels of zoom 8. */
  function anchor(shape) {
    const rings = mainPolygon(shape);
    const middle = centroid(rings[0]);
    return depth(middle.x, middle.y, rings) > 0 ? middle : visualCentre(rings);
  }

  return { ZOOM: ZOOM, ringArea: ringArea, mainPolygon: mainPolygon, depth: depth, visualCentre: visualCentre,
    anchor: anchor };
})();
