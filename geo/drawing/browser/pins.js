// @ts-check
/* What is chosen inside a territory: the outline and the pin of a commune, a ring around a hospital. */
window.Atlas = window.Atlas || {};

Atlas.pins = (function () {
  "use strict";

  const DROP = "M12 1.5a8.5 8.5 0 0 0-8.5 8.5c0 6 8.5 16.5 8.5 16.5s8.5-10.5 8.5-16.5A8.5 8.5 0 0 0 12 1.5z";

  /** @param {Config} config */
  function Layer(map, config) {
    this.map = map;
    this.color = config.selectedColor;
    this.shown = [];
    this.state = "";
    this.onError = null; // set by the map
  }

  /**
   * Mark a commune and a hospital, or none. The last ones asked for win.
   * @param {Spot | null} [commune]
   * @param {Spot | null} [site]
   */
  Layer.prototype.show = function (commune, site) {
    const state = JSON.stringify([commune || null, site || null]);
    if (state === this.state) return;
    this.state = state;
    this.shown.forEach((layer) => layer.remove());
    this.shown = [];
    const said = this.map.getContainer().dataset;
    [said.commune, said.site] = [commune, site].map((spot) => (spot ? spot.code : ""));
    if (site) this.ring(site);
    if (commune) this.mark(commune, this.drop());
    if (commune && commune.address) this.fetch(commune);
  };

  /** @param {Spot} spot */
  Layer.prototype.fetch = function (spot) {
    const state = this.state;
    Atlas.fetchJson(spot.address, 2)
      .then((topology) => { if (state === this.state) this.outline(topology); })
      .catch((error) => {
        console.warn(error);
        if (state === this.state) this.onError();
      });
  };

  Layer.prototype.add = function (layer) {
    this.shown.push(layer.addTo(this.map));
  };

  Layer.prototype.outline = function (topology) {
    const arcs = Atlas.topology.decodeArcs(topology);
    const rings = topology.objects.parts.geometries.flatMap((one) => Atlas.topology.polygons(arcs, one).flat());
    const styles = [{ className: "atlas-halo", weight: 5.5 }, { color: this.color, weight: 2.5 }];
    styles.forEach((style) => this.add(new Atlas.shapes.Polygon(rings, Object.assign({
      pane: "atlas-pins", interactive: false, fill: false,
    }, style))));
  };

  /** Two circles, white then coloured; the dot stands for a mark that is not drawn. @param {Spot} spot */
  Layer.prototype.ring = function (spot) {
    const common = { pane: "atlas-pins", interactive: false, fill: false, radius: 13 };
    [{ className: "atlas-halo", weight: 6 }, { color: this.color, weight: 3 }].forEach((style) => {
      this.add(L.circleMarker([spot.lat, spot.lon], Object.assign({}, common, style)));
    });
    this.mark(spot, null);
  };

  Layer.prototype.drop = function () {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 28");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", DROP);
    path.setAttribute("fill", this.color);
    svg.appendChild(path);
    return svg;
  };

  /** The name of a place, over its drawing. Text nodes only. @param {Spot} spot */
  Layer.prototype.mark = function (spot, drawing) {
    const box = Atlas.controls.element("div", drawing ? "atlas-pin" : "atlas-pin atlas-pin-ring");
    box.appendChild(Atlas.controls.element("span", "", spot.name));
    if (drawing) box.appendChild(drawing);
    const icon = L.divIcon({ html: box, className: "", iconSize: [0, 0] });
    this.add(L.marker([spot.lat, spot.lon], { pane: "atlas-pins", icon: icon, interactive: false, keyboard: false }));
  };

  return { Layer: Layer };
})();
