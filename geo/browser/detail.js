/* Detail: the same borders followed closely, fetched when somebody first zooms in. */
window.Atlas = window.Atlas || {};

Atlas.detail = (function () {
  "use strict";

  const NEAR = 7.5; // from here a pixel is finer than the first drawing

  /** `addresses` may lack the territories: a model of its own brings its shapes. */
  function Detail(map, addresses, refine) {
    this.map = map;
    this.addresses = addresses;
    this.refine = refine;
    map.on("zoomend", () => this.look());
  }

  Detail.prototype.look = function () {
    if (this.isAsked || this.map.getZoom() < NEAR) return;
    this.isAsked = true;
    const wanted = [this.addresses.finer, this.addresses.finerOutlines];
    Promise.all(wanted.map((address) => (address ? Atlas.fetchJson(address, 2) : null)))
      .then(([territories, outlines]) => this.refine(territories, outlines))
      .catch((error) => {
        this.isAsked = false; // the first drawing stays: the next zoom asks again
        console.warn(error);
      });
  };

  return { Detail: Detail };
})();
