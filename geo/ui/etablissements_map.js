/* Exactly the sites of a choice: all of them fetched once by address, a bit for each says which show. */
(function (address, mask, note) {
  "use strict";
  const atlas = Atlas.map.current();
  if (!atlas) return;
  const FEW = 1500; // beyond, smaller marks keep the map legible

  function prepare() {
    const styles = atlas.config.siteStyles.map((style) => Object.assign({ full: style.radius }, style));
    const places = new Atlas.sites.Layer(atlas.map, Object.assign({}, atlas.config, { siteStyles: styles }));
    const others = atlas.sites.at.bind(atlas.sites);
    atlas.sites.at = (point) => places.at(point) || others(point);
    return places;
  }

  function show(places, bits) {
    const wanted = places.all.filter((marker, i) => bits.charCodeAt(i >> 3) & (1 << (i & 7)));
    const kept = new Set(wanted);
    places.shown.forEach((marker) => { if (!kept.has(marker)) marker.remove(); });
    const size = wanted.length > FEW ? 0.62 : 1;
    places.styles.forEach((style) => { style.radius = style.full * size; });
    wanted.forEach((marker) => { if (!atlas.map.hasLayer(marker)) marker.addTo(atlas.map); });
    wanted.forEach((marker) => marker.setStyle({ weight: 1.2 * size * size }).bringToFront());
    places.shown = wanted;
    places.rescale();
    atlas.map.getContainer().dataset.places = String(wanted.length);
  }

  atlas.places = atlas.places || prepare();
  const places = atlas.places;
  places.mask = mask;
  if (places.address !== address) {
    places.address = address;
    places.loaded = Atlas.fetchJson(address, 2).then((columns) => {
      if (places.address !== address) return;
      show(places, "");
      places.all = [];
      places.fill(columns);
    });
  }
  places.loaded.then(() => { if (places.mask === mask) show(places, atob(mask)); }).catch((error) => {
    console.warn(error);
    places.address = null;
    atlas.say(note);
  });
})
