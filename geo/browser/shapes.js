/* Polygons and lines that Leaflet projects where the view meets them, rather than everywhere at each zoom. */
window.Atlas = window.Atlas || {};

Atlas.shapes = (function () {
  "use strict";

  /** The rings or lines of a shape, whatever its depth. */
  function flat(latlngs) {
    return latlngs.length && Array.isArray(latlngs[0]) ? latlngs.flatMap(flat) : [latlngs];
  }

  /** A ring and what it spans: south, west, north, east. */
  function spanned(ring) {
    let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity];
    ring.forEach(({ lat, lng }) => {
      if (lat < south) south = lat;
      if (lat > north) north = lat;
      if (lng < west) west = lng;
      if (lng > east) east = lng;
    });
    return { ring: ring, box: [south, west, north, east] };
  }

  /** The part of the world that the renderer draws, a little more than the screen. */
  function drawn(renderer) {
    const [a, b] = [renderer._bounds.min, renderer._bounds.max].map((c) => renderer._map.layerPointToLatLng(c));
    return [Math.min(a.lat, b.lat), Math.min(a.lng, b.lng), Math.max(a.lat, b.lat), Math.max(a.lng, b.lng)];
  }

  function meet(a, b) {
    return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
  }

  function lazy(Base) {
    return Base.extend({
      /** Take other points; `isStill` when no move of the map is about to draw them. */
      swap: function (latlngs, isStill) {
        this._setLatLngs(latlngs);
        this._place = null;
        if (isStill) this.redraw();
        else if (this._map) this._project();
      },

      _setLatLngs: function (latlngs) {
        Base.prototype._setLatLngs.call(this, latlngs);
        this._all = flat(this._latlngs).map(spanned);
      },

      _project: function () {
        const place = this._map.getZoom() + "/" + this._map.getPixelOrigin();
        if (place === this._place) return; // Leaflet asks twice when a view is set
        this._place = place;
        this._left = this._all;
        this._rings = [];
        this._rawPxBounds = L.bounds([]);
        this._pxBounds = null;
      },

      _update: function () {
        if (this._map && this._left.length) this._meet(drawn(this._renderer));
        Base.prototype._update.call(this);
      },

      _updateBounds: function () {
        if (this._rawPxBounds.isValid()) Base.prototype._updateBounds.call(this);
      },

      _meet: function (view) {
        const count = this._left.length;
        this._left = this._left.filter((part) => {
          if (!meet(view, part.box)) return true;
          this._projectLatlngs(part.ring, this._rings, this._rawPxBounds);
          return false;
        });
        if (this._left.length < count) this._updateBounds();
      },
    });
  }

  return { Polygon: lazy(L.Polygon), Lines: lazy(L.Polyline) };
})();
