/* A layer over the territories: communes by class, or hatched patches. Fetched by address once. */
window.Atlas = window.Atlas || {};

Atlas.overlay = (function () {
  "use strict";

  function Layer(map, choose) {
    this.map = map;
    this.choose = choose;
    this.shown = [];
    this.address = null;
  }

  /** Show a layer, or none: { address, colors }. The last one asked for wins. */
  Layer.prototype.show = function (overlay) {
    const address = overlay ? overlay.address : null;
    if (address === this.address) return;
    this.address = address;
    this.clear();
    if (!address) return;
    fetch(address)
      .then((response) => {
        if (!response.ok) throw new Error(address + ": " + response.status);
        return response.json();
      })
      .then((topology) => { if (address === this.address) this.draw(topology, overlay.colors); })
      .catch((error) => {
        console.warn(error);
        if (address === this.address) this.address = null;
      });
  };

  Layer.prototype.clear = function () {
    this.shown.forEach((layer) => layer.remove());
    this.shown = [];
    this.map.getContainer().dataset.overlay = "0";
  };

  Layer.prototype.draw = function (topology, colors) {
    this.renderer = this.renderer || L.svg({ pane: "atlas-overlay", padding: 0.4 });
    const arcs = Atlas.topology.decodeArcs(topology);
    topology.objects.parts.geometries.forEach((geometry) => {
      const shape = Atlas.topology.polygons(arcs, geometry);
      if (!shape.length) return;
      const part = geometry.properties;
      const isClass = /^[0-9]$/.test(part.mark);
      const layer = L.polygon(shape, {
        pane: "atlas-overlay", renderer: this.renderer, bubblingMouseEvents: true, smoothFactor: 0.6,
        color: isClass ? "#ffffff" : "#1c2530", weight: isClass ? 0.8 : 0.4,
        opacity: isClass ? 0.9 : 0.6, fillOpacity: 1,
        fillColor: isClass ? colors[Number(part.mark)] : "url(#atlas-" + part.mark + ")",
      }).addTo(this.map);
      layer.on("mousemove click", (event) => {
        event.originalEvent.atlasCode = part.area;
        event.originalEvent.atlasPart = part;
      });
      layer.on("click", () => this.choose(part.area));
      this.shown.push(layer);
    });
    this.map.getContainer().dataset.overlay = String(this.shown.length);
  };

  function lines(part) {
    return { title: part.name, rows: [part.text].filter(Boolean) };
  }

  return { Layer: Layer, lines: lines };
})();
