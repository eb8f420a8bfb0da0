// @ts-check
/* Detail: the same borders followed closely, fetched when somebody first zooms in, shown only there. */
window.Atlas = window.Atlas || {};

Atlas.detail = (function () {
  "use strict";

  const NEAR = 7; // from here the first drawing is a pixel away from the border

  /** The shapes of the areas, by code, and each of their borders once. */
  function read(topology) {
    if (!topology) return { shapes: new Map(), borders: [] };
    const arcs = Atlas.topology.decodeArcs(topology);
    const areas = topology.objects.territories;
    return {
      shapes: new Map(areas.geometries.map((geometry) => [geometry.id, Atlas.topology.polygons(arcs, geometry)])
        .filter(([, shape]) => shape.length)),
      borders: Atlas.topology.mesh(arcs, areas),
    };
  }

  const shapes = (topology) => read(topology).shapes;

  /** The borders of the departements and the regions, by name of the level. */
  function lines(topology) {
    if (!topology) return new Map();
    const arcs = Atlas.topology.decodeArcs(topology);
    return new Map(["departements", "regions"].filter((name) => topology.objects[name])
      .map((name) => [name, Atlas.topology.mesh(arcs, topology.objects[name])]));
  }

  /**
   * `addresses` may lack the territories: a model of its own brings its shapes.
   * @param {Addresses} addresses
   */
  function Detail(map, addresses, onChange) {
    this.map = map;
    this.addresses = addresses;
    this.onChange = onChange;
    this.drawing = null; // the close one, while it is the one to show
    map.on("zoomend", () => this.look());
  }

  Detail.prototype.look = function () {
    const isNear = this.map.getZoom() >= NEAR;
    if (isNear && !this.isAsked) return void this.fetch();
    this.choose(isNear, false);
  };

  Detail.prototype.choose = function (isNear, isStill) {
    const drawing = (isNear && this.close) || null;
    if (drawing === this.drawing) return;
    this.drawing = drawing;
    this.onChange(isStill);
  };

  Detail.prototype.fetch = function () {
    this.isAsked = true;
    const wanted = [this.addresses.finer, this.addresses.finerOutlines];
    Promise.all(wanted.map((address) => (address ? Atlas.fetchJson(address, 2) : null)))
      .then(([territories, outlines]) => {
        this.close = Object.assign(read(territories), { lines: lines(outlines) });
        this.choose(this.map.getZoom() >= NEAR, true);
      })
      .catch((error) => {
        this.isAsked = false; // the first drawing stays: the next zoom asks again
        console.warn(error);
      });
  };

  return { Detail: Detail, read: read, shapes: shapes, lines: lines };
})();
