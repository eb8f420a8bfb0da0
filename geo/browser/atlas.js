/* The map of territories: geometry fetched by address once, values painted at each rerun. */
window.Atlas = window.Atlas || {};

Atlas.map = (function () {
  "use strict";

  const SVG_NS = "http://www.w3.org/2000/svg";
  const HOME = [[41.3, -5.3], [51.15, 9.7]];
  const NATIONAL_ZOOM = 7;
  let current = null;

  function fetchJson(address, attempts) {
    return fetch(address).then(
      function (response) {
        if (!response.ok) throw new Error(address + ": " + response.status);
        return response.json();
      },
    ).catch(function (error) {
      if (attempts <= 1) throw error;
      return new Promise((resolve) => setTimeout(resolve, 800)).then(() => fetchJson(address, attempts - 1));
    });
  }

  function AtlasMap(map, addresses) {
    this.map = map;
    this.config = Object.assign({ addresses: addresses }, Atlas.settings);
    this.values = null;
    this.focus = "";
    this.clicks = 0;
    this.layers = new Map();
    this.shapes = new Map();
    this.preparePage();
    this.preparePanes();
    this.prepareEvents();
    map.fitBounds(HOME, { animate: false });
    // The values come right after and may name another geometry: only that one is fetched.
    setTimeout(() => { this.started = true; this.load(); }, 0);
    fetchJson(addresses.outlines, 2).then((topology) => this.drawOutlines(topology)).catch((error) => {
      console.warn(error);
    });
  }

  AtlasMap.prototype.preparePage = function () {
    const texts = this.config.texts;
    document.documentElement.lang = "fr";
    document.title = texts.title;
    if (window.frameElement) window.frameElement.title = texts.title;
    const box = this.map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", texts.help);
    this.map.attributionControl.setPrefix("");
    this.map.attributionControl.addAttribution(L.Util.template("{a}", { a: texts.attribution }));
    L.control.zoom({ zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(this.map);
    Atlas.controls.button(this.map, "topleft", texts.home, "⌂", () => this.go(L.latLngBounds(HOME)));
    if (!(window.Streamlit && window.Streamlit.setComponentValue)) {
      Atlas.controls.note(this.map, texts.noClick);
    }
  };

  AtlasMap.prototype.preparePanes = function () {
    [["atlas-overlay", 405], ["atlas-outlines", 410], ["atlas-selected", 420], ["atlas-sites", 450]].forEach(([name, index]) => {
      const pane = this.map.createPane(name);
      pane.style.zIndex = index;
      pane.style.pointerEvents = "none";
    });
    this.renderer = L.svg({ padding: 0.4 });
    this.sites = new Atlas.sites.Layer(this.map, this.config);
    this.overlay = new Atlas.overlay.Layer(this.map, (code) => this.choose(code));
    this.tooltip = L.tooltip({ className: "atlas-tooltip", direction: "auto", offset: [12, 0], opacity: 1 });
  };

  AtlasMap.prototype.prepareEvents = function () {
    this.map.on("mousemove", (event) => this.hover(event));
    this.map.on("mouseout", () => this.tooltip.remove());
    this.map.on("click", (event) => this.hover(event));
    this.map.on("zoomend", () => {
      this.map.getContainer().classList.toggle("atlas-far", this.map.getZoom() > NATIONAL_ZOOM);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.values && this.values.selected) this.choose(null);
    });
  };

  /** Fetch and draw the areas: those of the values, or of the base map. The last ones asked for win. */
  AtlasMap.prototype.load = function () {
    const addresses = (this.values && this.values.layers) || this.config.addresses;
    const wanted = addresses.territories + addresses.areas;
    if (!wanted || wanted === this.wanted) return;
    this.wanted = wanted;
    this.ready = false;
    Promise.all([fetchJson(addresses.territories, 2), fetchJson(addresses.areas, 2)])
      .then(([topology, areas]) => {
        if (wanted !== this.wanted) return;
        this.areas = new Map(areas.code.map((code, i) => [code, {
          code: code, name: areas.name[i], kind: areas.kind[i], reg: areas.reg[i], place: i, note: areas.note[i],
        }]));
        this.drawTerritories(topology);
        this.ready = true;
        if (this.values) this.paint(this.values);
        this.map.getContainer().dataset.painted = String(this.layers.size);
      })
      .catch((error) => wanted === this.wanted && this.fail(error));
  };

  AtlasMap.prototype.fail = function (error) {
    console.warn(error);
    this.wanted = null;
    const texts = this.config.texts;
    Atlas.controls.note(this.map, texts.noGeometry, { label: texts.retry, run: () => this.load() });
  };

  AtlasMap.prototype.drawTerritories = function (topology) {
    const arcs = Atlas.topology.decodeArcs(topology);
    this.layers.forEach((layer) => layer.remove());
    this.layers.clear();
    this.shapes.clear();
    topology.objects.territories.geometries.forEach((geometry) => {
      const shape = Atlas.topology.polygons(arcs, geometry);
      if (!shape.length || !this.areas.has(geometry.id)) return;
      this.shapes.set(geometry.id, shape);
      const layer = L.polygon(shape, {
        renderer: this.renderer, color: "#ffffff", weight: 1, fillOpacity: 1,
        fillColor: "#e8e8e8", smoothFactor: 0.6, bubblingMouseEvents: true,
      }).addTo(this.map);
      layer.atlasCode = geometry.id;
      layer.on("mousemove click", (event) => { event.originalEvent.atlasCode = geometry.id; });
      layer.on("click", () => this.choose(geometry.id));
      this.layers.set(geometry.id, layer);
    });
    this.addPatterns();
    const go = (bounds) => this.go(bounds);
    this.insets = Atlas.controls.insets(this.map, this.config.overseas, this.shapes, go);
  };

  /** Hatches tell the areas that carry no class apart, whatever the colours. */
  AtlasMap.prototype.addPatterns = function () {
    if (this.renderer._container.querySelector("defs")) return;
    const defs = document.createElementNS(SVG_NS, "defs");
    Object.entries(this.config.patterns).forEach(([name, pattern]) => {
      const node = document.createElementNS(SVG_NS, "pattern");
      const attributes = { id: "atlas-" + name, width: 7, height: 7, patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(" + pattern.angle + ")" };
      Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
      const ground = document.createElementNS(SVG_NS, "rect");
      ground.setAttribute("width", 7);
      ground.setAttribute("height", 7);
      ground.setAttribute("fill", pattern.ground);
      const line = document.createElementNS(SVG_NS, "rect");
      line.setAttribute("width", pattern.width);
      line.setAttribute("height", 7);
      line.setAttribute("fill", pattern.line);
      node.append(ground, line);
      defs.appendChild(node);
    });
    this.renderer._container.insertBefore(defs, this.renderer._container.firstChild);
  };

  AtlasMap.prototype.drawOutlines = function (topology) {
    const arcs = Atlas.topology.decodeArcs(topology);
    [["departements", 0.7, 0.55], ["regions", 1.6, 0.85]].forEach(([name, weight, opacity]) => {
      if (!topology.objects[name]) return;
      L.polyline(Atlas.topology.mesh(arcs, topology.objects[name]), {
        pane: "atlas-outlines", interactive: false, color: "#44515c", weight: weight,
        opacity: opacity, smoothFactor: 0.6,
      }).addTo(this.map);
    });
  };

  AtlasMap.prototype.fillOf = function (area) {
    const mark = this.values.classes[area.place];
    const pattern = { h: "hors", n: "libre", "?": "inconnu" }[mark];
    if (pattern) return "url(#atlas-" + pattern + ")";
    return this.values.colors[parseInt(mark, 10)] || "url(#atlas-inconnu)";
  };

  /** Paint the values; when the geometry is not there yet, they wait for it. */
  AtlasMap.prototype.paint = function (values) {
    this.values = values;
    if (this.started) this.load();
    if (!this.ready) return;
    this.layers.forEach((layer, code) => {
      const area = this.areas.get(code);
      const isOutside = Boolean(values.region) && area.reg !== values.region;
      const fill = this.fillOf(area);
      layer.setStyle({ fillColor: fill, fillOpacity: isOutside ? 0.22 : 1 });
      (this.insets.get(code) || []).forEach((path) => path.setAttribute("fill", fill));
    });
    this.outlineSelected();
    this.overlay.show(values.overlay);
    this.showSites();
    const focus = values.selected || (values.region ? "region:" + values.region : "");
    if (focus !== this.focus) this.follow(focus);
    this.map.getContainer().dataset.values = values.token;
  };

  AtlasMap.prototype.outlineSelected = function () {
    (this.selected || []).forEach((layer) => layer.remove());
    const shape = this.shapes.get(this.values.selected);
    const styles = [{ color: "#ffffff", weight: 7 }, { color: this.config.selectedColor, weight: 3.5 }];
    this.selected = !shape ? [] : styles.map((style) => L.polygon(shape, Object.assign({
      pane: "atlas-selected", interactive: false, fill: false, smoothFactor: 0.6,
    }, style)).addTo(this.map));
  };

  /** Establishments are fetched when they are first wanted: the general hospitals, then the others. */
  AtlasMap.prototype.loadSites = function (name) {
    this.siteLoads = this.siteLoads || {};
    if (!this.siteLoads[name]) {
      this.siteLoads[name] = fetchJson(this.config.addresses[name], 2)
        .then((columns) => this.sites.fill(columns))
        .catch(() => {
          delete this.siteLoads[name];
          Atlas.controls.note(this.map, this.config.texts.noSites);
        });
    }
    return this.siteLoads[name];
  };

  AtlasMap.prototype.showSites = function () {
    const wanted = { aucun: [], tous: ["sites", "others"] }[this.values.sites] || ["sites"];
    const state = this.values.sites + "/" + (this.values.region || "");
    Promise.all(wanted.map((name) => this.loadSites(name))).then(() => {
      // The latest choice wins: a slow download never shows an older one.
      if (state === this.values.sites + "/" + (this.values.region || "") && state !== this.siteState) {
        this.sites.show(this.values.sites, this.values.region);
        this.siteState = state;
      }
    });
  };

  AtlasMap.prototype.follow = function (focus) {
    const isFirst = this.focus === "" && !this.hasMoved;
    this.focus = focus;
    let bounds = L.latLngBounds(HOME);
    if (focus.startsWith("region:")) {
      bounds = L.latLngBounds([]);
      this.layers.forEach((layer, code) => {
        if (this.areas.get(code).reg === this.values.region) bounds.extend(layer.getBounds());
      });
    } else if (this.layers.has(focus)) bounds = this.layers.get(focus).getBounds();
    else if (focus) return;
    if (bounds.isValid()) this.go(bounds, isFirst);
  };

  AtlasMap.prototype.go = function (bounds, isInstant) {
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const view = this.map.getBoundsZoom(bounds) - this.map.getZoom();
    this.hasMoved = true;
    const options = { padding: [24, 24], maxZoom: 10 };
    if (isInstant || isCalm || Math.abs(view) > 4) this.map.fitBounds(bounds, Object.assign(options, { animate: false }));
    else this.map.flyToBounds(bounds, Object.assign(options, { duration: 0.45 }));
  };

  AtlasMap.prototype.hover = function (event) {
    if (!this.ready || !this.values) return;
    const site = this.sites.at(this.map.mouseEventToLayerPoint(event.originalEvent));
    const part = event.originalEvent.atlasPart;
    const area = this.areas.get(event.originalEvent.atlasCode);
    if (!site && !part && !area) return void this.tooltip.remove();
    const key = site || part || area.code + this.values.token;
    if (key !== this.shownCard) {
      const lines = site ? Atlas.sites.lines(site) : part ? Atlas.overlay.lines(part) : this.lines(area);
      this.tooltip.setContent(Atlas.controls.card(lines));
    }
    this.shownCard = key;
    this.tooltip.setLatLng(event.latlng);
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  };

  AtlasMap.prototype.lines = function (area) {
    const text = this.values.texts[area.place];
    const value = text ? text + "\u00a0" + this.values.unit : this.config.texts.unknown;
    return { title: area.name, rows: [this.values.label + " : " + value, area.note].filter(Boolean) };
  };

  /** Choose an area, or none; the second click on the same one chooses none. */
  AtlasMap.prototype.choose = function (code) {
    if (!this.values) return;
    const chosen = code === this.values.selected ? null : code;
    this.values = Object.assign({}, this.values, { selected: chosen });
    this.outlineSelected();
    this.clicks += 1;
    if (window.Streamlit && window.Streamlit.setComponentValue) {
      window.Streamlit.setComponentValue({ atlas_click: { area_code: chosen, count: this.clicks } });
    }
  };

  return {
    start: function (map, addresses) { current = new AtlasMap(map, addresses); },
    paint: function (values) { if (current) current.paint(values); },
    current: function () { return current; },
  };
})();
