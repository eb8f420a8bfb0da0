// @ts-check
/* Marks that hide one another: one disc with their number, that fans out on a click. */
window.Atlas = window.Atlas || {};

Atlas.stacks = (function () {
  "use strict";

  const NEAR = 14; // pixels between the centres of marks that hide one another
  const FEW = 400; // marks: so few are counted at any zoom, more only by those who come near
  const CLOSE = 8; // zoom
  const NAMED = 6; // in the tooltip
  const STEP = 19; // pixels between marks that are fanned out
  const RING = 9; // marks: more go round in a spiral

  const Disc = L.CircleMarker.extend({
    _updatePath: function () {
      this._renderer._updateDisc(this);
    },
  });

  L.Canvas.include({
    _updateDisc: function (layer) {
      if (!this._drawing || layer._empty()) return;
      const [context, at] = [this._ctx, layer._point];
      context.beginPath();
      context.arc(at.x, at.y, layer._radius, 0, 2 * Math.PI);
      this._fillStroke(context, layer);
      Object.assign(context, { font: "600 12px sans-serif", fillStyle: "#1c2530", textAlign: "center",
        textBaseline: "middle" });
      context.fillText(layer.options.count, at.x, at.y + 0.5);
    },
  });

  /** Gather marks that hide one another; those that come last lie on top and give the place. */
  function gather(map, markers) {
    const cells = new Map();
    const cellOf = (x, y) => Math.floor(x / NEAR) + ":" + Math.floor(y / NEAR);
    const around = [-NEAR, 0, NEAR];
    const stacks = [];
    for (let k = markers.length - 1; k >= 0; k -= 1) {
      const point = map.latLngToLayerPoint(markers[k].home);
      const near = around.flatMap((x) => around.flatMap((y) => cells.get(cellOf(point.x + x, point.y + y)) || []));
      const found = near.find((stack) => stack.point.distanceTo(point) <= NEAR);
      if (found) {
        found.members.push(markers[k]);
        continue;
      }
      const stack = { point: point, members: [markers[k]] };
      const cell = cellOf(point.x, point.y);
      cells.set(cell, (cells.get(cell) || []).concat(stack));
      stacks.push(stack);
    }
    return stacks.filter((stack) => stack.members.length > 1);
  }

  /** Where the marks of a stack go: around it, on a ring or a spiral. */
  function places(centre, count) {
    if (count <= RING) {
      const reach = Math.max(26, (count * STEP * 1.25) / (2 * Math.PI));
      return Array.from({ length: count }, (_, i) => {
        const angle = -Math.PI / 2 + (i * 2 * Math.PI) / count;
        return centre.add([reach * Math.cos(angle), reach * Math.sin(angle)]);
      });
    }
    let [angle, reach] = [0, 24];
    return Array.from({ length: count }, () => {
      angle += (STEP * 1.1) / reach;
      reach += (STEP * 1.15 * STEP) / (2 * Math.PI * reach);
      return centre.add([reach * Math.cos(angle), reach * Math.sin(angle)]);
    });
  }

  function Stacks(map, options, texts) {
    this.map = map;
    this.options = options;
    this.texts = texts;
    this.discs = [];
    this.legs = [];
    this.fanned = [];
  }

  /** Count the marks that hide one another, among those shown. */
  Stacks.prototype.arrange = function (markers) {
    this.close();
    this.discs.forEach((disc) => disc.remove());
    markers.forEach((marker) => { marker.isStacked = false; });
    const isCounted = markers.length <= FEW || this.map.getZoom() >= CLOSE;
    this.discs = !isCounted ? [] : gather(this.map, markers).map((stack) => {
      stack.members.forEach((marker) => { marker.isStacked = true; });
      const disc = new Disc(stack.members[0].home, Object.assign({ interactive: false, radius: 10, weight: 2,
        color: stack.members[0].site.style.color, fillColor: "#ffffff", fillOpacity: 1,
        count: String(stack.members.length) }, this.options)).addTo(this.map);
      disc.members = stack.members;
      return disc;
    });
    this.map.getContainer().dataset.stacks = String(this.discs.length);
  };

  /** The disc under a point of the map, as what the tooltip says and a click opens; or null. */
  Stacks.prototype.at = function (point) {
    const found = this.discs.find((disc) => disc._point && disc._point.distanceTo(point) <= disc._radius + 3);
    return found ? this.told(found.members) : null;
  };

  Stacks.prototype.told = function (members) {
    const names = members.slice(0, NAMED).map((marker) => marker.site.name);
    const more = members.length - names.length;
    if (more > 0) names.push(L.Util.template(this.texts.stackMore, { count: more }));
    const title = L.Util.template(this.texts.stack, { count: members.length });
    return { key: "stack:" + members[0].site.id, members: members, title: title, rows: names.concat(this.texts.stackHelp) };
  };

  /** Separate the marks of a stack; those of another come together again. */
  Stacks.prototype.fan = function (members) {
    this.close();
    const centre = this.map.latLngToLayerPoint(members[0].home);
    this.fanned = members.slice();
    this.open = this.discs.find((disc) => disc.members[0] === members[0]);
    if (this.open) this.open.remove();
    places(centre, members.length).forEach((point, i) => {
      const end = this.map.layerPointToLatLng(point);
      this.legs.push(L.polyline([members[i].home, end], Object.assign({ interactive: false, color: "#1c2530",
        weight: 1.2, opacity: 0.75 }, this.options)).addTo(this.map));
      members[i].wasStacked = members[i].isStacked;
      members[i].isStacked = false;
      members[i].setLatLng(end).bringToFront();
    });
    this.map.getContainer().dataset.fanned = String(members.length);
  };

  /** Bring the marks together again; tell whether some were apart. */
  Stacks.prototype.close = function () {
    const wasOpen = this.fanned.length > 0;
    this.legs.forEach((leg) => leg.remove());
    this.fanned.forEach((marker) => {
      marker.isStacked = marker.wasStacked;
      marker.setLatLng(marker.home);
    });
    if (this.open) this.open.addTo(this.map);
    [this.legs, this.fanned, this.open] = [[], [], null];
    this.map.getContainer().dataset.fanned = "0";
    return wasOpen;
  };

  return { Stacks: Stacks, NEAR: NEAR };
})();
