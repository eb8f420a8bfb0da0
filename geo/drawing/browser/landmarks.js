// @ts-check
/* What France lies among: the land of others, and towns by rank, as many as the zoom has room for. */
window.Atlas = window.Atlas || {};

Atlas.landmarks = (function () {
  "use strict";

  const FONT = 12;
  const LARGE = 13;
  const DOT = 4; // pixels kept clear around the point of a town
  const GAP = 3;
  const MOST = 25;
  const FINER = 8; // from this zoom, smaller towns are fetched
  // Least inhabitants named from each zoom; the first two rows name towns by their rank too.
  const FLOORS = [[10, 2000], [9, 5000], [8, 10000], [7, 40000], [6.2, 100000], [0, Infinity]];
  const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1]]; // of the point: right, left, above, below

  /** The land of other countries, under everything; fetched once the country is on screen. */
  function showLand(map, address) {
    map.createPane("atlas-land").style.zIndex = 390;
    return Atlas.fetchJson(address, 2).then((topology) => {
      const rings = topology.objects.land.geometries
        .flatMap((geometry) => Atlas.topology.polygons(Atlas.topology.decodeArcs(topology), geometry)).flat();
      new Atlas.shapes.Polygon(rings, { pane: "atlas-land", className: "atlas-land", interactive: false, weight: 0.8,
        fillOpacity: 1, renderer: L.svg({ pane: "atlas-land", padding: 0.4 }) }).addTo(map);
      map.getContainer().dataset.land = "1";
    });
  }

  /** @param {{towns: string, finerTowns: string}} addresses */
  function Towns(map, addresses) {
    this.map = map;
    this.addresses = addresses;
    this.pane = map.createPane("atlas-towns");
    Object.assign(this.pane.style, { zIndex: 458, pointerEvents: "none" });
    this.pane.setAttribute("aria-hidden", "true");
    this.pens = document.createElement("canvas").getContext("2d");
    this.all = [];
    map.on("zoomstart", () => { this.pane.style.opacity = 0; });
  }

  Towns.prototype.load = function (address, onLoad) {
    this.asked = this.asked || {};
    if (this.asked[address]) return;
    this.asked[address] = true;
    Atlas.fetchJson(address, 2).then((towns) => {
      const found = towns.name.map((text, i) => ({ name: text, rank: towns.rank[i], people: towns.people[i],
        at: L.latLng(towns.lat[i], towns.lon[i]) }));
      this.all = this.all.concat(found).sort((a, b) => a.rank - b.rank || b.people - a.people);
      onLoad();
    }).catch((error) => {
      this.asked[address] = false; // the next move asks again
      console.warn(error);
    });
  };

  /** The towns that a zoom has room for, the foremost first. */
  Towns.prototype.wanted = function (zoom) {
    const least = FLOORS.find(([from]) => zoom >= from)[1];
    const rank = zoom >= 7 ? 1 : 0;
    const bounds = this.map.getBounds();
    return this.all.filter((town) => (town.rank <= rank || town.people >= least) && bounds.contains(town.at));
  };

  /**
   * Write the towns of the view, clear of the boxes taken: [left, top, right, bottom], pixels of this zoom. `marks` are
   * those of the sites: one that stands in a town is its point.
   */
  Towns.prototype.place = function (isOn, taken, marks, onLoad) {
    const zoom = this.map.getZoom();
    this.pane.replaceChildren();
    const addresses = this.addresses;
    if (isOn) this.load(addresses.towns, onLoad);
    if (isOn && zoom >= FINER) this.load(addresses.finerTowns, onLoad);
    const family = getComputedStyle(this.map.getContainer()).fontFamily;
    let count = 0;
    (isOn ? this.wanted(zoom) : []).forEach((town) => {
      if (count >= MOST) return;
      const font = town.rank ? FONT : LARGE;
      this.pens.font = (town.rank ? "500 " : "600 ") + font + "px " + family;
      const spot = this.spot(this.map.project(town.at), this.pens.measureText(town.name).width, font, taken, marks);
      if (!spot) return;
      taken.push(spot.box, spot.dot);
      this.write(town, spot, font);
      count += 1;
    });
    this.pane.style.opacity = 1;
    this.map.getContainer().dataset.towns = String(count);
  };

  const isFree = (box, taken) => taken.every((other) => box[2] < other[0] || box[0] > other[2]
    || box[3] < other[1] || box[1] > other[3]);

  Towns.prototype.spot = function (p, width, font, taken, marks) {
    const dot = [p.x - DOT, p.y - DOT, p.x + DOT, p.y + DOT];
    const view = this.map.getPixelBounds();
    if (!isFree(dot, taken)) return null;
    const own = marks.filter((mark) => !isFree(dot, [mark]));
    const others = marks.filter((mark) => !own.includes(mark));
    const reach = own.length ? Math.max(...own.map((mark) => mark[2] - mark[0])) / 2 + 2 : DOT;
    for (const [right, down] of SIDES) {
      const x = p.x + right * (width / 2 + reach + GAP);
      const y = p.y + down * (font / 2 + reach + 1);
      const box = [x - width / 2 - GAP, y - font * 0.6, x + width / 2 + GAP, y + font * 0.6];
      const isWhole = box[0] > view.min.x && box[2] < view.max.x && box[1] > view.min.y && box[3] < view.max.y;
      if (isWhole && isFree(box, taken) && isFree(box, others)) {
        return { point: own.length ? null : p, x: x, y: y, box: box, dot: dot };
      }
    }
    return null;
  };

  Towns.prototype.write = function (town, spot, font) {
    const origin = this.map.getPixelOrigin();
    const put = (className, x, y, text) => {
      const node = Atlas.controls.element("div", className, text);
      node.style.transform = "translate(" + (x - origin.x) + "px," + (y - origin.y) + "px) translate(-50%,-50%)";
      this.pane.appendChild(node);
      return node;
    };
    if (spot.point) put("atlas-town-dot", spot.point.x, spot.point.y, "");
    const node = put(town.rank ? "atlas-town" : "atlas-town atlas-town-large", spot.x, spot.y, town.name);
    node.style.fontSize = font + "px";
  };

  return { Towns: Towns, showLand: showLand };
})();
