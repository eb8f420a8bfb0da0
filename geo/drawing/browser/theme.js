// @ts-check
/* Light or dark, as Streamlit is: its theme comes with each render, and it leaves it as variables. */
window.Atlas = window.Atlas || {};

Atlas.theme = (function () {
  "use strict";

  /** @type {any} */
  const frame = window.frameElement;

  function isDark(color) {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = "#ffffff";
    probe.fillStyle = color;
    const shade = /^#(..)(..)(..)$/.exec(String(probe.fillStyle));
    if (!shade) return false;
    const [red, green, blue] = shade.slice(1).map((part) => parseInt(part, 16));
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  let onChange = () => {};

  function apply(color) {
    const dark = color ? isDark(color) : window.matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = dark ? "dark" : "light";
    if (theme === document.documentElement.dataset.theme) return;
    document.documentElement.dataset.theme = theme;
    onChange();
  }

  /** A colour that only carries what is drawn over it: the dark page has its own. */
  function ground(color) {
    const config = Atlas.settings;
    const isDarkPage = document.documentElement.dataset.theme === "dark";
    return (isDarkPage && config.darkGrounds[color]) || color;
  }

  function shown() {
    return getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
  }

  /** Name the document, and follow the theme of the page; the system's when the page says nothing. */
  function start(title, changed) {
    onChange = changed || onChange;
    document.documentElement.lang = "fr";
    document.title = title;
    if (frame) frame.title = title;
    borrowFonts();
    apply(shown());
    window.addEventListener("message", function (event) {
      const said = event.data || {};
      if (event.source !== window.parent && event.source !== window) return;
      if (said.type === "streamlit:render" && said.theme) apply(said.theme.backgroundColor);
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => apply(shown()));
  }

  /** The page's own typeface, already in the browser's cache: its rules are copied, not fetched. */
  function borrowFonts() {
    const rules = [];
    try {
      Array.from(window.parent.document.styleSheets).forEach(function (sheet) {
        Array.from(sheet.cssRules).forEach(function (rule) {
          if (rule.type !== CSSRule.FONT_FACE_RULE || !/Source Sans/.test(rule.cssText)) return;
          const base = sheet.href || window.parent.document.baseURI;
          rules.push(rule.cssText.replace(/url\("?([^")]+)"?\)/g,
            (_, address) => 'url("' + new URL(address, base).href + '")'));
        });
      });
    } catch (error) {
      console.warn(error);
    }
    if (!rules.length) return;
    const style = document.createElement("style");
    style.textContent = rules.join("\n");
    document.head.appendChild(style);
  }

  return { start: start, ground: ground };
})();
