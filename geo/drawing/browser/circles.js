// @ts-check
/* A circle for the count of each area: its surface is in proportion, whatever the zoom. */
window.Atlas = window.Atlas || {};

Atlas.circles = (function () {
  "use strict";

  const FAINT = 0.25;
  const NARROW = 640; // pixels of the page: there circles, and those of its legend (frame.css), are smaller
  const SMALLER = 0.55;

  /** How many times the size that the values say. */
  function factor() {
    let width = window.innerWidth;
    try {
      width = window.parent.innerWidth;
    } catch (error) {
      console.warn(error); // the page is someone else's
    }
    return width <= NARROW ? SMALLER : 1;
  }

  /** `choose` is called with the code of the area whose circle is clicked. */
  function Layer(map, choose) {
    this.map = map;
    this.choose = choose;
    this.marks = new Map();
    const pane = map.createPane("atlas-circles");
    pane.style.zIndex = 415;
    this.renderer = L.svg({ pane: "atlas-circles", padding: 0.4 });
  }

  /** Forget the circles of other shapes; those of these ones are made when a count is first painted. */
  Layer.prototype.fill = function (shapes) {
    this.marks.forEach((mark) => mark.remove());
    this.marks.clear();
    this.shapes = shapes;
  };

  Layer.prototype.make = function (code, shape) {
    const at = this.map.options.crs.pointToLatLng(Atlas.centres.anchor(shape), Atlas.centres.ZOOM);
    const mark = L.circleMarker(at, { renderer: this.renderer, pane: "atlas-circles", className: "atlas-circle",
      weight: 1.5, fillOpacity: 1, bubblingMouseEvents: true });
    mark.on("mousemove click", (event) => { event.originalEvent.atlasCode = code; });
    if (this.choose) mark.on("click", () => this.choose(code));
    this.marks.set(code, mark);
    return mark;
  };

  /**
   * Show the circles of the values, or none.
   * @param {MapValues} values
   * @param {(code: string) => boolean} isFaint
   */
  Layer.prototype.paint = function (values, areas, isFaint) {
    const radii = values.circles;
    if (!radii) return void this.marks.forEach((mark) => mark.remove());
    const unit = factor() / 10;
    const sized = Array.from(this.shapes || [], ([code, shape]) => [code, shape, radii[areas.get(code).place] * unit])
      .sort((a, b) => b[2] - a[2]); // the largest first: a small one is never hidden
    sized.forEach(([code, shape, radius]) => {
      const mark = this.marks.get(code) || (radius && this.make(code, shape));
      if (!radius) return void (mark && mark.remove());
      mark.setRadius(radius).setStyle({ opacity: isFaint(code) ? FAINT : 1, fillOpacity: isFaint(code) ? FAINT : 1 });
      if (!this.map.hasLayer(mark)) mark.addTo(this.map);
      mark.bringToFront();
    });
    this.map.getContainer().dataset.circles = String(sized.filter(([, , radius]) => radius).length);
  };

  return { Layer: Layer, factor: factor };
})();
