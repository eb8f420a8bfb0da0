// @ts-check
/* Several maps in one frame, kept at the same ground scale: one moves, the others follow. */
window.Atlas = window.Atlas || {};

Atlas.panes = (function () {
  "use strict";

  const KM = 111.195; // a degree of latitude, on the sphere that Leaflet measures on
  const TILE = 256;
  const MARGIN = 1.08;
  const ZOOM_IN = 4; // how far from the first view, in steps of two
  const ZOOM_OUT = 3.5;
  const NEAR_KM = 0.3; // under this length of a pixel, borders are drawn in detail
  const NEIGHBOUR = 0.45;
  const HOME = { k: 1, x: 0, y: 0 };
  const BAR = 52;
  const LEAST = 320;
  const SINGLE = 640; // narrower, the maps are one under another
  const WIDE = 900; // from here, three stand in one row

  const OUTLINES = [["departements", 0.7, 0.55], ["regions", 1.6, 0.85]];

  const cosine = (lat) => Math.cos((lat * Math.PI) / 180);

  /** Kilometres of ground under a pixel. */
  const groundOf = (lat, zoom) => (360 * KM * cosine(lat)) / (TILE * 2 ** zoom);
  const zoomOf = (lat, ground) => Math.log2((360 * KM * cosine(lat)) / (TILE * ground));

  /**
   * One map: a territory among its neighbours.
   * @param {PaneView} seen
   */
  function Pane(panes, seen) {
    this.panes = panes;
    this.seen = seen;
    this.home = 0; // kilometres under a pixel of the first view
    this.layers = new Map();
    const node = Atlas.controls.element;
    this.box = node("section", "atlas-pane");
    const head = this.box.appendChild(node("header", ""));
    this.title = head.appendChild(node("h2", "", seen.name));
    this.said = head.appendChild(node("p", ""));
    this.ground = this.box.appendChild(node("div", "atlas-pane-map"));
    this.box.setAttribute("aria-label", seen.name);
  }

  Pane.prototype.start = function () {
    if (this.seen.lon === null || this.map) return;
    const map = this.map = L.map(this.ground, {
      attributionControl: false, zoomControl: false, zoomAnimation: false, fadeAnimation: false, trackResize: false,
      zoomSnap: 0, wheelPxPerZoomLevel: 120, center: [this.seen.lat, this.seen.lon], zoom: 8,
    });
    this.ground.setAttribute("role", "region");
    [["outlines", 410], ["selected", 420], ["sites", 450]].forEach(([name, index]) => {
      Object.assign(map.createPane("atlas-" + name).style, { zIndex: index, pointerEvents: "none" });
    });
    this.renderer = L.svg({ padding: 0.5 });
    this.sites = new Atlas.sites.Layer(map, this.panes.config);
    this.tooltip = L.tooltip({ className: "atlas-tooltip", direction: "auto", offset: [12, 0], opacity: 1 });
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
    Atlas.gestures.start(map, this.panes.config.texts.twoFingers);
    map.on("move", () => this.panes.follow(this, false));
    map.on("moveend", () => this.panes.follow(this, true));
    map.on("mousemove click", (event) => this.hover(event));
    map.on("click", (event) => {
      if (this.sites.press(map.mouseEventToLayerPoint(event.originalEvent)).isHit) this.tooltip.remove();
    });
    map.on("mouseout", () => this.tooltip.remove());
  };

  /** Length of a pixel that shows the whole territory. */
  Pane.prototype.need = function () {
    const size = this.map.getSize();
    return MARGIN * Math.max((2 * this.seen.across) / Math.max(size.x, 1), (2 * this.seen.up) / Math.max(size.y, 1));
  };

  Pane.prototype.limit = function () {
    const zoom = zoomOf(this.seen.lat, this.home);
    Object.assign(this.map.options, { minZoom: zoom - ZOOM_OUT, maxZoom: zoom + ZOOM_IN });
  };

  /** The view, counted from the first one: pixels of that one, and how many times smaller. */
  Pane.prototype.read = function () {
    const centre = this.map.getCenter();
    const middle = (centre.lat + this.seen.lat) / 2;
    return {
      k: groundOf(centre.lat, this.map.getZoom()) / this.home,
      x: ((centre.lng - this.seen.lon) * KM * cosine(middle)) / this.home,
      y: ((centre.lat - this.seen.lat) * KM) / this.home,
    };
  };

  Pane.prototype.apply = function (state, keepZoom) {
    const lat = this.seen.lat + (state.y * this.home) / KM;
    const lon = this.seen.lon + (state.x * this.home) / (KM * cosine((lat + this.seen.lat) / 2));
    const zoom = keepZoom ? this.map.getZoom() : zoomOf(lat, this.home * state.k);
    this.map.setView([lat, lon], zoom, { animate: false });
  };

  /** Draw what the view needs and does not have yet: neighbours, then detail when close. */
  Pane.prototype.complete = function (isStill) {
    const seen = Atlas.topology.boxOf(this.map.getBounds().pad(0.5));
    const isNear = groundOf(this.map.getCenter().lat, this.map.getZoom()) < NEAR_KM;
    if (isNear) this.panes.refine();
    this.panes.shapes.forEach((shape, code) => {
      const layer = this.layers.get(code);
      const drawing = (isNear && shape.fine) || shape.first;
      if (!Atlas.topology.meet(seen, shape.box)) {
        if (layer) layer.remove();
        this.layers.delete(code);
      } else if (!layer) this.add(code, drawing);
      else if (layer.atlasShape !== drawing) {
        layer.atlasShape = drawing;
        layer.swap(drawing, isStill);
        if (code === this.seen.code) this.outline();
      }
    });
    this.drawLines(isNear, isStill);
  };

  Pane.prototype.add = function (code, drawing) {
    const isOwn = code === this.seen.code;
    const layer = new Atlas.shapes.Polygon(drawing, {
      renderer: this.renderer, className: "atlas-area", weight: 1, fillOpacity: isOwn ? 1 : NEIGHBOUR,
      fillColor: this.panes.fillOf(code), bubblingMouseEvents: true,
    }).addTo(this.map);
    layer.atlasShape = drawing;
    layer.on("mousemove click", (event) => { event.originalEvent.atlasCode = code; });
    this.layers.set(code, layer);
    if (isOwn) this.outline();
  };

  Pane.prototype.outline = function () {
    (this.selected || []).forEach((layer) => layer.remove());
    const styles = [{ className: "atlas-halo", weight: 6 }, { color: this.panes.config.selectedColor, weight: 3 }];
    this.selected = styles.map((style) => new Atlas.shapes.Polygon(this.layers.get(this.seen.code).atlasShape, Object.assign({
      pane: "atlas-selected", interactive: false, fill: false,
    }, style)).addTo(this.map));
  };

  Pane.prototype.drawLines = function (isNear, isStill) {
    const lines = (isNear && this.panes.lines.fine) || this.panes.lines.first;
    if (!lines || lines === this.given) return;
    this.given = lines;
    if (this.lines) return void this.lines.forEach((layer, i) => layer.swap(lines[i], isStill));
    this.lines = OUTLINES.map(([, weight, opacity], i) => new Atlas.shapes.Lines(lines[i], {
      pane: "atlas-outlines", className: "atlas-outline", interactive: false, weight: weight, opacity: opacity,
    }).addTo(this.map));
  };

  /** The sites of the territory, and only those. */
  Pane.prototype.drawSites = function (groups) {
    if (this.hasSites || !groups) return;
    this.hasSites = true;
    groups.forEach((columns) => {
      const kept = columns.area.flatMap((area, i) => (area === this.seen.code ? [i] : []));
      const own = Object.entries(columns).map(
        ([name, values]) => [name, name === "ghts" ? values : kept.map((i) => values[i])]);
      this.sites.fill(Object.fromEntries(own));
    });
    this.sites.show("generaux", "");
    this.ground.dataset.sites = String(this.sites.shown.length);
  };

  Pane.prototype.hover = function (event) {
    const site = this.sites.at(this.map.mouseEventToLayerPoint(event.originalEvent));
    const code = event.originalEvent.atlasCode;
    const lines = site ? Atlas.sites.lines(site) : code && this.panes.linesOf(code);
    if (!lines) return void this.tooltip.remove();
    this.tooltip.setContent(Atlas.controls.card(lines)).setLatLng(event.latlng);
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  };

  /**
   * Take new words and colours; the view stays.
   * @param {PaneView} seen
   */
  Pane.prototype.paint = function (seen) {
    this.seen = seen;
    this.said.textContent = [seen.text, this.map && seen.note].filter(Boolean).join(" – ");
    if (!this.map) return void (this.ground.textContent = seen.note);
    const help = { name: seen.name, text: this.said.textContent };
    this.ground.setAttribute("aria-label", L.Util.template(this.panes.config.texts.paneHelp, help));
    this.layers.forEach((layer, code) => layer.setStyle({ fillColor: this.panes.fillOf(code) }));
  };

  Pane.prototype.remove = function () {
    if (this.map) this.map.remove();
    this.box.remove();
  };

  /**
   * All the maps of the frame; `host` is the one that folium made, which shows nothing.
   * @param {Addresses} addresses
   */
  function Panes(host, addresses) {
    /** @type {Config} */
    this.config = Object.assign({ addresses: addresses }, Atlas.settings);
    this.panes = new Map();
    this.shapes = new Map();
    this.lines = {};
    /** @type {MapValues | null} */
    this.values = null;
    this.state = HOME;
    host.getContainer().style.display = "none";
    this.preparePage();
    window.addEventListener("resize", () => this.arrange());
    this.load();
  }

  Panes.prototype.preparePage = function () {
    const [texts, node] = [this.config.texts, Atlas.controls.element];
    Atlas.theme.start(texts.panesTitle);
    this.root = document.body.appendChild(node("main", "atlas-panes"));
    this.root.setAttribute("aria-label", texts.panesTitle);
    const hatches = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    hatches.setAttribute("aria-hidden", "true");
    Atlas.patterns.add(hatches, this.config.patterns);
    this.root.appendChild(hatches);
    const bar = this.root.appendChild(node("div", "atlas-panes-bar"));
    [["+", texts.zoomIn, () => this.zoom(0.5)], ["−", texts.zoomOut, () => this.zoom(2)],
      [texts.frameAll, texts.frameAllHelp, () => this.goHome()]].forEach(([label, help, run]) => {
      const button = bar.appendChild(node("button", "", label));
      Object.assign(button, { type: "button", title: help, onclick: run });
      button.setAttribute("aria-label", help);
    });
    bar.appendChild(node("span", "", texts.attribution));
    this.grid = this.root.appendChild(node("div", "atlas-panes-grid"));
  };

  Panes.prototype.say = function (text, action) {
    if (this.note) this.note.remove();
    this.note = Atlas.controls.note({ getContainer: () => this.root }, text, action, this.config.texts.close);
  };

  /** Fetch what every map is drawn with, once; lines and sites may come later or not at all. */
  Panes.prototype.load = function () {
    const [addresses, texts] = [this.config.addresses, this.config.texts];
    Promise.all([Atlas.fetchJson(addresses.territories, 2), Atlas.fetchJson(addresses.areas, 2)])
      .then(([topology, areas]) => {
        this.areas = new Map(areas.code.map((code, i) => [code, { name: areas.name[i], note: areas.note[i], place: i }]));
        this.read(topology, "first");
        this.show();
      })
      .catch((error) => {
        console.warn(error);
        this.say(texts.noGeometry, { label: texts.retry, run: () => this.load() });
      });
    Atlas.fetchJson(addresses.outlines, 2).then((topology) => {
      this.readLines(topology, "first");
      this.show();
    }).catch((error) => console.warn(error));
    Promise.all([Atlas.fetchJson(addresses.supports, 2), Atlas.fetchJson(addresses.sites, 2)]).then((groups) => {
      this.groups = groups;
      this.show();
    }).catch(() => this.say(texts.noSites));
  };

  Panes.prototype.read = function (topology, detail) {
    const arcs = Atlas.topology.decodeArcs(topology);
    topology.objects.territories.geometries.forEach((geometry) => {
      const rings = Atlas.topology.polygons(arcs, geometry).flat();
      if (!rings.length || !this.areas.has(geometry.id)) return;
      const shape = this.shapes.get(geometry.id) || { box: Atlas.topology.around(rings.map((ring) => ring.box)) };
      shape[detail] = rings;
      this.shapes.set(geometry.id, shape);
    });
  };

  Panes.prototype.readLines = function (topology, detail) {
    const arcs = Atlas.topology.decodeArcs(topology);
    this.lines[detail] = OUTLINES.map(([name]) => Atlas.topology.mesh(arcs, topology.objects[name] || {}));
  };

  Panes.prototype.refine = function () {
    if (this.isAsked) return;
    this.isAsked = true;
    const wanted = [this.config.addresses.finer, this.config.addresses.finerOutlines];
    Promise.all(wanted.map((address) => Atlas.fetchJson(address, 2))).then(([territories, outlines]) => {
      this.read(territories, "fine");
      this.readLines(outlines, "fine");
      this.drawn().forEach((pane) => pane.complete(true));
      this.grid.dataset.detail = "fine";
    }).catch((error) => {
      this.isAsked = false; // the first drawing stays: the next move asks again
      console.warn(error);
    });
  };

  Panes.prototype.fillOf = function (code) {
    return Atlas.patterns.fillOf(this.values, this.areas.get(code).place);
  };

  Panes.prototype.linesOf = function (code) {
    return Atlas.controls.figure(this.areas.get(code), this.values, this.config);
  };

  /** The maps on screen: a territory that nothing draws has none. */
  Panes.prototype.drawn = function () {
    return Array.from(this.panes.values()).filter((pane) => pane.map);
  };

  /** @param {MapValues} values */
  Panes.prototype.paint = function (values) {
    const said = (one) => one.scale + one.panes.map((seen) => seen.code);
    const isSame = this.values && said(values) === said(this.values);
    this.values = values;
    if (!isSame) this.state = HOME;
    this.show();
    // streamlit-folium gives the frame its height once this is done.
    Promise.resolve().then(() => this.arrange());
  };

  /** Make the maps that are missing, take away those no longer compared, paint what is known. */
  Panes.prototype.show = function () {
    if (!this.values) return;
    try {
      const wanted = new Set(this.values.panes.map((seen) => seen.code));
      this.panes.forEach((pane, code) => {
        if (wanted.has(code)) return;
        pane.remove();
        this.panes.delete(code);
      });
      this.values.panes.forEach((seen) => {
        if (!this.panes.has(seen.code)) this.panes.set(seen.code, new Pane(this, seen));
        this.grid.appendChild(this.panes.get(seen.code).box);
      });
      this.grid.dataset.count = String(this.panes.size);
      if (!this.areas) return;
      this.values.panes.forEach((seen) => {
        const pane = this.panes.get(seen.code);
        pane.start();
        pane.paint(seen);
        if (!pane.map) return;
        pane.drawSites(this.groups);
      });
      this.arrange();
      this.grid.dataset.values = this.values.token;
    } catch (error) {
      console.warn(error);
      this.say(this.config.texts.noPanes);
    }
  };

  /** Place the maps in the frame, which grows when they would be too small, and give each its first view. */
  Panes.prototype.arrange = function () {
    if (!this.values) return;
    const [count, width] = [this.values.panes.length, window.innerWidth];
    const columns = width < SINGLE ? 1 : count === 3 && width >= WIDE ? 3 : 2;
    const least = BAR + LEAST * Math.ceil(count / columns);
    this.grid.style.gridTemplateColumns = "repeat(" + columns + ", minmax(0, 1fr))";
    if (window.Streamlit) window.Streamlit.setFrameHeight(Math.max(this.values.height, least));
    const drawn = this.drawn();
    this.isMoving = true; // a change of size is nobody's move
    drawn.forEach((pane) => pane.map.invalidateSize({ animate: false, pan: false, debounceMoveend: false }));
    const needs = drawn.map((pane) => pane.need());
    const widest = Math.max(...needs);
    drawn.forEach((pane, i) => {
      pane.home = this.values.scale === "commune" ? widest : needs[i];
      pane.limit();
    });
    this.move(this.state);
  };

  /** Show a state on all the maps, or on all but the one it comes from. */
  Panes.prototype.move = function (state, source, keepZoom) {
    this.isMoving = true;
    this.drawn().forEach((pane) => {
      if (pane === source) return;
      pane.apply(state, keepZoom);
      if (!keepZoom) pane.complete();
    });
    this.isMoving = false;
  };

  /** A map was moved by somebody: the others take its place on the ground, exactly once it stops. */
  Panes.prototype.follow = function (source, isOver) {
    if (this.isMoving || !source.home || !this.areas) return;
    const state = source.read();
    const isPan = Math.abs(Math.log2(state.k / this.state.k)) < 0.02;
    if (isOver) this.state = state;
    this.move(state, source, !isOver && isPan);
    if (isOver) source.complete();
  };

  Panes.prototype.zoom = function (times) {
    const limit = Math.min(Math.max(this.state.k * times, 2 ** -ZOOM_IN), 2 ** ZOOM_OUT);
    this.state = Object.assign({}, this.state, { k: limit });
    this.move(this.state);
  };

  Panes.prototype.goHome = function () {
    this.state = HOME;
    this.move(this.state);
  };

  return { Panes: Panes, groundOf: groundOf };
})();
