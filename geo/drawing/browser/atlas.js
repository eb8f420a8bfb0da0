/* The map of territories: geometry fetched by address once, values painted at each rerun. */
window.Atlas = window.Atlas || {};

Atlas.map = (function () {
  "use strict";

  const HOME = [[41.3, -5.3], [51.15, 9.7]];
  const NATIONAL_ZOOM = 7;
  const ALWAYS = ["noms", "departements", "regions"];
  const PANES = [["overlay", 405], ["disputees", 406], ["communes", 407], ["outlines", 410], ["selected", 420],
    ["links", 440], ["sites", 450], ["measure", 470]];
  const OUTLINES = { departements: { weight: 0.7, opacity: 0.55 }, regions: { weight: 1.6, opacity: 0.85 } };
  const PATIENCE = 6000; // milliseconds without values before the map says so
  const MOST_AVOIDED = 400; // beyond, names could go nowhere
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

  Atlas.fetchJson = fetchJson;

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
    this.prepareTools();
    this.prepareEvents();
    this.expect(L.latLngBounds(HOME));
    map.fitBounds(HOME, Object.assign({ animate: false }, FIT));
    this.openLink();
    // The values come right after and may name another geometry: only that one is fetched.
    setTimeout(() => { this.started = true; this.load(); }, 0);
    fetchJson(addresses.outlines, 2).then((topology) => this.drawOutlines(topology)).catch((error) => {
      console.warn(error);
    });
  }

  AtlasMap.prototype.say = function (text, action) {
    return Atlas.controls.note(this.map, text, action, this.config.texts.close);
  };

  AtlasMap.prototype.preparePage = function () {
    const texts = this.config.texts;
    document.documentElement.lang = "fr";
    Atlas.theme.start();
    Atlas.theme.borrowFonts();
    document.title = texts.title;
    if (window.frameElement) window.frameElement.title = texts.title;
    const box = this.map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", texts.help);
    // The page decides how tall the frame is: more on a large screen.
    box.style.height = "100vh";
    this.map.invalidateSize({ animate: false });
    this.map.attributionControl.setPrefix("");
    this.map.attributionControl.addAttribution(L.Util.template("{a}", { a: texts.attribution }));
    L.control.zoom({ zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(this.map);
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(this.map);
    if (!(window.Streamlit && window.Streamlit.setComponentValue)) this.say(texts.noClick);
  };

  AtlasMap.prototype.preparePanes = function () {
    PANES.forEach(([name, index]) => {
      const pane = this.map.createPane("atlas-" + name);
      pane.style.zIndex = index;
      pane.style.pointerEvents = "none";
    });
    this.renderer = L.svg({ padding: 0.4 });
    const select = (code) => this.pick(code);
    this.sites = new Atlas.sites.Layer(this.map, this.config);
    this.places = new Atlas.places.Layer(this.map, this.config);
    this.places.onError = () => this.say(this.config.texts.noSites);
    this.overlay = new Atlas.overlay.Layer(this.map, "overlay", select);
    this.details = ["disputees", "communes"].map((name) => new Atlas.overlay.Layer(this.map, name, select));
    this.links = new Atlas.links.Layer(this.map, (id, event) => this.pickLink(id, event));
    this.links.onDraw = () => this.screen.show(this.screen.values, this.screen.marks, this.links.keys);
    [this.overlay, this.links, ...this.details].forEach((layer) => {
      layer.onError = () => this.say(this.config.texts.noLayer);
    });
    this.labels = new Atlas.labels.Layer(this.map);
    this.background = new Atlas.backgrounds.Layer(this.map, this.config, () => this.fillAreas());
    this.detail = new Atlas.detail.Detail(this.map, this.config.addresses, (isStill) => this.refine(isStill));
    this.tooltip = L.tooltip({ className: "atlas-tooltip", direction: "auto", offset: [12, 0], opacity: 1 });
  };

  AtlasMap.prototype.prepareTools = function () {
    const texts = this.config.texts;
    this.measure = new Atlas.tools.Measure(this.map, texts);
    this.screen = new Atlas.tools.Screen(this.map, this.config);
    const home = () => this.goHome();
    const measure = () => this.measure.toggle();
    const full = () => this.screen.toggle();
    const tools = [{ label: texts.home, icon: "home", run: home },
      { label: texts.measure, icon: "measure", run: measure, isToggle: true }];
    if (this.screen.isPossible) tools.push({ label: texts.fullScreen, icon: "full", run: full, isToggle: true });
    const nodes = Atlas.controls.bar(this.map, "topleft", tools);
    this.measure.button = nodes[1];
    this.screen.button = nodes[2];
    Atlas.tools.listen(this.map, { h: home, Home: home, m: measure, f: full,
      Enter: () => (this.measure.isOn ? this.measure.add(this.map.getCenter()) : false) });
  };

  /** The view of the address wins over that of the selection, once. */
  AtlasMap.prototype.openLink = function () {
    const open = (view) => {
      this.isRestored = true;
      this.map.setView(view.centre, view.zoom, { animate: false });
    };
    this.link = new Atlas.view.Link(this.map, open);
    const view = this.link.read();
    if (view && view.isWrong) {
      this.say(this.config.texts.wrongView);
      this.link.keep();
    } else if (view) open(view);
    this.map.on("moveend", () => this.link.update(this.isExpected()));
  };

  AtlasMap.prototype.prepareEvents = function () {
    this.map.on("mousemove", (event) => this.hover(event));
    this.map.on("mouseout", () => this.tooltip.remove());
    this.map.on("click", (event) => this.hover(event));
    this.map.on("zoomend", () => {
      this.map.getContainer().classList.toggle("atlas-far", this.map.getZoom() > NATIONAL_ZOOM);
    });
    // The view that the selection gives is given again when the frame changes size.
    this.map.on("moveend", () => {
      const size = this.map.getSize();
      if (!this.size || size.equals(this.size)) this.wasExpected = this.isExpected();
      this.size = this.size || size;
    });
    this.map.on("resize", () => {
      this.size = this.map.getSize();
      if (this.wasExpected) this.go(this.bounds, true);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (this.measure.isOn) this.measure.end();
      else if (this.values && this.values.selected) this.choose(null);
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
        else setTimeout(() => this.warnOfNoValues(), PATIENCE);
        this.map.getContainer().dataset.painted = String(this.layers.size);
      })
      .catch((error) => wanted === this.wanted && this.fail(error));
  };

  /** Without values, names alone: the frame no longer runs what comes with each rerun, or the server is late. */
  AtlasMap.prototype.warnOfNoValues = function () {
    if (!this.values) this.late = this.say(this.config.texts.noValues);
  };

  AtlasMap.prototype.fail = function (error) {
    console.warn(error);
    this.wanted = null;
    const texts = this.config.texts;
    this.say(texts.noGeometry, { label: texts.retry, run: () => this.load() });
  };

  AtlasMap.prototype.drawTerritories = function (topology) {
    this.layers.forEach((layer) => layer.remove());
    this.layers.clear();
    this.shapes = Atlas.detail.shapes(topology);
    this.shapes.forEach((shape, code) => {
      if (!this.areas.has(code)) return void this.shapes.delete(code);
      const layer = new Atlas.shapes.Polygon(shape.flat(), {
        renderer: this.renderer, className: "atlas-area", weight: 1, fillOpacity: 1,
        fillColor: "#e8e8e8", bubblingMouseEvents: true,
      }).addTo(this.map);
      layer.atlasCode = code;
      layer.on("mousemove click", (event) => { event.originalEvent.atlasCode = code; });
      layer.on("click", () => this.pick(code));
      this.layers.set(code, layer);
    });
    Atlas.patterns.add(this.renderer._container, this.config.patterns);
    const go = (bounds) => this.go(bounds);
    this.insets = Atlas.controls.insets(this.map, this.config.overseas, this.shapes, go, this.config.texts.insets);
    this.labels.fill(this.shapes, this.areas);
    if (this.detail.drawing) this.refine(true);
  };

  AtlasMap.prototype.drawOutlines = function (topology) {
    this.lines = Atlas.detail.lines(topology);
    this.outlines = new Map(Array.from(this.lines, ([name, lines]) => [name, new Atlas.shapes.Lines(lines,
      Object.assign({ pane: "atlas-outlines", className: "atlas-outline", interactive: false },
        OUTLINES[name]))]));
    this.showOutlines();
    if (this.detail.drawing) this.refine(true);
  };

  /** The shape of an area as it is drawn now. */
  AtlasMap.prototype.shapeOf = function (code) {
    const close = this.detail.drawing;
    return (close && close.shapes.get(code)) || this.shapes.get(code);
  };

  /** Show the close borders near, the first ones far; the areas, their colours and the view stay. */
  AtlasMap.prototype.refine = function (isStill) {
    const close = this.detail.drawing;
    this.layers.forEach((layer, code) => layer.swap(this.shapeOf(code).flat(), isStill));
    (this.outlines || []).forEach((layer, name) => {
      layer.swap((close && close.lines.get(name)) || this.lines.get(name), isStill);
    });
    if (this.values) this.outlineSelected();
    this.map.getContainer().dataset.detail = close ? "fine" : "";
  };

  AtlasMap.prototype.wants = function (name) {
    return ((this.values && this.values.show) || ALWAYS).includes(name);
  };

  AtlasMap.prototype.showOutlines = function () {
    (this.outlines || []).forEach((layer, name) => {
      if (this.wants(name)) layer.addTo(this.map);
      else layer.remove();
    });
  };

  /** What lies over and under the territories: each is fetched when it is first wanted. */
  AtlasMap.prototype.showLayers = function () {
    const values = this.values;
    this.overlay.show(values.overlay);
    this.details.forEach((layer) => {
      const address = (values.details || {})[layer.name];
      layer.show(address && this.wants(layer.name) ? { address: address } : null);
    });
    this.links.show(values.links);
    this.places.show(values.places);
    this.background.show(values.background || "");
    this.labels.show(this.wants("noms"));
    this.showOutlines();
    const marks = new Set(Array.from(this.layers.keys(), (code) => values.classes[this.areas.get(code).place]));
    this.screen.show(values, marks, this.links.keys);
  };

  AtlasMap.prototype.fillOf = function (area) {
    const mark = this.values.classes[area.place];
    const pattern = { h: "hors", n: "libre", "?": "inconnu" }[mark];
    if (pattern) return "url(#atlas-" + pattern + ")";
    return this.values.colors[parseInt(mark, 10)] || "url(#atlas-inconnu)";
  };

  AtlasMap.prototype.fillAreas = function () {
    const region = this.values.region;
    const strength = this.background.tiles ? 0.6 : 1; // a background shows through
    this.layers.forEach((layer, code) => {
      const area = this.areas.get(code);
      const isOutside = Boolean(region) && area.reg !== region;
      const fill = this.fillOf(area);
      layer.setStyle({ fillColor: fill, fillOpacity: isOutside ? 0.22 : strength });
      (this.insets.get(code) || []).forEach((path) => path.setAttribute("fill", fill));
    });
  };

  /** Paint the values; when the geometry is not there yet, they wait for it. */
  AtlasMap.prototype.paint = function (values) {
    this.values = values;
    if (this.late) this.late.remove();
    if (this.started) this.load();
    if (!this.ready) return;
    this.outlineSelected();
    this.showLayers();
    this.fillAreas();
    this.showSites();
    const focus = values.selected || (values.region ? "region:" + values.region : "");
    if (focus !== this.focus) this.follow(focus);
    this.isRestored = false;
    this.map.getContainer().dataset.values = values.token;
  };

  AtlasMap.prototype.outlineSelected = function () {
    (this.selected || []).forEach((layer) => layer.remove());
    const shape = this.shapeOf(this.values.selected);
    const styles = [{ className: "atlas-halo", weight: 7 }, { color: this.config.selectedColor, weight: 3.5 }];
    this.selected = !shape ? [] : styles.map((style) => new Atlas.shapes.Polygon(shape.flat(), Object.assign({
      pane: "atlas-selected", interactive: false, fill: false,
    }, style)).addTo(this.map));
  };

  /** Establishments are fetched when they are first wanted: supports, general hospitals, the others. */
  AtlasMap.prototype.loadSites = function (name) {
    this.siteLoads = this.siteLoads || {};
    if (!this.siteLoads[name]) {
      this.siteLoads[name] = fetchJson(this.config.addresses[name], 2)
        .then((columns) => this.sites.fill(columns))
        .catch(() => {
          delete this.siteLoads[name];
          this.say(this.config.texts.noSites);
        });
    }
    return this.siteLoads[name];
  };

  AtlasMap.prototype.showSites = function () {
    const wanted = { aucun: [], supports: ["supports"], tous: ["supports", "sites", "others"] }[this.values.sites]
      || ["supports", "sites"];
    const state = this.values.sites + "/" + (this.values.region || "");
    Promise.all(wanted.map((name) => this.loadSites(name))).then(() => {
      // The latest choice wins: a slow download never shows an older one.
      if (state === this.values.sites + "/" + (this.values.region || "") && state !== this.siteState) {
        this.sites.show(this.values.sites, this.values.region);
        this.siteState = state;
        const marks = this.sites.shown;
        this.labels.avoid(marks.length > MOST_AVOIDED ? [] : marks.map((marker) => marker.getLatLng()));
      }
    });
  };

  AtlasMap.prototype.follow = function (focus) {
    const isFirst = this.focus === "" && !this.hasMoved;
    this.focus = focus;
    if (this.hint) this.hint.remove();
    const codes = focus.startsWith("region:")
      ? Array.from(this.layers.keys()).filter((code) => this.areas.get(code).reg === this.values.region) : [focus];
    const bounds = focus ? this.frame(codes) : L.latLngBounds(HOME);
    if (!bounds.isValid()) return;
    this.expect(bounds);
    if (!this.isRestored) this.go(bounds, isFirst);
  };

  /** What to look at: lands an ocean apart are not shown together; the largest is, the others are named. */
  AtlasMap.prototype.frame = function (codes) {
    const lands = new Map();
    codes.flatMap((code) => this.shapes.get(code) || []).forEach((polygon) => {
      const bounds = Atlas.topology.boundsOf(polygon[0].box);
      const place = this.config.overseas.find((one) => L.latLngBounds(one.bounds).contains(bounds.getCenter()));
      const name = place ? place.label : "";
      lands.set(name, (lands.get(name) || L.latLngBounds([])).extend(bounds));
    });
    const size = ([, box]) => (box.getNorth() - box.getSouth()) * (box.getEast() - box.getWest());
    const ranked = Array.from(lands).sort((a, b) => size(b) - size(a));
    const others = ranked.slice(1).map(([name]) => name).filter(Boolean);
    if (others.length) this.hint = this.say(L.Util.template(this.config.texts.elsewhere, { names: others.join(", ") }));
    return ranked.length ? ranked[0][1] : L.latLngBounds([]);
  };

  const FIT = { padding: [24, 24], maxZoom: 10 };

  /** Remember the view that the selection gives: it needs no place in the address. */
  AtlasMap.prototype.expect = function (bounds) {
    this.bounds = bounds;
  };

  AtlasMap.prototype.isExpected = function () {
    if (!this.bounds) return false;
    const wanted = this.map._getBoundsCenterZoom(this.bounds, FIT);
    const zoom = this.map.getZoom();
    if (Math.abs(wanted.zoom - zoom) > 0.01) return false;
    return this.map.project(wanted.center, zoom).distanceTo(this.map.project(this.map.getCenter(), zoom)) < 4;
  };

  AtlasMap.prototype.go = function (bounds, isInstant) {
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const view = this.map.getBoundsZoom(bounds) - this.map.getZoom();
    this.hasMoved = true;
    if (isInstant || isCalm || Math.abs(view) > 4) this.map.fitBounds(bounds, Object.assign({ animate: false }, FIT));
    else this.map.flyToBounds(bounds, Object.assign({ duration: 0.45 }, FIT));
  };

  AtlasMap.prototype.goHome = function () {
    this.go(L.latLngBounds(HOME));
  };

  AtlasMap.prototype.hover = function (event) {
    if (!this.ready) return;
    if (this.measure.isOn) return void this.tooltip.remove();
    const point = this.map.mouseEventToLayerPoint(event.originalEvent);
    const site = this.places.at(point) || this.sites.at(point);
    const part = event.originalEvent.atlasPart;
    const area = this.areas.get(event.originalEvent.atlasCode);
    if (!site && !part && !area) return void this.tooltip.remove();
    const key = site || part || area.code + (this.values ? this.values.token : "");
    if (key !== this.shownCard) {
      const lines = site ? Atlas.sites.lines(site) : part ? Atlas.overlay.lines(part) : this.describe(area);
      if (!site && part && part.isQuiet) lines.rows.push(this.config.texts.linkSheet);
      this.tooltip.setContent(Atlas.controls.card(lines));
    }
    this.shownCard = key;
    this.tooltip.setLatLng(event.latlng);
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  };

  AtlasMap.prototype.describe = function (area) {
    if (!this.values) return { title: area.name, rows: [area.note].filter(Boolean) };
    const text = this.values.texts[area.place];
    const value = text ? text + "\u00a0" + this.values.unit : this.config.texts.unknown;
    return { title: area.name, rows: [this.values.label + " : " + value, area.note].filter(Boolean) };
  };

  /** A click on a territory, unless it marks a point of a measure. */
  AtlasMap.prototype.pick = function (code) {
    if (!this.measure.isOn) this.choose(code);
  };

  /** A click on a link: on the territory under it when the page has no sheet to open. */
  AtlasMap.prototype.pickLink = function (id, event) {
    if (this.measure.isOn) return;
    if (!this.links.isQuiet) return void this.send({ link_id: id });
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    const found = Array.from(this.layers).find(([, layer]) => under.includes(layer._path));
    if (found) this.choose(found[0]);
  };

  /** Choose an area, or none; the second click on the same one chooses none. */
  AtlasMap.prototype.choose = function (code) {
    if (!this.values) return;
    const chosen = code === this.values.selected ? null : code;
    this.values = Object.assign({}, this.values, { selected: chosen });
    this.isRestored = false;
    this.outlineSelected();
    this.send({ area_code: chosen });
  };

  /** Hand a click back to Streamlit; the count makes a second one on the same place an event. */
  AtlasMap.prototype.send = function (said) {
    this.clicks += 1;
    if (window.Streamlit && window.Streamlit.setComponentValue) {
      window.Streamlit.setComponentValue({ atlas_click: Object.assign(said, { count: this.clicks }) });
    }
  };

  return {
    start: function (map, addresses) {
      current = addresses.panes ? new Atlas.panes.Panes(map, addresses) : new AtlasMap(map, addresses);
    },
    paint: function (values) { if (current) current.paint(values); },
    current: function () { return current; },
  };
})();
