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
      const key = site ? site.key || site.id : part || area.code + (this.values ? this.values.token : "");
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

    /** Any click: on a hospital it opens its card, and nothing below hears of it. */
    press(event) {
      this.hover(event);
      if (!this.values || this.measure.isOn || event.originalEvent.atlasDone) return;
      const point = this.map.mouseEventToLayerPoint(event.originalEvent);
      const hit = this.places.press(point);
      const found = hit.isHit ? hit : this.sites.press(point);
      event.originalEvent.atlasDone = found.isHit;
      if (found.isHit) this.tooltip.remove();
      if (!found.site) return;
      this.isRestored = true; // the view stays
      this.send({ site: found.site.id });
    },

    /** Tell whether a click is for what lies over the territories. */
    isTaken(event) {
      if (!event) return false;
      const point = this.map.mouseEventToLayerPoint(event);
      const isFanned = this.places.marks.stacks.fanned.length + this.sites.stacks.fanned.length > 0;
      return isFanned || Boolean(this.places.at(point) || this.sites.at(point));
    },

    /** A click on a territory, or on a commune of the one chosen; not one that marks a point of a measure. */
    pick(code, event, commune) {
      if (this.measure.isOn || this.isTaken(event)) return;
      if (commune && this.values && this.values.selected === code) this.chooseCommune(commune);
      else this.choose(code);
    },

    /** Open the card of a commune; the second click on the same one closes it. */
    chooseCommune(code) {
      const open = this.values.commune && this.values.commune.code;
      this.isRestored = true; // the view stays
      this.send({ commune: code === open ? null : code });
    },

    /** Escape undoes the last choice: what is apart, a card, the territory. */
    escape() {
      if (this.measure.isOn) return void this.measure.end();
      const wasApart = [this.places.marks, this.sites].map((marks) => marks.stacks.close());
      if (wasApart.includes(true) || !this.values) return;
      if (this.values.site) this.send({ site: null });
      else if (this.values.commune) this.send({ commune: null });
      else if (this.values.selected) this.choose(null);
    },

    /** A click on a link: on the territory under it when the page has no sheet to open. */
    pickLink(id, event) {
      if (this.measure.isOn || this.isTaken(event)) return;
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
