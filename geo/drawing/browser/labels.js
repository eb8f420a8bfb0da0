// @ts-check
/* Names of territories: the largest first, where they fit, never one over another. */
window.Atlas = window.Atlas || {};

Atlas.labels = (function () {
  "use strict";

  const GAP = 3;
  const LINE = 1.12;
  const WRAPPED = 13;
  const LEAST_ZOOM = 6.5; // below, towns alone are named
  const MOST_WAIT = { timeout: 250 }; // milliseconds
  const centres = Atlas.centres;
  const SHIFTS = [[0, 0], [0, -1], [0, 1], [-0.6, 0], [0.6, 0], [0, -2], [0, 2]];

  function whenIdle(run) {
    if (window.requestIdleCallback) window.requestIdleCallback(run, MOST_WAIT);
    else setTimeout(run, 60);
  }

  function Layer(map, addresses) {
    this.map = map;
    this.towns = new Atlas.landmarks.Towns(map, addresses);
    this.pane = map.createPane("atlas-labels");
    Object.assign(this.pane.style, { zIndex: 460, pointerEvents: "none" });
    this.pane.setAttribute("aria-hidden", "true");
    this.pens = document.createElement("canvas").getContext("2d");
    this.names = [];
    this.isOn = false;
    map.on("zoomstart", () => { this.pane.style.opacity = 0; });
    map.on("zoomend viewreset resize", () => this.place());
    map.on("moveend", () => this.later());
    document.fonts.ready.then(() => this.place());
  }

  /** What the map calls a territory: long names are cut at what they only specify. */
  function shortName(name) {
    const place = /n° \d+ \(([^)]+)\)/.exec(name);
    if (place) return place[1];
    const cut = name.replace(/\s*\([^)]*\)/g, "").replace(/^Assistance publique\b.*/, "AP-HP")
      .replace(/^(Groupement|Groupe|Union) hospitali[eè]re? (de |d'|du )?/i, "").split(/ [-–] /)[0].trim();
    return cut || name;
  }

  function wrap(text) {
    if (text.length <= WRAPPED) return [text];
    const cuts = Array.from(text.matchAll(/[ -]/g), (match) => match.index);
    if (!cuts.length) return [text];
    const middle = cuts.reduce((a, b) => (Math.abs(b - text.length / 2) < Math.abs(a - text.length / 2) ? b : a));
    const end = text[middle] === "-" ? middle + 1 : middle;
    return [text.slice(0, end), text.slice(middle + 1)];
  }

  /** Prepare the names of new shapes; the zoom decides later which are shown. */
  Layer.prototype.fill = function (shapes, areas) {
    this.names.forEach((name) => name.node && name.node.remove());
    this.names = [];
    // The first view of the country has no names: nothing is prepared for it.
    this.prepare = () => {
      this.prepare = null;
      this.names = Array.from(shapes, ([code, shape]) => {
        const rings = centres.mainPolygon(shape);
        return { code: code, rings: rings, size: centres.ringArea(rings[0]), lines: wrap(shortName(areas.get(code).name)) };
      }).sort((a, b) => b.size - a.size);
    };
    this.place();
  };

  Layer.prototype.show = function (isOn) {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    this.place();
  };

  /** Marks that names keep clear of. */
  Layer.prototype.avoid = function (points) {
    this.points = points;
    this.place();
  };

  Layer.prototype.place = function () {
    this.isMoved = true;
    this.later();
  };

  /** Names wait for the colours to be on screen: measuring them would keep the browser from drawing. */
  Layer.prototype.later = function () {
    if (this.isWaiting) return;
    this.isWaiting = true;
    whenIdle(() => {
      this.isWaiting = false;
      if (this.isMoved) this.placeNow();
      else this.trim();
    });
  };

  Layer.prototype.placeNow = function () {
    this.isMoved = false;
    const container = this.map.getContainer();
    const zoom = this.map.getZoom();
    if (this.prepare && this.isOn && zoom >= LEAST_ZOOM) this.prepare();
    const scale = 2 ** (zoom - 8);
    const font = zoom >= 8 ? 13.5 : zoom >= 6.5 ? 12.5 : 11;
    this.pens.font = "600 " + font + "px " + getComputedStyle(container).fontFamily;
    const half = zoom < 7 ? 0 : 7; // far, marks are points that a name may cover
    this.marks = (this.points || []).map((latlng) => {
      const p = this.map.options.crs.latLngToPoint(latlng, 8).multiplyBy(scale);
      return [p.x - half, p.y - half, p.x + half, p.y + half];
    });
    const taken = half ? this.marks.slice() : [];
    let count = 0;
    this.names.forEach((name) => {
      const spot = this.isOn && zoom >= LEAST_ZOOM && this.spot(name, scale, font, taken);
      if (spot) {
        taken.push(spot.box);
        count += 1;
      }
      this.write(name, spot, font);
    });
    this.taken = taken.slice(half ? this.marks.length : 0);
    this.trim();
    this.pane.style.opacity = 1;
    container.dataset.labels = String(count);
  };

  /** Towns take the room that names, marks and controls leave. */
  Layer.prototype.placeTowns = function (boxes) {
    const [frame, { min }] = [this.map.getContainer().getBoundingClientRect(), this.map.getPixelBounds()];
    const under = boxes.map((box) => [box.left - frame.left + min.x, box.top - frame.top + min.y,
      box.right - frame.left + min.x, box.bottom - frame.top + min.y]);
    const marks = this.map.getZoom() < 7 ? [] : this.marks || [];
    this.towns.place(this.isOn, [...(this.taken || []), ...under], marks, () => this.later());
  };

  /** Hide the names cut by the frame, or under a control, in the view on screen. */
  Layer.prototype.trim = function () {
    const frame = this.map.getContainer().getBoundingClientRect();
    const boxes = Array.from(this.map.getContainer().querySelectorAll(".leaflet-control, .atlas-key"))
      .map((node) => node.getBoundingClientRect());
    const shown = this.names.filter((name) => name.node);
    const spots = shown.map((name) => name.node.getBoundingClientRect());
    shown.forEach((name, i) => {
      const spot = spots[i];
      const isCut = spot.left < frame.left || spot.right > frame.right || spot.top < frame.top || spot.bottom > frame.bottom;
      const isUnder = boxes.some((box) => box.width && spot.left < box.right && spot.right > box.left
        && spot.top < box.bottom && spot.bottom > box.top);
      name.node.style.visibility = isCut || isUnder ? "hidden" : "visible";
    });
    this.placeTowns(boxes.filter((box) => box.width));
  };

  /** Where a name fits: its box in its own territory, clear of what is already there. */
  Layer.prototype.spot = function (name, scale, font, taken) {
    const width = Math.max(...name.lines.map((line) => this.pens.measureText(line).width));
    const height = name.lines.length * font * LINE;
    if (name.size * scale * scale < width * height * 1.15) return null;
    name.centre = name.centre || centres.visualCentre(name.rings);
    const [w, h] = [width / 2, height / 2];
    for (const [right, down] of SHIFTS) {
      const x = name.centre.x * scale + right * w;
      const y = name.centre.y * scale + down * h * 1.3;
      const box = [x - w - GAP, y - h - GAP, x + w + GAP, y + h + GAP];
      const isFree = taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
      const isWithin = isFree && [[-1, -1], [1, -1], [-1, 1], [1, 1], [-1, 0], [1, 0]].every(
        ([i, j]) => centres.depth((x + i * w * 0.92) / scale, (y + j * h * 0.75) / scale, name.rings) > 0);
      if (isWithin) return { x: x, y: y, box: box };
    }
    return null;
  };

  Layer.prototype.write = function (name, spot, font) {
    if (!spot) {
      if (name.node) name.node.remove();
      name.node = null;
      return;
    }
    if (!name.node) {
      name.node = document.createElement("div");
      name.node.className = "atlas-label";
      name.lines.forEach((line) => {
        name.node.appendChild(document.createElement("span")).textContent = line;
      });
      this.pane.appendChild(name.node);
    }
    const at = L.point(spot.x, spot.y).subtract(this.map.getPixelOrigin());
    name.node.style.fontSize = font + "px";
    name.node.style.transform = "translate(" + at.x + "px," + at.y + "px) translate(-50%,-50%)";
  };

  return { Layer: Layer };
})();
