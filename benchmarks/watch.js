/* Added to every page by the benchmarks: says what the map shows, and times its changes. */
window.atlasBench = (function () {
  "use strict";

  function map(test) {
    const frames = Array.from(document.querySelectorAll("iframe"));
    return frames.find((frame) => frame.contentDocument && frame.contentDocument.querySelector(test));
  }

  /* A text that changes when the picture does; empty while the picture is not complete. */
  const read = {
    ours: function () {
      const frame = map("[data-values]");
      if (!frame) return "";
      const page = frame.contentDocument;
      if (!page.querySelector(".leaflet-overlay-pane path")) return "";
      if (!page.querySelector(".leaflet-atlas-outlines-pane path")) return "";
      return page.querySelector("[data-values]").dataset.values || "";
    },
    naive: function () {
      const frame = map(".leaflet-overlay-pane path");
      if (!frame) return "";
      const page = frame.contentDocument;
      const paths = Array.from(page.querySelectorAll(".leaflet-overlay-pane path"));
      const markers = page.querySelectorAll(".leaflet-marker-icon").length;
      return markers ? markers + paths.map((path) => path.getAttribute("fill")).join("") : "";
    },
    floor: function () {
      const place = document.querySelector(".st-key-figure");
      return place ? place.innerText : "";
    },
  };

  const bench = { clicked: null, elapsed: null, faults: [] };

  /* A map whose script has failed is not a map: better no figure than a wrong one. */
  if (window !== window.top) {
    window.addEventListener("error", (event) => {
      const page = window.top.atlasBench;
      if (page && !/ResizeObserver/.test(event.message)) page.faults.push(event.message);
    });
  }

  document.addEventListener("pointerup", (event) => { bench.clicked = event.timeStamp; }, true);

  /* Where the map looks, to be sure that a move has moved it. */
  bench.view = function () {
    const frame = map(".leaflet-overlay-pane path");
    const leaflet = frame && frame.contentWindow.map;
    return leaflet ? leaflet.getCenter().toString() + " " + leaflet.getZoom() : "";
  };

  bench.shown = function (variant) {
    if (bench.faults.length) throw new Error("the map has failed: " + bench.faults[0]);
    return read[variant]();
  };

  /* Time from the last click (the button goes up) to the frame after the one where the picture differs. */
  bench.watch = function (variant) {
    const before = read[variant]();
    bench.clicked = null;
    bench.elapsed = null;
    function look() {
      const now = read[variant]();
      if (bench.clicked === null || !now || now === before) return void requestAnimationFrame(look);
      requestAnimationFrame(() => { bench.elapsed = performance.now() - bench.clicked; });
    }
    requestAnimationFrame(look);
  };

  return bench;
})();
