// @ts-check
/* What the map of territories shows: shapes, then the values painted on them at each rerun. */
window.Atlas = window.Atlas || {};

Atlas.painting = (function () {
  "use strict";

  const ALWAYS = ["noms", "departements", "regions"];
  const OUTLINES = { departements: { weight: 0.6, opacity: 0.6, dashArray: "1 2.5" }, regions: { weight: 1.6, opacity: 0.85 } };
  const MOST_AVOIDED = 400; // beyond, names could go nowhere

  /** @type {ThisType<AtlasMap>} */
  const own = {
    drawTerritories(topology) {
      this.layers.forEach((layer) => layer.remove());
      this.layers.clear();
      const drawing = Atlas.detail.read(topology);
      this.shapes = drawing.shapes;
      this.shapes.forEach((shape, code) => {
        if (!this.areas.has(code)) return void this.shapes.delete(code);
        const layer = new Atlas.shapes.Polygon(shape.flat(), {
          renderer: this.renderer, className: "atlas-area", weight: 2.2, fillOpacity: 1,
          fillColor: "#e8e8e8", bubblingMouseEvents: true,
        }).addTo(this.map);
        layer.atlasCode = code;
        layer.on("mousemove click", (event) => { event.originalEvent.atlasCode = code; });
        layer.on("click", (event) => this.pick(code, event.originalEvent));
        this.layers.set(code, layer);
      });
      this.drawBorders(drawing.borders);
      this.circles.fill(this.shapes);
      Atlas.patterns.add(this.renderer._container, this.config.patterns);
      this.insets.fill(this.shapes);
      this.labels.fill(this.shapes, this.areas);
      if (this.detail.drawing) this.refine(true);
    },

    /** A line of ink over the white rim that areas have: one of the two shows beside every tint. */
    drawBorders(borders) {
      if (this.borders) this.borders.remove();
      this.firstBorders = borders;
      this.borders = new Atlas.shapes.Lines(borders, { pane: "atlas-borders", className: "atlas-border", weight: 0.8,
        interactive: false }).addTo(this.map);
    },

    drawOutlines(topology) {
      this.lines = Atlas.detail.lines(topology);
      this.outlines = new Map(Array.from(this.lines, ([name, lines]) => [name, new Atlas.shapes.Lines(lines,
        Object.assign({ pane: "atlas-outlines", className: "atlas-outline", interactive: false },
          OUTLINES[name]))]));
      this.showOutlines();
      if (this.detail.drawing) this.refine(true);
    },

    /** The shape of an area as it is drawn now. */
    shapeOf(code) {
      const close = this.detail.drawing;
      return (close && close.shapes.get(code)) || this.shapes.get(code);
    },

    /** Show the close borders near, the first ones far; the areas, their colours and the view stay. */
    refine(isStill) {
      const close = this.detail.drawing;
      this.layers.forEach((layer, code) => layer.swap(this.shapeOf(code).flat(), isStill));
      if (this.borders) {
        this.borders.swap(close && close.borders.length ? close.borders : this.firstBorders, isStill);
      }
      (this.outlines || []).forEach((layer, name) => {
        layer.swap((close && close.lines.get(name)) || this.lines.get(name), isStill);
      });
      if (this.values) this.outlineSelected();
      this.map.getContainer().dataset.detail = close ? "fine" : "";
    },

    wants(name) {
      return ((this.values && this.values.show) || ALWAYS).includes(name);
    },

    showOutlines() {
      (this.outlines || []).forEach((layer, name) => {
        if (this.wants(name)) layer.addTo(this.map);
        else layer.remove();
      });
    },

    /** What lies over and under the territories: each is fetched when it is first wanted. */
    showLayers() {
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
    },

    fillAreas() {
      const region = this.values.region;
      const strength = this.background.tiles ? 0.6 : 1; // a background shows through
      const isFaint = (code) => Boolean(region) && this.areas.get(code).reg !== region;
      this.circles.paint(this.values, this.areas, isFaint);
      this.layers.forEach((layer, code) => {
        const area = this.areas.get(code);
        const isOutside = isFaint(code);
        const fill = Atlas.patterns.fillOf(this.values, area.place);
        layer.setStyle({ fillColor: fill, fillOpacity: isOutside ? 0.22 : strength });
      });
      this.insets.paint(this.values, this.areas);
    },

    /**
     * Paint the values; when the geometry is not there yet, they wait for it.
     * @param {MapValues} values
     */
    paint(values) {
      this.values = values;
      if (this.late) this.late.remove();
      if (this.started) this.load();
      if (!this.ready) return;
      this.outlineSelected();
      this.showLayers();
      this.fillAreas();
      this.showSites();
      this.pins.show(values.commune, values.site);
      this.tooltip.remove();
      const framed = values.frame ? "frame:" + values.frame : "";
      const focus = framed || values.selected || (values.region ? "region:" + values.region : "");
      const isMoved = focus !== this.focus;
      if (isMoved) this.follow(focus);
      this.reach(values.site || values.commune, isMoved ? this.bounds : this.map.getBounds());
      this.isRestored = false;
      this.map.getContainer().dataset.values = values.token;
    },

    outlineSelected() {
      (this.selected || []).forEach((layer) => layer.remove());
      const shape = this.shapeOf(this.values.selected);
      const styles = [{ className: "atlas-halo", weight: 7 }, { color: this.config.selectedColor, weight: 3.5 }];
      this.selected = !shape ? [] : styles.map((style) => new Atlas.shapes.Polygon(shape.flat(), Object.assign({
        pane: "atlas-selected", interactive: false, fill: false,
      }, style)).addTo(this.map));
    },

    /** Establishments are fetched when they are first wanted: supports, general hospitals, the others. */
    loadSites(address) {
      this.siteLoads = this.siteLoads || {};
      if (!this.siteLoads[address]) {
        this.siteLoads[address] = Atlas.fetchJson(address, 2)
          .then((columns) => this.sites.fill(columns))
          .catch(() => {
            delete this.siteLoads[address];
            this.say(this.config.texts.noSites);
          });
      }
      return this.siteLoads[address];
    },

    showSites() {
      const { supports, sites, others } = this.config.addresses;
      const wanted = { aucun: [], supports: [supports], tous: [supports, sites, others] }[this.values.sites]
        || [supports, sites];
      const state = this.values.sites + "/" + (this.values.region || "");
      Promise.all(wanted.map((address) => this.loadSites(address))).then(() => {
        // The latest choice wins: a slow download never shows an older one.
        if (state === this.values.sites + "/" + (this.values.region || "") && state !== this.siteState) {
          this.sites.show(this.values.sites, this.values.region);
          this.siteState = state;
          const marks = this.sites.shown;
          this.labels.avoid(marks.length > MOST_AVOIDED ? [] : marks.map((marker) => marker.getLatLng()));
        }
      });
    },
  };

  return own;
})();
