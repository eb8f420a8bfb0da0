// @ts-check
/* The parties of partnerships: markers in the feature group that travels; their drawings are ours. */
window.Atlas = window.Atlas || {};

Atlas.parties = (function () {
  "use strict";

  /**
   * Add markers to a group.
   * @param {Record<string, string>} styles
   * @param {Party[]} parties
   */
  function add(group, styles, parties) {
    parties.forEach(function (party) {
      const icon = L.divIcon({ className: "atlas-party", html: styles[party.s], iconSize: [28, 18] });
      const marker = L.marker(party.at, { icon: icon, pane: "atlas-sites", keyboard: false,
        bubblingMouseEvents: true });
      marker.on("mousemove click", function (event) {
        event.originalEvent.atlasPart = { name: party.n, text: party.t };
      });
      if (party.id) marker.on("click", () => Atlas.map.current().links.choose(party.id));
      marker.addTo(group);
    });
  }

  return { add: add };
})();
