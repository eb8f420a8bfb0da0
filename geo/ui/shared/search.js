// The search box: a combobox (WAI-ARIA) that is answered while one types. Its list floats over the
// page. Answers come from our server; under `streamlit run`, from a rerun of the page.
window.atlasSearch = (function () {
  "use strict";
  if (window.atlasSearch) return window.atlasSearch;
  const WAIT = 250; // milliseconds before a rerun is asked for, without our server
  const KEPT = 200; // answers
  const ROOM = 16, LEAST = 220, MOST = 560; // pixels: beside the list, of its height, of its width
  const boxes = new WeakMap();
  const kept = new Map();
  let hasDoor = true;
  let count = 0;

  function element(name, className, attributes) {
    const made = document.createElement(name);
    made.className = className;
    Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  // Asks our server; null when there is none.
  async function ask(text, among) {
    const key = among + "\n" + text.toLowerCase();
    if (kept.has(key)) return kept.get(key);
    const address = new URL("_atlas/search", document.baseURI);
    address.search = new URLSearchParams({ q: text, parmi: among }).toString();
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!(answer.headers.get("content-type") || "").includes("json")) return null;
    if (!answer.ok) throw new Error(String(answer.status));
    const rows = (await answer.json()).rows;
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
    kept.set(key, rows);
    return rows;
  }

  class Box {
    constructor(root) {
      this.id = "atlas-search-" + (count += 1);
      this.rows = [];
      this.options = [];
      this.active = -1;
      this.isTyping = false;
      this.label = element("label", "atlas-search-label", { for: this.id, id: this.id + "-label" });
      this.input = element("input", "atlas-search-input", {
        id: this.id, type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off",
        spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": this.id + "-list", enterkeyhint: "search", maxlength: "80",
      });
      this.clear = element("button", "atlas-search-clear", { type: "button", "aria-describedby": this.id + "-label" });
      this.clear.textContent = "×";
      this.list = element("div", "atlas-search-list", {
        id: this.id + "-list", role: "listbox", popover: "manual",
      });
      this.heard = element("p", "atlas-heard", { role: "status" });
      this.said = element("p", "atlas-search-said");
      const field = element("div", "atlas-search-field");
      field.append(this.input, this.clear);
      root.replaceChildren(this.label, field, this.said, this.list, this.heard);
      this.place = () => this.put();
      this.listen();
    }

    listen() {
      const input = this.input;
      input.addEventListener("focus", () => this.warm());
      input.addEventListener("click", () => this.isOpen() || this.start());
      input.addEventListener("input", () => { this.isTyping = true; this.find(); });
      input.addEventListener("keydown", (event) => this.press(event));
      input.addEventListener("blur", () => this.leave());
      this.clear.addEventListener("mousedown", (event) => event.preventDefault());
      this.clear.addEventListener("click", () => { this.choose(null); input.focus(); });
      // The list must not take the focus: the field would close it.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(this.rows[Number(option.dataset.place)]);
      });
    }

    // What Python says: the value chosen, the words, the answers where our server is not there.
    show({ data, setTriggerValue }) {
      const isOther = !this.data || this.data.value !== data.value;
      this.data = data;
      this.send = setTriggerValue;
      this.label.textContent = data.label;
      this.label.hidden = !data.label;
      this.input.placeholder = data.hint;
      this.input.parentElement.classList.toggle("list", data.whole);
      this.clear.setAttribute("aria-label", data.words.clear);
      this.clear.title = data.words.clear;
      this.list.setAttribute("aria-label", data.words.list);
      if (!this.isTyping || isOther) this.write(data.value);
      if (data.answers && data.answers.q === this.typed() && this.isTyping) this.take(data.answers.rows);
    }

    write(text) {
      this.isTyping = false;
      this.input.value = text;
      this.input.title = text;
      this.clear.hidden = !text;
    }

    typed() { return this.isTyping ? this.input.value.trim() : ""; }
    isOpen() { return this.input.getAttribute("aria-expanded") === "true"; }

    // The server indexes the names before the first letter.
    warm() {
      if (hasDoor) ask("", this.data.among).catch(() => null);
    }

    start() {
      this.input.select();
      this.find();
    }

    // One question at a time: the last one wins.
    async find() {
      const text = this.typed();
      this.wanted = text;
      if (!text && this.data.names) { this.take(this.named()); return; }
      if (!hasDoor) { this.askPython(text); return; }
      if (this.isAsking) return;
      this.isAsking = true;
      try {
        const rows = await ask(text, this.data.among);
        if (rows === null) { hasDoor = false; this.askPython(text); }
        else if (this.wanted === text && document.activeElement === this.input) this.take(rows);
      } catch (error) {
        this.say(this.data.words.failed);
      } finally {
        this.isAsking = false;
        if (hasDoor && this.wanted !== text) this.find();
      }
    }

    askPython(text) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send("typed", text), WAIT);
    }

    named() {
      return Object.entries(this.data.names).map(([code, label]) => ({
        kind: this.data.kind, code, label, group: "", where: "",
      }));
    }

    take(rows) {
      const names = this.data.names || {};
      this.rows = rows.map((row) => ({ ...row, label: names[row.code] || row.label }));
      this.draw();
      if (!rows.length) {
        this.say(this.typed() ? this.data.words.nothing : "");
        this.close();
        return;
      }
      this.said.textContent = "";
      this.heard.textContent = this.data.words.count.replace("{}", String(rows.length));
      this.open();
      // What is typed chooses its first answer with Enter, except where the text itself is an answer.
      this.move(this.typed() && !this.data.free ? 0 : this.options.findIndex((option) => option.ariaCurrent));
    }

    say(text) {
      this.said.textContent = text;
      this.heard.textContent = text;
    }

    draw() {
      const groups = new Map();
      this.options = this.rows.map((row, place) => {
        const option = element("div", "atlas-search-option", {
          role: "option", id: this.id + "-" + place, "data-place": String(place), "aria-selected": "false",
        });
        const name = element("span", "atlas-search-name");
        name.textContent = row.label;
        option.append(name);
        if (row.where) {
          const where = element("span", "atlas-search-where");
          where.textContent = row.where;
          option.append(" ", where);
        }
        if (row.label === this.data.value) option.ariaCurrent = "true";
        if (!groups.has(row.group)) groups.set(row.group, []);
        groups.get(row.group).push(option);
        return option;
      });
      this.list.replaceChildren(...[...groups].map(([title, options], place) => this.group(title, options, place)));
      // Read from top to bottom as they are shown, whatever their ranks were.
      const order = [...groups.values()].flat();
      this.rows = order.map((option) => this.rows[Number(option.dataset.place)]);
      order.forEach((option, place) => { option.dataset.place = String(place); });
      this.options = order;
      this.active = -1;
    }

    group(title, options, place) {
      const group = element("div", "atlas-search-group");
      if (title) {
        const head = element("div", "atlas-search-head", { id: this.id + "-g" + place, role: "presentation" });
        head.textContent = title;
        group.setAttribute("role", "group");
        group.setAttribute("aria-labelledby", head.id);
        group.append(head);
      } else group.setAttribute("role", "presentation");
      group.append(...options);
      return group;
    }

    open() {
      if (!this.isOpen()) {
        this.input.setAttribute("aria-expanded", "true");
        if (this.list.showPopover) this.list.showPopover();
        addEventListener("scroll", this.place, true);
        addEventListener("resize", this.place);
      }
      this.put();
      this.list.scrollTop = 0;
    }

    close() {
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
      if (this.list.hidePopover && this.list.matches(":popover-open")) this.list.hidePopover();
      removeEventListener("scroll", this.place, true);
      removeEventListener("resize", this.place);
      this.active = -1;
    }

    put() {
      if (!this.input.isConnected) { this.close(); return; }
      const box = this.input.parentElement.getBoundingClientRect();
      const wide = document.documentElement.clientWidth;
      const high = window.visualViewport ? window.visualViewport.height : window.innerHeight;
      const width = Math.min(Math.max(box.width, MOST), wide - ROOM);
      const below = high - box.bottom - ROOM, above = box.top - ROOM;
      const isAbove = below < LEAST && above > below;
      const style = this.list.style;
      style.width = width + "px";
      style.left = Math.max(ROOM / 2, Math.min(box.left, wide - width - ROOM / 2)) + "px";
      style.maxHeight = Math.max(120, Math.min(isAbove ? above : below, 480)) + "px";
      style.top = isAbove ? "auto" : box.bottom + 4 + "px";
      style.bottom = isAbove ? window.innerHeight - box.top + 4 + "px" : "auto";
    }

    move(place) {
      const before = this.options[this.active];
      if (before) before.setAttribute("aria-selected", "false");
      this.active = place;
      const option = this.options[place];
      if (!option) { this.input.removeAttribute("aria-activedescendant"); return; }
      option.setAttribute("aria-selected", "true");
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    press(event) {
      const last = this.options.length - 1;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing) return;
      if (step) {
        event.preventDefault();
        if (!this.isOpen()) this.find();
        else if (this.active < 0) this.move(step > 0 ? 0 : last);
        else this.move((this.active + step + last + 1) % (last + 1));
      } else if (event.key === "Enter") this.enter(event);
      else if (event.key === "Escape" && (this.isOpen() || this.isTyping)) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
        this.write(this.data.value);
        this.say("");
      }
    }

    enter(event) {
      event.preventDefault();
      const isUpToDate = this.wanted === this.typed() && !this.isAsking;
      if (this.isOpen() && this.options[this.active] && isUpToDate) this.choose(this.rows[this.active]);
      else if (this.data.free && this.isTyping) this.choose({ kind: "texte", code: this.typed(), label: this.typed() });
      else if (this.isTyping && !this.typed()) this.choose(null);
      else if (this.isTyping) this.find();
    }

    choose(row) {
      clearTimeout(this.timer);
      this.close();
      this.write(row && this.data.keeps ? row.label : "");
      this.wanted = null;
      this.say("");
      this.send("chosen", row ? { kind: row.kind, code: row.code, area: row.area || "" } : { kind: "", code: "" });
    }

    leave() {
      this.close();
      clearTimeout(this.timer);
      this.wanted = null;
      if (this.isTyping && this.data.free) {
        if (this.typed() !== this.data.value) this.choose({ kind: "texte", code: this.typed(), label: this.typed() });
      } else if (this.isTyping && !this.typed() && this.data.value) this.choose(null);
      else this.write(this.data.value);
      this.said.textContent = "";
    }
  }

  return function (component) {
    const root = component.parentElement.querySelector(".atlas-search");
    if (!root) return;
    if (!boxes.has(root)) boxes.set(root, new Box(root));
    boxes.get(root).show(component);
  };
})();
