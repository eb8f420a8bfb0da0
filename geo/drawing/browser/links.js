// @ts-check
/* Links between two places: curves that fan out when they share their ends, one colour and dash each. */
window.Atlas = window.Atlas || {};

Atlas.links = (function () {
  "use strict";

  const STEPS = 24;
  const BEND = 0.16;
  const LOOP = 14; // pixels: the first loop of a link whose ends are one place
  const SHORT = 26; // pixels: nearer ends are one place on the screen, until somebody zooms in
  const TOWN = 0.1; // degrees: links that start within it share their loops

  function Layer(map, choose) {
    this.map = map;
    this.choose = choose;
    this.shown = [];
    this.cache = new Map();
    this.onError = null; // both are set by the map
    this.onDraw = null;
    map.on("zoomend", () => this.shown.forEach((link) => this.shape(link)));
  }

  /**
   * Show links, or none. The last ones asked for win.
   * @param {Links} [links]
   */
  Layer.prototype.show = function (links) {
    const state = JSON.stringify(links || null);
    if (state === this.state) return;
    this.state = state;
    if (!links) return void this.draw(null);
    this.load(links).then((columns) => { if (state === this.state) this.draw(columns, links); })
      .catch((error) => {
        console.warn(error);
        if (state === this.state) this.state = null;
        this.onError();
      });
  };

  /** @param {Links} links */
  Layer.prototype.load = function (links) {
    if (!links.address) return Promise.resolve(links.columns);
    if (!this.cache.has(links.address)) {
      const answer = Atlas.fetchJson(links.address, 2);
      answer.catch(() => this.cache.delete(links.address));
      this.cache.set(links.address, answer);
    }
    return this.cache.get(links.address);
  };

  /**
   * @param {LinkColumns | null} columns
   * @param {Links} [links]
   */
  Layer.prototype.draw = function (columns, links) {
    this.shown.forEach((link) => link.lines.forEach((line) => line.remove()));
    this.shown = [];
    this.isQuiet = Boolean(links && links.quiet);
    this.keys = (columns && columns.keys) || [];
    const kept = links && links.shown ? new Set(links.shown) : null;
    const ranks = new Map();
    const next = (key) => {
      ranks.set(key, (ranks.get(key) || 0) + 1);
      return ranks.get(key) - 1;
    };
    (columns ? columns.id : []).forEach((id, i) => {
      if (kept && !kept.has(id)) return;
      const link = this.read(columns, i);
      const ends = [link.from, link.to].map(String).sort();
      link.rank = next(ends.join(";"));
      if (this.map.distance(link.from, link.to) < 15000) link.turn = next(this.town(link.from));
      this.add(link, links.selected);
    });
    this.map.getContainer().dataset.links = String(this.shown.length);
    if (this.onDraw) this.onDraw();
  };

  /** @param {LinkColumns} columns */
  Layer.prototype.read = function (columns, i) {
    return {
      id: columns.id[i], from: [columns.lat1[i], columns.lon1[i]], to: [columns.lat2[i], columns.lon2[i]],
      part: { name: columns.label[i], text: columns.text[i], isQuiet: this.isQuiet },
      color: columns.color[i], dash: columns.dash[i] || null, width: columns.width[i],
    };
  };

  Layer.prototype.add = function (link, selected) {
    const isDim = Boolean(selected) && link.id !== selected;
    const common = { pane: "atlas-links", lineCap: "round", smoothFactor: 0.5, interactive: false, fill: false };
    const halo = L.polyline([], Object.assign({ className: "atlas-glow", weight: link.width + 2.5,
      opacity: isDim ? 0.2 : 0.9 }, common));
    const line = L.polyline([], Object.assign({}, common, { color: link.color, dashArray: link.dash,
      weight: link.id === selected ? link.width + 1.5 : link.width, opacity: isDim ? 0.3 : 1 }));
    // A finger is wider than a line: an unseen one takes the click.
    const target = L.polyline([], Object.assign({}, common, { interactive: true, weight: 16, opacity: 0,
      bubblingMouseEvents: true }));
    target.on("mousemove click", (event) => { event.originalEvent.atlasPart = link.part; });
    target.on("click", (event) => this.choose(link.id, event.originalEvent));
    link.lines = [halo, line, target];
    this.shape(link);
    link.lines.forEach((each) => each.addTo(this.map));
    this.shown.push(link);
  };

  /** @param {number[]} point */
  Layer.prototype.town = function ([lat, lon]) {
    return Math.round(lat / TOWN) + "/" + Math.round(lon / TOWN);
  };

  /** Ends that touch on the screen are joined by a loop, that a finger can reach at any zoom. */
  Layer.prototype.shape = function (link) {
    const [from, to] = [link.from, link.to].map((end) => this.map.latLngToLayerPoint(end));
    const isLoop = link.turn !== undefined && from.distanceTo(to) < SHORT;
    if (link.isLoop === isLoop && !isLoop) return;
    link.isLoop = isLoop;
    const points = isLoop ? this.loop(link) : this.curve(link);
    link.lines.forEach((line) => line.setLatLngs(points));
  };

  /** A quadratic curve; the next link between the same ends bends more, or to the other side. */
  Layer.prototype.curve = function (link) {
    const isTurned = String(link.from) > String(link.to);
    const side = (link.rank % 2 ? -1 : 1) * (isTurned ? -1 : 1);
    const bend = side * BEND * (1 + Math.floor(link.rank / 2));
    const crs = this.map.options.crs;
    const a = crs.latLngToPoint(L.latLng(link.from), 8);
    const b = crs.latLngToPoint(L.latLng(link.to), 8);
    const control = L.point((a.x + b.x) / 2 - (b.y - a.y) * bend * 2, (a.y + b.y) / 2 + (b.x - a.x) * bend * 2);
    const points = [];
    for (let step = 0; step <= STEPS; step += 1) {
      const t = step / STEPS;
      const [u, v, w] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
      points.push(crs.pointToLatLng(L.point(u * a.x + v * control.x + w * b.x, u * a.y + v * control.y + w * b.y), 8));
    }
    return points;
  };

  Layer.prototype.loop = function (link) {
    const far = Math.min(1, Math.max(0.4, (this.map.getZoom() - 3) / 5)); // of the country, they would hide a region
    const radius = far * LOOP * (1 + 0.45 * link.turn);
    const zoom = this.map.getZoom();
    const base = this.map.project(link.from, zoom);
    const points = [];
    for (let step = 0; step <= STEPS; step += 1) {
      const angle = (2 * Math.PI * step) / STEPS;
      points.push(this.map.unproject(base.add([radius * Math.sin(angle), radius * (Math.cos(angle) - 1)]), zoom));
    }
    return points;
  };

  return { Layer: Layer };
})();
