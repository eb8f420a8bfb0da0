// @ts-check
/* Exactly the sites of a choice: all of them fetched once by address, a bit for each says which show. */
window.Atlas = window.Atlas || {};

Atlas.places = (function () {
  "use strict";

  const FEW = 1500; // beyond, smaller marks keep the map legible

  /** @param {Config} config */
  function Layer(map, config) {
    const styles = config.siteStyles.map((style) => Object.assign({ full: style.radius }, style));
    this.map = map;
    this.onError = null; // set by the map
    this.marks = new Atlas.sites.Layer(map, Object.assign({}, config, { siteStyles: styles }));
  }

  /**
   * Show sites, or none. The last choice wins.
   * @param {Places} [places]
   */
  Layer.prototype.show = function (places) {
    this.mask = places ? places.mask : "";
    if (!places) return void (this.loaded && this.draw(""));
    this.load(places.address).then(() => { if (this.mask === places.mask) this.draw(atob(places.mask)); })
      .catch((error) => {
        console.warn(error);
        this.address = null;
        this.onError();
      });
  };

  Layer.prototype.load = function (address) {
    if (this.address === address) return this.loaded;
    this.address = address;
    this.loaded = Atlas.fetchJson(address, 2).then((columns) => {
      if (this.address !== address) return;
      this.draw("");
      this.marks.all = [];
      this.marks.shown = [];
      this.marks.fill(columns);
    });
    return this.loaded;
  };

  Layer.prototype.draw = function (bits) {
    const marks = this.marks;
    const wanted = marks.all.filter((marker, i) => bits.charCodeAt(i >> 3) & (1 << (i & 7)));
    const kept = new Set(wanted);
    marks.stacks.arrange([]);
    marks.shown.forEach((marker) => { if (!kept.has(marker)) marker.remove(); });
    const size = wanted.length > FEW ? 0.62 : 1;
    marks.styles.forEach((style) => { style.radius = style.full * size; });
    wanted.forEach((marker) => { if (!this.map.hasLayer(marker)) marker.addTo(this.map); });
    wanted.forEach((marker) =>
      marker.setStyle({ weight: Atlas.sites.rim(marker.site.style) * size * size }).bringToFront());
    marks.shown = wanted;
    marks.rescale();
    this.map.getContainer().dataset.places = String(wanted.length);
  };

  /** The site or the stack of sites under a point of the map, or null. */
  Layer.prototype.at = function (point) {
    return this.marks.at(point);
  };

  /** See the same of `Atlas.sites`. */
  Layer.prototype.press = function (point) {
    return this.marks.press(point);
  };

  return { Layer: Layer };
})();
