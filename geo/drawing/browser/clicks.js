// @ts-check
/* What the map of territories says under the pointer, and what a click hands back to Python. */
window.Atlas = window.Atlas || {};

Atlas.clicks = (function () {
  "use strict";

  /** @type {ThisType<AtlasMap>} */
  const own = {
    hover(event) {
      if (!this.ready) return;
      if (this.measure.isOn) return void this.tooltip.remove();
      const point = this.map.mouseEventToLayerPoint(event.originalEvent);
      const site = this.places.at(point) || this.sites.at(point);
      const part = event.originalEvent.atlasPart;
      const area = this.areas.get(event.originalEvent.atlasCode);
      if (!site && !part && !area) return void this.tooltip.remove();
      const key = site || part || area.code + (this.values ? this.values.token : "");
      if (key !== this.shownCard) {
        const lines = site ? Atlas.sites.lines(site) : part ? Atlas.overlay.lines(part)
          : Atlas.controls.figure(area, this.values, this.config);
        if (!site && part && part.isQuiet) lines.rows.push(this.config.texts.linkSheet);
        this.tooltip.setContent(Atlas.controls.card(lines));
      }
      this.shownCard = key;
      this.tooltip.setLatLng(event.latlng);
      if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
    },

    /** A click on a territory, unless it marks a point of a measure. */
    pick(code) {
      if (!this.measure.isOn) this.choose(code);
    },

    /** A click on a link: on the territory under it when the page has no sheet to open. */
    pickLink(id, event) {
      if (this.measure.isOn) return;
      if (!this.links.isQuiet) return void this.send({ link_id: id });
      const under = document.elementsFromPoint(event.clientX, event.clientY);
      const found = Array.from(this.layers).find(([, layer]) => under.includes(layer._path));
      if (found) this.choose(found[0]);
    },

    /** Choose an area, or none; the second click on the same one chooses none. */
    choose(code) {
      if (!this.values) return;
      const chosen = code === this.values.selected ? null : code;
      this.values = Object.assign({}, this.values, { selected: chosen });
      this.isRestored = false;
      this.outlineSelected();
      this.send({ area_code: chosen });
    },

    /**
     * Hand a click back to Streamlit; the count makes a second one on the same place an event.
     * @param {Click} said
     */
    send(said) {
      this.clicks += 1;
      if (window.Streamlit && window.Streamlit.setComponentValue) {
        window.Streamlit.setComponentValue({ atlas_click: Object.assign(said, { count: this.clicks }) });
      }
    },
  };

  return own;
})();
