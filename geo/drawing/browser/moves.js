// @ts-check
/* Where the map of territories looks: the view of the address, of the selection, of the buttons. */
window.Atlas = window.Atlas || {};

Atlas.moves = (function () {
  "use strict";

  const HOME = [[41.3, -5.3], [51.15, 9.7]];
  const AROUND = 30000; // metres across, around a place that was chosen
  const FIT = { padding: [24, 24], maxZoom: 10 };
  // The country stands at right of the column of insets, as large as the frame allows.
  const WHOLE = { paddingTopLeft: [116, 10], paddingBottomRight: [16, 10], maxZoom: 10 };
  const NARROW = 600; // pixels: there the insets are under the country

  /** @type {ThisType<AtlasMap>} */
  const own = {
    /** The view of the address wins over that of the selection, once. */
    openLink() {
      const open = (view) => {
        this.isRestored = true;
        this.map.setView(view.centre, view.zoom, { animate: false });
      };
      this.link = new Atlas.view.Link(this.map, open);
      const view = this.link.read();
      if (view && view.isWrong) {
        this.say(this.config.texts.wrongView);
        this.link.keep();
      } else if (view) open(view);
      this.map.on("moveend", () => this.link.update(this.isExpected()));
    },

    follow(focus) {
      const isFirst = this.focus === "" && !this.hasMoved;
      this.focus = focus;
      if (this.hint) this.hint.remove();
      const codes = focus.startsWith("region:")
        ? Array.from(this.layers.keys()).filter((code) => this.areas.get(code).reg === this.values.region) : [focus];
      const [west, south, east, north] = this.values.frame || [];
      const bounds = focus.startsWith("frame:") ? L.latLngBounds([[south, west], [north, east]])
        : focus ? this.frame(codes) : L.latLngBounds(HOME);
      if (!bounds.isValid()) return;
      this.expect(bounds);
      if (!this.isRestored) this.go(bounds, isFirst);
    },

    /** Go to a place that was just chosen, unless it is in what is seen. */
    reach(spot, seen) {
      const reached = spot ? spot.code : "";
      const isNew = reached !== this.reached;
      this.reached = reached;
      if (!isNew || !spot || this.isRestored) return;
      const place = L.latLng(spot.lat, spot.lon);
      if (!seen.contains(place)) this.go(place.toBounds(AROUND));
    },

    /** What to look at: lands an ocean apart are not shown together; the largest is, the others are named. */
    frame(codes) {
      const lands = new Map();
      codes.flatMap((code) => this.shapes.get(code) || []).forEach((polygon) => {
        const bounds = Atlas.topology.boundsOf(polygon[0].box);
        const place = this.config.overseas.find((one) => L.latLngBounds(one.bounds).contains(bounds.getCenter()));
        const name = place ? place.label : "";
        lands.set(name, (lands.get(name) || L.latLngBounds([])).extend(bounds));
      });
      const size = ([, box]) => (box.getNorth() - box.getSouth()) * (box.getEast() - box.getWest());
      const ranked = Array.from(lands).sort((a, b) => size(b) - size(a));
      const others = ranked.slice(1).map(([name]) => name).filter(Boolean);
      const said = { names: others.join(", ") };
      if (others.length) this.hint = this.say(L.Util.template(this.config.texts.elsewhere, said));
      return ranked.length ? ranked[0][1] : L.latLngBounds([]);
    },

    openHome() {
      this.expect(L.latLngBounds(HOME));
      this.map.fitBounds(HOME, Object.assign({ animate: false }, this.fit(this.bounds)));
    },

    /** The room left around a view. */
    fit(bounds) {
      const isWhole = bounds.equals(L.latLngBounds(HOME)) && this.map.getSize().x > NARROW;
      return isWhole ? WHOLE : FIT;
    },

    /** Remember the view that the selection gives: it needs no place in the address. */
    expect(bounds) {
      this.bounds = bounds;
    },

    isExpected() {
      if (!this.bounds) return false;
      const wanted = this.map._getBoundsCenterZoom(this.bounds, this.fit(this.bounds));
      const zoom = this.map.getZoom();
      if (Math.abs(wanted.zoom - zoom) > 0.01) return false;
      return this.map.project(wanted.center, zoom).distanceTo(this.map.project(this.map.getCenter(), zoom)) < 4;
    },

    go(bounds, isInstant) {
      const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const view = this.map.getBoundsZoom(bounds) - this.map.getZoom();
      this.hasMoved = true;
      if (isInstant || isCalm || Math.abs(view) > 4) this.map.fitBounds(bounds, Object.assign({ animate: false }, this.fit(bounds)));
      else this.map.flyToBounds(bounds, Object.assign({ duration: 0.45 }, this.fit(bounds)));
    },

    goHome() {
      this.go(L.latLngBounds(HOME));
    },
  };

  return own;
})();
