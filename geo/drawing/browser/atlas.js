// @ts-check
/* The map of territories: geometry fetched by address once, values painted at each rerun. */
window.Atlas = window.Atlas || {};

Atlas.map = (function () {
  "use strict";

  const NATIONAL_ZOOM = 7;
  const HATCHED_ZOOM = 8; // below, the hatch of a commune would be dust: a tint
  const PANES = [["borders", 403], ["overlay", 405], ["disputees", 406], ["communes", 407], ["instables", 407], ["loin_urgences", 407], ["loin_maternite", 407], ["loin_medecine", 407],
     ["ailleurs", 407], ["zones", 408], ["outlines", 410], ["selected", 420],
    ["links", 440], ["sites", 450], ["pins", 460], ["measure", 470]];
  const PATIENCE = 6000; // milliseconds without values before the map says so
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

  /** @type {ThisType<AtlasMap>} */
  const own = {
    /** @param {Addresses} addresses */
    begin(map, addresses) {
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
      Atlas.gestures.start(map, this.config.texts.twoFingers);
      this.prepareEvents();
      this.openHome();
      this.openLink();
      // The values come right after and may name another geometry: only that one is fetched.
      setTimeout(() => { this.started = true; this.load(); }, 0);
      fetchJson(addresses.outlines, 2).then((topology) => this.drawOutlines(topology)).catch((error) => {
        console.warn(error);
      });
    },

    say(text, action) {
      return Atlas.controls.note(this.map, text, action, this.config.texts.close);
    },

    preparePage() {
      const texts = this.config.texts;
      Atlas.theme.start(texts.title, () => { if (this.ready && this.values) this.fillAreas(); });
      const box = this.map.getContainer();
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", texts.help);
      // The page decides how tall the frame is: more on a large screen.
      box.style.height = "100vh";
      this.map.invalidateSize({ animate: false });
      this.map.attributionControl.setPrefix("");
      this.map.attributionControl.addAttribution(L.Util.template("{a}", { a: texts.attribution }));
      L.control.zoom({ position: "topright", zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(this.map);
      L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(this.map);
      if (!(window.Streamlit && window.Streamlit.setComponentValue)) this.say(texts.noClick);
    },

    preparePanes() {
      PANES.forEach(([name, index]) => {
        const pane = this.map.createPane("atlas-" + name);
        pane.style.zIndex = index;
        pane.style.pointerEvents = "none";
      });
      this.renderer = L.svg({ padding: 0.4 });
      const select = (code, event, commune) => this.pick(code, event, commune);
      this.sites = new Atlas.sites.Layer(this.map, this.config);
      this.places = new Atlas.places.Layer(this.map, this.config);
      this.places.onError = () => this.say(this.config.texts.noSites);
      this.overlay = new Atlas.overlay.Layer(this.map, "overlay", select);
      this.details = ["disputees", "communes", "instables", "ailleurs", "loin_urgences", "loin_maternite", "loin_medecine"].map((name) => new Atlas.overlay.Layer(this.map, name, select));
      Object.entries(this.config.zones).forEach(([name, stroke]) => {
        this.details.push(new Atlas.overlay.Borders(this.map, name, stroke));
      });
      this.links = new Atlas.links.Layer(this.map, (id, event) => this.pickLink(id, event));
      this.links.onDraw = () => this.screen.show(this.screen.values, this.screen.marks, this.links.keys);
      this.pins = new Atlas.pins.Layer(this.map, this.config);
      [this.overlay, this.links, this.pins, ...this.details].forEach((layer) => {
        layer.onError = () => this.say(this.config.texts.noLayer);
      });
      this.labels = new Atlas.labels.Layer(this.map, this.config.addresses);
      this.circles = new Atlas.circles.Layer(this.map, select);
      this.insets = new Atlas.insets.Layer(this.map, this.config, (bounds) => this.go(bounds));
      this.background = new Atlas.backgrounds.Layer(this.map, this.config, () => this.fillAreas());
      this.detail = new Atlas.detail.Detail(this.map, this.config.addresses, (isStill) => this.refine(isStill));
      this.tooltip = L.tooltip({ className: "atlas-tooltip", direction: "auto", offset: [12, 0], opacity: 1 });
    },

    prepareTools() {
      const texts = this.config.texts;
      this.measure = new Atlas.tools.Measure(this.map, texts);
      this.screen = new Atlas.tools.Screen(this.map, this.config);
      const home = () => this.goHome();
      const measure = () => this.measure.toggle();
      const full = () => this.screen.toggle();
      const tools = [{ label: texts.home, icon: "home", run: home },
        { label: texts.measure, icon: "measure", run: measure, isToggle: true }];
      if (this.screen.isPossible) tools.push({ label: texts.fullScreen, icon: "full", run: full, isToggle: true });
      const nodes = Atlas.controls.bar(this.map, "topright", tools);
      this.measure.button = nodes[1];
      this.screen.button = nodes[2];
      Atlas.tools.listen(this.map, { h: home, Home: home, m: measure, f: full,
        Enter: () => (this.measure.isOn ? this.measure.add(this.map.getCenter()) : false) });
    },

    prepareEvents() {
      this.map.on("mousemove", (event) => this.hover(event));
      // A card of what is no longer under the pointer never stays.
      this.map.on("mouseout movestart zoomstart", () => this.tooltip.remove());
      document.addEventListener("mouseleave", () => this.tooltip.remove());
      this.map.on("click", (event) => this.press(event));
      this.map.on("zoomend", () => {
        const box = this.map.getContainer();
        box.classList.toggle("atlas-far", this.map.getZoom() > NATIONAL_ZOOM);
        box.classList.toggle("atlas-wide", this.map.getZoom() < HATCHED_ZOOM);
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
        if (event.key === "Escape") this.escape();
      });
    },

    /** Fetch and draw the areas: those of the values, or of the base map. The last ones asked for win. */
    load() {
      const addresses = (this.values && this.values.layers) || this.config.addresses;
      const wanted = addresses.territories + addresses.areas;
      if (!wanted || wanted === this.wanted) return;
      this.wanted = wanted;
      this.ready = false;
      Promise.all([fetchJson(addresses.territories, 2), fetchJson(addresses.areas, 2)])
        .then(([topology, areas]) => {
          if (wanted !== this.wanted) return;
          this.areas = new Map(areas.code.map((code, i) => [code, {
            code: code, name: areas.name[i], reg: areas.reg[i], place: i, note: areas.note[i],
          }]));
          this.drawTerritories(topology);
          this.ready = true;
          if (this.values) this.paint(this.values);
          else setTimeout(() => this.warnOfNoValues(), PATIENCE);
          this.map.getContainer().dataset.painted = String(this.layers.size);
          this.showLand();
        })
        .catch((error) => wanted === this.wanted && this.fail(error));
    },

    /** What lies around France is fetched once France is on screen. */
    showLand() {
      if (this.hasLand) return;
      this.hasLand = true;
      const show = () => Atlas.landmarks.showLand(this.map, this.config.addresses.land).catch((error) => console.warn(error));
      if (window.requestIdleCallback) window.requestIdleCallback(show, { timeout: 1000 });
      else setTimeout(show, 200);
    },

    /** Without values, names alone: the frame no longer runs what comes with each rerun, or the server is late. */
    warnOfNoValues() {
      if (!this.values) this.late = this.say(this.config.texts.noValues);
    },

    fail(error) {
      console.warn(error);
      this.wanted = null;
      const texts = this.config.texts;
      this.say(texts.noGeometry, { label: texts.retry, run: () => this.load() });
    },
  };

  function begun(map, addresses) {
    const made = Object.assign({}, Atlas.painting, Atlas.moves, Atlas.clicks, own);
    made.begin(map, addresses);
    return made;
  }

  return {
    /** @param {Addresses} addresses */
    start: function (map, addresses) {
      current = addresses.panes ? new Atlas.panes.Panes(map, addresses) : begun(map, addresses);
    },
    /** @param {MapValues} values */
    paint: function (values) { if (current) current.paint(values); },
    current: function () { return current; },
  };
})();
