// @ts-check
/* Backgrounds from the Internet: fetched once chosen, removed with a sentence when out of reach. */
window.Atlas = window.Atlas || {};

Atlas.backgrounds = (function () {
  "use strict";

  const FIRST_TILES = 4;
  const PATIENCE = 12000;

  /**
   * `onChange` is told when a background comes or goes: territories let it show through.
   * @param {Config} config
   */
  function Layer(map, config, onChange) {
    this.map = map;
    this.config = config;
    this.onChange = onChange;
    this.key = "";
    this.tiles = null;
  }

  /** Show a background, or none. One that failed is not asked again until another is chosen. */
  Layer.prototype.show = function (key) {
    const wanted = this.config.backgrounds[key] ? key : "";
    if (wanted === this.key) return;
    this.key = wanted;
    this.remove();
    if (this.note) this.note.remove();
    if (wanted) this.add(this.config.backgrounds[wanted]);
  };

  Layer.prototype.add = function (background) {
    let loaded = 0;
    let failed = 0;
    const tiles = L.tileLayer(background.url, {
      attribution: L.Util.template("{a}", { a: background.credit }), minZoom: 3, maxZoom: 19,
    });
    const giveUp = () => { if (!loaded && this.tiles === tiles) this.fail(background); };
    tiles.on("tileload", () => { loaded += 1; });
    tiles.on("tileerror", () => { failed += 1; if (failed >= FIRST_TILES) giveUp(); });
    tiles.on("load", () => { if (failed) giveUp(); });
    this.tiles = tiles.addTo(this.map);
    this.timer = setTimeout(giveUp, PATIENCE);
    this.map.getContainer().dataset.background = this.key;
  };

  Layer.prototype.remove = function () {
    clearTimeout(this.timer);
    if (this.tiles) this.tiles.remove();
    this.tiles = null;
    this.map.getContainer().dataset.background = "";
  };

  Layer.prototype.fail = function (background) {
    const texts = this.config.texts;
    const key = this.key;
    this.remove();
    this.onChange();
    const retry = () => {
      if (this.key !== key || this.tiles) return;
      this.add(background);
      this.onChange();
    };
    this.note = Atlas.controls.note(this.map, L.Util.template(texts.noBackground, { name: background.name }),
      { label: texts.retry, run: retry }, texts.close);
  };

  return { Layer: Layer };
})();
