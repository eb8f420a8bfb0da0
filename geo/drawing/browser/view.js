// @ts-check
/* The view in the address of the page, after "#": carte=1/zoom/lat/lon. Nothing is sent to the server. */
window.Atlas = window.Atlas || {};

Atlas.view = (function () {
  "use strict";

  const PREFIX = "#carte=";
  const LAST = 14; // of older addresses, which the map shows from as near as it draws
  const SHAPE = /^#carte=1\/(\d{1,2}(?:\.\d{1,3})?)\/(-?\d{1,2}(?:\.\d{1,8})?)\/(-?\d{1,3}(?:\.\d{1,8})?)$/;

  function parse(hash, map) {
    const found = SHAPE.exec(hash);
    if (!found) return null;
    const [zoom, lat, lon] = found.slice(1).map(Number);
    const isPossible = zoom >= map.getMinZoom() && zoom <= LAST
      && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
    return isPossible ? { zoom: Math.min(zoom, map.getMaxZoom()), centre: L.latLng(lat, lon) } : null;
  }

  function write(map) {
    const centre = map.getCenter();
    const digits = map.getZoom() >= 10 ? 4 : 3;
    const zoom = String(Math.round(map.getZoom() * 100) / 100);
    return PREFIX + "1/" + zoom + "/" + centre.lat.toFixed(digits) + "/" + centre.lng.toFixed(digits);
  }

  /** Keep the view in the address of the page; `onBack` takes the view of an entry gone back to. */
  function Link(map, onBack) {
    this.map = map;
    this.held = "";
    try {
      this.page = window.parent;
      this.path = this.page.location.pathname;
    } catch (error) {
      this.page = null; // the page is someone else's: no view in its address
      return;
    }
    const navigation = this.page.navigation;
    // Streamlit writes its own parameters without what follows "#": it is put back.
    const restore = (event) => { if (event.navigationType !== "traverse") this.keep(); };
    const back = () => {
      const view = this.read();
      this.held = view && view.centre ? this.page.location.hash : "";
      if (this.held) onBack(view);
    };
    if (navigation) navigation.addEventListener("currententrychange", restore);
    this.page.addEventListener("popstate", back);
    window.addEventListener("pagehide", () => {
      if (navigation) navigation.removeEventListener("currententrychange", restore);
      this.page.removeEventListener("popstate", back);
    });
  }

  /**
   * The view asked for: null without one, { isWrong } when it cannot be read.
   * @returns {{ zoom?: number, centre?: any, isWrong?: boolean } | null}
   */
  Link.prototype.read = function () {
    const hash = this.page ? this.page.location.hash : "";
    if (!hash.startsWith(PREFIX)) return null;
    const view = parse(hash, this.map);
    if (view) this.held = hash;
    return view || { isWrong: true };
  };

  Link.prototype.keep = function () {
    const page = this.page;
    if (!page || page.location.pathname !== this.path || page.location.hash === this.held) return;
    if (!this.held && !page.location.hash.startsWith(PREFIX)) return;
    page.history.replaceState(page.history.state, "", page.location.pathname + page.location.search + this.held);
  };

  /** Write the view on screen, or none when it is the one a reload would give. */
  Link.prototype.update = function (isExpected) {
    this.held = isExpected ? "" : write(this.map);
    this.keep();
  };

  return { Link: Link, parse: parse };
})();
