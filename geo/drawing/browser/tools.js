// @ts-check
/* Tools on the map: full screen with its own legend, distances, keys. */
window.Atlas = window.Atlas || {};

Atlas.tools = (function () {
  "use strict";

  const SMALL = 1000; // metres under which a distance is written in metres

  function formatDistance(metres) {
    const isSmall = metres < SMALL;
    const number = isSmall ? Math.round(metres) : metres / 1000;
    const digits = isSmall || number >= 100 ? 0 : 1;
    const text = number.toLocaleString("fr-FR", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return text + "\u00a0" + (isSmall ? "m" : "km");
  }

  /**
   * Distances along points: a click adds one, Enter marks the centre, Escape ends.
   * @param {Settings["texts"]} texts
   */
  function Measure(map, texts) {
    this.map = map;
    this.texts = texts;
    this.isOn = false;
    this.button = null; // set by the map
    this.points = [];
    map.on("click", (event) => { if (this.isOn) this.add(event.latlng); });
  }

  Measure.prototype.toggle = function () {
    if (this.isOn) this.end();
    else this.start();
  };

  Measure.prototype.start = function () {
    const box = this.map.getContainer();
    this.isOn = true;
    box.classList.add("atlas-measuring");
    this.map.doubleClickZoom.disable();
    this.shape = L.polyline([], { pane: "atlas-measure", className: "atlas-ruler", interactive: false, smoothFactor: 0 });
    this.shape.addTo(this.map);
    this.dots = L.layerGroup().addTo(this.map);
    this.said = Atlas.controls.element("div", "atlas-said");
    this.said.setAttribute("role", "status");
    box.appendChild(this.said);
    box.appendChild(Atlas.controls.element("div", "atlas-cross"));
    this.said.textContent = this.texts.measureStart;
    this.button.setAttribute("aria-pressed", "true");
    box.focus({ preventScroll: true });
  };

  Measure.prototype.add = function (latlng) {
    this.points.push(latlng);
    this.shape.addLatLng(latlng);
    this.dots.addLayer(L.circleMarker(latlng, { pane: "atlas-measure", className: "atlas-ruler-dot", radius: 4.5,
      interactive: false }));
    const total = this.points.slice(1).reduce((sum, point, i) => sum + this.map.distance(this.points[i], point), 0);
    if (this.points.length > 1) {
      this.said.textContent = L.Util.template(this.texts.measureTotal, { distance: formatDistance(total) });
    }
  };

  Measure.prototype.end = function () {
    const box = this.map.getContainer();
    this.isOn = false;
    this.points = [];
    box.classList.remove("atlas-measuring");
    this.map.doubleClickZoom.enable();
    [this.shape, this.dots].forEach((layer) => layer.remove());
    box.querySelectorAll(".atlas-said, .atlas-cross").forEach((node) => node.remove());
    this.button.setAttribute("aria-pressed", "false");
  };

  /**
   * The whole screen; what Streamlit shows beside the map then shows on it.
   * @param {Config} config
   */
  function Screen(map, config) {
    this.map = map;
    this.texts = config.texts;
    this.patterns = config.patterns;
    this.button = null; // set by the map
    this.isPossible = Boolean(document.fullscreenEnabled);
    document.addEventListener("fullscreenchange", () => this.follow());
  }

  Screen.prototype.isFull = function () {
    return Boolean(document.fullscreenElement);
  };

  Screen.prototype.toggle = function () {
    if (!this.isPossible) return;
    const asked = this.isFull() ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    asked.catch(() => Atlas.controls.note(this.map, this.texts.noFullScreen, null, this.texts.close));
  };

  Screen.prototype.follow = function () {
    const label = this.isFull() ? this.texts.fullScreenEnd : this.texts.fullScreen;
    document.documentElement.classList.toggle("atlas-full", this.isFull());
    this.button.setAttribute("aria-pressed", String(this.isFull()));
    this.button.setAttribute("aria-label", label);
    this.button.title = label;
    this.show(this.values, this.marks, this.links);
    this.map.invalidateSize({ animate: false });
  };

  function entry(swatch, text) {
    const row = Atlas.controls.element("li");
    row.append(swatch, Atlas.controls.element("span", "", text));
    return row;
  }

  Screen.prototype.swatch = function (color, pattern) {
    const box = Atlas.controls.element("i", "atlas-swatch");
    box.style.background = pattern ? Atlas.patterns.background(pattern) : Atlas.patterns.themed(color);
    return box;
  };

  /** The circle of a value, as large as on the map. */
  function circle(radius) {
    const box = Atlas.controls.element("i", "atlas-round");
    const size = 2 * radius * Atlas.circles.factor() + "px";
    Object.assign(box.style, { width: size, height: size });
    return box;
  }

  /** A line as the links are drawn: [text, color, dash]. */
  function stroke(color, dash) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "atlas-stroke");
    svg.setAttribute("viewBox", "0 0 44 12");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const look = { d: "M2 6H42", stroke: color || "currentColor", "stroke-dasharray": dash || "none" };
    Object.entries(look).forEach(([name, value]) => path.setAttribute(name, value));
    svg.appendChild(path);
    return svg;
  }

  /**
   * The legend of the values on screen, in full screen only; `marks` are those of the areas drawn, `links` what the
   * links say.
   * @param {MapValues | null} values
   * @param {Set<string>} marks
   * @param {LinkColumns["keys"]} links
   */
  Screen.prototype.show = function (values, marks, links) {
    this.values = values;
    this.marks = marks;
    this.links = links;
    if (this.box) this.box.remove();
    this.box = null;
    if (!values || !this.isFull()) return;
    const box = Atlas.controls.element("section", "atlas-key");
    box.setAttribute("aria-label", this.texts.legend);
    box.appendChild(Atlas.controls.element("h2", "", values.label + (values.unit ? " (" + values.unit + ")" : "")));
    const list = Atlas.controls.element("ul");
    (values.legend || []).forEach((text, i) => list.appendChild(
      entry(values.steps ? circle(values.steps[i]) : this.swatch(values.colors[i]), text)));
    [["h", "hors", this.texts.outside], ["?", "inconnu", this.texts.noValue]].forEach(([mark, name, text]) => {
      if (marks.has(mark)) list.appendChild(entry(this.swatch("", this.patterns[name]), text));
    });
    (links || []).forEach(([text, color, dash]) => list.appendChild(entry(stroke(color, dash), text)));
    box.appendChild(list);
    this.box = this.map.getContainer().appendChild(box);
  };

  /** One key for each tool, when the map has the focus. */
  function listen(map, actions) {
    map.getContainer().addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!action || (event.key === "Enter" && event.target !== map.getContainer())) return;
      if (action() === false) return;
      event.preventDefault();
    });
  }

  return { Measure: Measure, Screen: Screen, listen: listen, formatDistance: formatDistance };
})();
