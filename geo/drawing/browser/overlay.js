// @ts-check
/* A layer over the territories: communes by class, hatched patches, borders of zones. Fetched by address once. */
window.Atlas = window.Atlas || {};

Atlas.overlay = (function () {
  "use strict";

  // What a scenario moves: the border that goes, dashed, and the one that comes, each over its white rim.
  const BORDERS = { avant: { weight: 2, dashArray: "7 6" }, apres: { weight: 3 } };
  const COMMUNE = /^(\d\d|2[AB])\d{3}$/; // the code of a part that is one commune

  /** A layer in a pane of its own; `name` is where the map says how many parts it shows. */
  function Layer(map, name, choose) {
    this.map = map;
    this.name = name;
    this.pane = "atlas-" + name;
    this.choose = choose;
    this.shown = [];
    this.address = null;
    this.onError = null; // set by the map
  }

  /**
   * Show a layer, or none. The last one asked for wins.
   * @param {Partial<Overlay> | null} [overlay]
   */
  Layer.prototype.show = function (overlay) {
    const address = overlay ? overlay.address : null;
    if (address === this.address) return;
    this.address = address;
    this.clear();
    if (!address) return;
    Atlas.fetchJson(address, 2)
      .then((topology) => { if (address === this.address) this.draw(topology, overlay.colors); })
      .catch((error) => {
        console.warn(error);
        if (address !== this.address) return;
        this.address = null;
        this.onError();
      });
  };

  Layer.prototype.clear = function () {
    this.shown.forEach((layer) => layer.remove());
    this.shown = [];
    this.map.getContainer().dataset[this.name] = "0";
  };

  Layer.prototype.draw = function (topology, colors) {
    this.renderer = this.renderer || L.svg({ pane: this.pane, padding: 0.4 });
    const arcs = Atlas.topology.decodeArcs(topology);
    topology.objects.parts.geometries.forEach((geometry) => {
      const shape = Atlas.topology.polygons(arcs, geometry);
      if (!shape.length) return;
      const part = geometry.properties;
      const commune = COMMUNE.test(geometry.id) ? geometry.id : null;
      const isClass = /^[0-9]$/.test(part.mark);
      const isLine = !part.mark;
      const layer = new Atlas.shapes.Polygon(shape.flat(), {
        pane: this.pane, renderer: this.renderer, bubblingMouseEvents: true,
        className: isLine ? "atlas-line" : isClass ? "atlas-class" : "atlas-patch",
        weight: isClass ? 0.8 : isLine ? 0.7 : 0.4, opacity: isClass ? 0.9 : 0.6, fillOpacity: isLine ? 0 : 1,
        fillColor: isClass ? Atlas.patterns.themed(colors[Number(part.mark)]) : isLine ? "#000000" : "url(#atlas-" + part.mark + ")",
      }).addTo(this.map);
      layer.on("mousemove click", (event) => {
        event.originalEvent.atlasCode = part.area;
        event.originalEvent.atlasPart = part;
      });
      layer.on("click", (event) => this.choose(part.area, event.originalEvent, commune));
      this.shown.push(layer);
    });
    this.map.getContainer().dataset[this.name] = String(this.shown.length);
    if (topology.objects.borders) this.drawChange(topology, arcs);
  };

  /** The borders that a scenario changes, and the name of the territories that it gives communes to. */
  Layer.prototype.drawChange = function (topology, arcs) {
    topology.objects.borders.geometries.forEach((geometry) => {
      const lines = Atlas.topology.mesh(arcs, geometry);
      [{ className: "atlas-halo", weight: 6, opacity: 0.9 },
        Object.assign({ className: "atlas-change", opacity: 1 }, BORDERS[geometry.id])].forEach((style) => {
        this.shown.push(new Atlas.shapes.Lines(lines, Object.assign({
          pane: this.pane, renderer: this.renderer, interactive: false, fill: false,
        }, style)).addTo(this.map));
      });
    });
    topology.objects.parts.geometries.map((geometry) => geometry.properties).forEach((part) => {
      if (!part.arrival) return;
      const box = Atlas.controls.element("div", "atlas-pin atlas-arrival");
      box.appendChild(Atlas.controls.element("span", "", "→ " + part.arrival));
      const icon = L.divIcon({ html: box, className: "", iconSize: [0, 0] });
      this.shown.push(L.marker([part.lat, part.lon], {
        pane: "atlas-pins", icon: icon, interactive: false, keyboard: false,
      }).addTo(this.map));
    });
  };

  /**
   * The borders of zones: one line that the pointer goes through, its white rim below it.
   * @param {{color: string, dash: number[]}} stroke
   */
  function Borders(map, name, stroke) {
    Layer.call(this, map, name, null);
    this.stroke = stroke;
  }

  Borders.prototype = Object.create(Layer.prototype);

  Borders.prototype.draw = function (topology) {
    const zones = topology.objects.zones;
    const lines = Atlas.topology.mesh(Atlas.topology.decodeArcs(topology), zones);
    const styles = [{ color: "#ffffff", weight: 3.2, opacity: 0.7 },
      { color: this.stroke.color, weight: 1.5, opacity: 0.95, dashArray: this.stroke.dash.join(" ") }];
    this.shown = styles.map((style) => new Atlas.shapes.Lines(lines, Object.assign({
      pane: "atlas-zones", className: "atlas-zone", interactive: false, fill: false,
    }, style)).addTo(this.map));
    this.map.getContainer().dataset[this.name] = String(zones.geometries.length);
  };

  function lines(part) {
    return { title: part.name, rows: [part.text].filter(Boolean) };
  }

  return { Layer: Layer, Borders: Borders, lines: lines };
})();
