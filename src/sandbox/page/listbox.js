// A list one picks from while the focus stays in the field or button it belongs to
// (the ARIA combobox pattern: the field names the active option, the list shows it).

import { el } from "./dom.js";

let count = 0;

export class Listbox {
  /**
   * `owner` is the focused element, `place` puts the list on the page,
   * `onPick` gets the chosen item. `multiple` keeps the list open on a pick.
   */
  constructor(owner, { label, place, onPick, multiple = false }) {
    count += 1;
    this.owner = owner;
    this.place = place;
    this.onPick = onPick;
    this.items = [];
    this.active = -1;
    this.id = `list-${count}`;
    this.node = el("div", { id: this.id, class: "listbox", role: "listbox", "aria-label": label, "aria-multiselectable": multiple });
    // A press on an entry must not take the focus from the owner.
    this.node.addEventListener("mousedown", (event) => event.preventDefault());
    owner.setAttribute("role", "combobox");
    owner.setAttribute("aria-haspopup", "listbox");
    owner.setAttribute("aria-expanded", "false");
  }

  get open() {
    return this.node.isConnected;
  }

  /** Shows these items; `active` is the index to begin at, -1 for none. */
  show(items, { active = 0, title = "", empty = "" } = {}) {
    this.items = items;
    const entries = items.map((item, index) => this.entry(item, index));
    const head = title ? el("div", { class: "listbox-title", role: "presentation" }, title) : null;
    const none = items.length === 0 ? el("div", { class: "listbox-empty", role: "presentation" }, empty) : null;
    this.node.replaceChildren(...[head, ...entries, none].filter(Boolean));
    this.entries = entries;
    if (!this.open) this.place(this.node);
    this.owner.setAttribute("aria-expanded", "true");
    this.owner.setAttribute("aria-controls", this.id);
    this.activate(Math.min(active, items.length - 1));
  }

  entry(item, index) {
    const pointer = () => this.active !== index && this.activate(index, false);
    return el(
      "div",
      { id: `${this.id}-${index}`, class: "entry", role: "option", "aria-selected": String(Boolean(item.checked)), "data-testid": item.testid, onclick: () => this.pick(index), onpointermove: pointer },
      item.icon ?? null,
      el("span", { class: "entry-text" }, el("span", { class: "entry-label" }, item.label), item.detail ? el("span", { class: "entry-detail" }, item.detail) : null),
      item.note ? el("span", { class: "entry-note" }, item.note) : null,
    );
  }

  close() {
    if (!this.open) return;
    this.node.remove();
    this.active = -1;
    this.owner.setAttribute("aria-expanded", "false");
    this.owner.removeAttribute("aria-activedescendant");
    this.owner.removeAttribute("aria-controls");
  }

  activate(index, scroll = true) {
    this.entries[this.active]?.classList.remove("active");
    this.active = index;
    const entry = this.entries[index];
    if (!entry) {
      this.owner.removeAttribute("aria-activedescendant");
      return;
    }
    entry.classList.add("active");
    this.owner.setAttribute("aria-activedescendant", entry.id);
    if (scroll) entry.scrollIntoView({ block: "nearest" });
  }

  pick(index) {
    const item = this.items[index];
    if (item) this.onPick(item, index);
  }

  /** Handles the keys of an open list; true when the key was one of them. */
  key(event) {
    if (!this.open) return false;
    const last = this.items.length - 1;
    const moves = { ArrowDown: this.active >= last ? 0 : this.active + 1, ArrowUp: this.active <= 0 ? last : this.active - 1, PageDown: Math.min(this.active + 8, last), PageUp: Math.max(this.active - 8, 0) };
    if (event.altKey) return false;
    if (event.key in moves && last >= 0) this.activate(moves[event.key]);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && this.active >= 0) this.pick(this.active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

/** A name for tests: lower case, blanks as dashes. */
export function testName(text) {
  return text.trim().toLowerCase().replace(/\s+/g, "-");
}
