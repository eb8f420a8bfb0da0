// @ts-check
/* Establishments: one canvas, a shape and a colour by category, hit-tested by the map itself. */
window.Atlas = window.Atlas || {};

Atlas.sites = (function () {
  "use strict";

  const DOT = 2.5;
  const INK = "#1c2530";
  const LEVELS = { aucun: 9, supports: 2, generaux: 1, tous: 0 };

  function trace(context, shape, x, y, r) {
    context.beginPath();
    if (shape === "square") context.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
    else if (shape === "circle") context.arc(x, y, r, 0, 2 * Math.PI);
    else {
      const points = { triangle: 3, diamond: 4, star: 10 }[shape];
      for (let i = 0; i < points; i += 1) {
        const reach = shape === "star" && i % 2 ? r * 0.45 : r;
        const angle = -Math.PI / 2 + (i * 2 * Math.PI) / points;
        context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
      }
      context.closePath();
    }
  }

  L.Canvas.include({
    _updateSite: function (layer) {
      if (!this._drawing || layer.isStacked || layer._empty()) return;
      const context = this._ctx;
      trace(context, layer._radius === DOT ? "circle" : layer.options.shape, layer._point.x, layer._point.y, layer._radius);
      this._fillStroke(context, layer);
    },
  });

  const Site = L.CircleMarker.extend({
    _updatePath: function () {
      this._renderer._updateSite(this);
    },
  });

  /** Width of the line around a mark: it alone draws a hollow one. */
  function rim(style) {
    return style.is_hollow ? 1.8 : 1.2;
  }

  const FAR = 7; // below this zoom a support is a dot of ink: stars would hide the map

  function radius(style, zoom) {
    if (style.shape === "star" && zoom < FAR) return DOT;
    return style.radius + Math.max(0, Math.min(zoom - 6, 6)) * 0.9;
  }

  function look(style) {
    return { fillColor: style.is_hollow ? "#ffffff" : style.color, color: style.is_hollow ? style.color : "#ffffff",
      weight: rim(style) };
  }

  /** @param {Config} config */
  function Layer(map, config) {
    this.map = map;
    this.styles = config.siteStyles;
    this.texts = config.texts;
    this.renderer = L.canvas({ pane: "atlas-sites", padding: 0.3 });
    this.all = [];
    this.shown = [];
    this.stacks = new Atlas.stacks.Stacks(map, { renderer: this.renderer, pane: "atlas-sites" }, config.texts);
    map.on("zoomstart", () => this.stacks.close());
    map.on("zoomend", this.rescale, this);
  }

  /** @param {SiteColumns} columns */
  Layer.prototype.fill = function (columns) {
    columns.lon.forEach((lon, i) => {
      const style = this.styles[columns.style[i]];
      const marker = new Site([columns.lat[i], lon], {
        renderer: this.renderer,
        pane: "atlas-sites",
        interactive: false,
        shape: style.shape,
        fillOpacity: 1,
        ...look(style),
        radius: radius(style, this.map.getZoom()),
      });
      const ght = columns.ght[i];
      marker.home = marker.getLatLng();
      marker.site = {
        id: columns.id[i], style: style, level: columns.level[i], reg: columns.reg[i], name: columns.name[i],
        city: columns.city[i], ght: ght < 0 ? this.texts.outside : "GHT " + columns.ghts[ght],
      };
      this.all.push(marker);
    });
    // Lower levels first: a support establishment is drawn on top of its neighbours.
    this.all.sort((a, b) => a.site.level - b.site.level);
  };

  Layer.prototype.rescale = function () {
    const zoom = this.map.getZoom();
    // A dot is smaller than the number that would stand for several.
    const isDot = (marker) => zoom < FAR && marker.site.style.shape === "star";
    this.stacks.arrange(this.shown.filter((marker) => !isDot(marker)));
    this.shown.forEach((marker) => {
      const { style } = marker.site;
      marker.setRadius(radius(style, zoom));
      if (style.shape !== "star") return;
      marker.setStyle(zoom < FAR ? { fillColor: INK, color: "#ffffff", weight: 0.8 } : look(style));
    });
  };

  Layer.prototype.show = function (level, region) {
    const floor = level in LEVELS ? LEVELS[level] : 9;
    this.stacks.arrange([]);
    this.shown.forEach((marker) => marker.remove());
    this.shown = this.all.filter(
      (marker) => marker.site.level >= floor && (!region || marker.site.reg === region),
    );
    this.shown.forEach((marker) => marker.addTo(this.map));
    this.rescale();
  };

  /** The site or the stack of sites under a point of the map, or null: the topmost of those that touch it. */
  Layer.prototype.at = function (point) {
    const touches = (marker) => marker._point && marker._point.distanceTo(point) <= marker._radius + 3;
    const apart = this.stacks.fanned.find(touches);
    if (apart) return apart.site;
    const stack = this.stacks.at(point);
    if (stack) return stack;
    const found = this.shown.filter((marker) => !marker.isStacked && touches(marker)).pop();
    return found ? found.site : null;
  };

  /**
   * A click on a point of the map: separate the marks that hide one another there, or hand back the site alone.
   * @returns {{ site?: any, isHit: boolean }}
   */
  Layer.prototype.press = function (point) {
    const hit = this.at(point);
    if (!hit) return { isHit: this.stacks.close() };
    const isApart = this.stacks.fanned.some((marker) => marker.site === hit);
    const over = hit.members || (isApart ? [] : this.over(hit));
    if (over.length > 1) this.stacks.fan(over);
    else this.stacks.close();
    return { isHit: true, site: over.length > 1 ? undefined : hit };
  };

  /** The marks that a mark hides or is hidden by. */
  Layer.prototype.over = function (site) {
    const own = this.shown.find((marker) => marker.site === site);
    return [own].concat(this.shown.filter((marker) => marker !== own && marker._point
      && marker._point.distanceTo(own._point) <= Atlas.stacks.NEAR));
  };

  function lines(site) {
    if (site.members) return site;
    return { title: site.name, rows: [site.city, site.style.label, site.ght].filter(Boolean) };
  }

  return { Layer: Layer, lines: lines, rim: rim };
})();
