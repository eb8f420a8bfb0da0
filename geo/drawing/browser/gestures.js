// @ts-check
/* Fingers on the map: two move it, one scrolls the page around it. A mouse and a pen drag as ever. */
window.Atlas = window.Atlas || {};

Atlas.gestures = (function () {
  "use strict";

  // Leaflet focuses the map under a press: a page whose map goes below the window would scroll, and
  // the click be lost.
  L.Map.Keyboard.include({
    _onMouseDown: function () {
      if (!this._focused) this._map.getContainer().focus({ preventScroll: true });
    },
  });

  const FAR = 10; // pixels that a finger moves before it means to move something
  const SHOWN = 1600; // milliseconds

  /** @param {string} text what is said to one finger that moves */
  function start(map, text) {
    const box = map.getContainer();
    const hint = box.appendChild(Atlas.controls.element("div", "atlas-fingers", text));
    hint.setAttribute("aria-hidden", "true"); // the map has buttons and keys for who does not see it
    let from = null;
    let timer = 0;

    /** The browser scrolls the page only where Leaflet does not drag: it asks when the finger comes. */
    function allow(isDragging) {
      if (isDragging || document.fullscreenElement) map.dragging.enable();
      else map.dragging.disable();
    }

    function say() {
      box.classList.add("atlas-one-finger");
      clearTimeout(timer);
      timer = window.setTimeout(() => box.classList.remove("atlas-one-finger"), SHOWN);
    }

    if (window.matchMedia("(any-pointer: coarse)").matches) allow(!window.matchMedia("(pointer: coarse)").matches);
    ["pointerover", "pointerdown"].forEach((kind) => box.addEventListener(kind, function (event) {
      allow(event.pointerType !== "touch");
    }, true));
    box.addEventListener("touchstart", function (event) {
      const [touch] = event.touches;
      from = event.touches.length === 1 ? [touch.clientX, touch.clientY] : null;
      if (!from) box.classList.remove("atlas-one-finger");
    }, { passive: true });
    box.addEventListener("touchmove", function (event) {
      if (!from || document.fullscreenElement) return;
      const [touch] = event.touches;
      if (Math.hypot(touch.clientX - from[0], touch.clientY - from[1]) < FAR) return;
      from = null;
      say();
    }, { passive: true });
    document.addEventListener("fullscreenchange", () => allow(!window.matchMedia("(pointer: coarse)").matches));
  }

  return { start: start };
})();
