// Buttons and select menus under a message (Discord docs, components/reference).

import { el, icon } from "./dom.js";
import { Listbox, testName } from "./listbox.js";
import { say } from "./words.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

/** The rows of a message. `press(customId)` and `select(customId, values)` act; `pending` is the custom id under way, `chosen` what was just picked. */
export function rows(message, { pending, chosen, names, press, select }) {
  return message.rows.map((row) =>
    el("div", { class: "component-row" }, row.map((component) => {
      const busy = pending === component.custom_id;
      return component.kind === "button" ? button(component, busy, names, press) : menu(withChoice(component, chosen), busy, select);
    })),
  );
}

function withChoice(component, chosen) {
  if (chosen?.customId !== component.custom_id) return component;
  return { ...component, options: component.options.map((option) => ({ ...option, default: chosen.values.includes(option.value) })) };
}

function button(component, busy, names, press) {
  const content = [component.emoji ? el("span", { class: "emoji" }, component.emoji) : null, component.label];
  if (component.url) return linkButton(component, content, names);
  return el(
    "button",
    {
      type: "button",
      class: `button ${STYLES[component.style] ?? "secondary"}`,
      disabled: component.disabled,
      // A button under way stays in the tab order, so that the focus is not lost.
      "aria-busy": busy ? "true" : null,
      "data-focus": component.custom_id,
      "data-custom-id": component.custom_id,
      onclick: () => busy || press(component.custom_id),
    },
    content,
  );
}

function linkButton(component, content, names) {
  const here = /\/channels\/(?:\d+|@me)\/(\d+)(?:\/\d+)?$/.exec(component.url);
  if (here && names.channel(here[1])) {
    return el("button", { type: "button", class: "button link", disabled: component.disabled, onclick: () => names.go(here[1]) }, content, icon("link"));
  }
  // Other schemes than http(s) are shown and lead nowhere.
  const href = /^https?:\/\//.test(component.url) ? component.url : null;
  return el("a", { class: "button link", href, target: "_blank", rel: "noopener noreferrer" }, content, icon("link"));
}

let openMenu = null;

function menu(component, busy, select) {
  const chosen = component.options.filter((option) => option.default);
  const label = el("span", { class: "select-label" }, labelOf(chosen, component));
  if (chosen.length === 0) label.classList.add("placeholder");
  const node = el(
    "button",
    {
      type: "button",
      class: "select",
      disabled: component.disabled,
      "aria-label": component.placeholder || say("selectPlaceholder"),
      "aria-busy": busy ? "true" : null,
      "data-focus": component.custom_id,
      "data-testid": `select-${component.custom_id}`,
    },
    label,
    icon("chevron"),
  );
  const state = { component, node, label, select, values: new Set(chosen.map((option) => option.value)) };
  state.list = new Listbox(node, {
    label: component.placeholder || say("selectPlaceholder"),
    multiple: component.max > 1,
    place: (list) => placeBelow(node, list),
    onPick: (item) => picked(state, item.value),
  });
  node.addEventListener("click", () => (state.list.open ? closeMenu() : open(state)));
  node.addEventListener("keydown", (event) => menuKey(state, event));
  node.addEventListener("blur", () => openMenu === state && closeMenu());
  return node;
}

function labelOf(chosen, component) {
  return chosen.map((option) => option.label).join(", ") || component.placeholder || say("selectPlaceholder");
}

function open(state) {
  closeMenu();
  openMenu = state;
  show(state, Math.max(0, state.component.options.findIndex((option) => state.values.has(option.value))));
}

function show(state, active) {
  const { component, values } = state;
  const several = component.max > 1;
  const items = component.options.map((option) => ({
    value: option.value,
    label: option.label,
    detail: option.description,
    checked: values.has(option.value),
    testid: `pick-${testName(option.value)}`,
    icon: several ? el("span", { class: "tick", "aria-hidden": "true" }, values.has(option.value) ? icon("check") : null) : option.emoji ? el("span", { class: "emoji" }, option.emoji) : null,
  }));
  const title = several ? say("selectCount", { min: component.min, max: component.max }) : "";
  state.list.show(items, { active, title, empty: say("selectEmpty") });
}

function picked(state, value) {
  const { component, values } = state;
  if (component.max > 1) {
    if (!values.delete(value) && values.size < component.max) values.add(value);
    show(state, state.list.active);
    return;
  }
  values.clear();
  values.add(value);
  send(state);
}

// Several choices are sent when the menu is closed, one is sent at once.
function send(state) {
  const { component, values } = state;
  state.list.close();
  openMenu = null;
  const chosen = component.options.filter((option) => values.has(option.value));
  state.label.textContent = labelOf(chosen, component);
  state.label.classList.toggle("placeholder", chosen.length === 0);
  state.select(component.custom_id, [...values]);
}

function closeMenu() {
  const state = openMenu;
  if (!state) return;
  openMenu = null;
  state.list.close();
  const before = state.component.options.filter((option) => option.default).map((option) => option.value);
  const changed = state.values.size !== before.length || before.some((value) => !state.values.has(value));
  if (state.component.max > 1 && changed && state.values.size >= state.component.min && state.node.isConnected) send(state);
}

function menuKey(state, event) {
  if (state.list.open) {
    if (event.key === " " && state.list.active >= 0) {
      event.preventDefault();
      state.list.pick(state.list.active);
    } else if (event.key === "Escape" || (event.key === "Tab" && state.component.max > 1)) {
      if (event.key === "Escape") event.preventDefault();
      closeMenu();
    } else if (!state.list.key(event)) {
      typeAhead(state, event);
    }
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    open(state);
  }
}

function typeAhead(state, event) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  const letter = event.key.toLowerCase();
  const options = state.component.options;
  const order = options.map((_, step) => (state.list.active + 1 + step) % options.length);
  const found = order.find((index) => options[index].label.toLowerCase().startsWith(letter));
  if (found !== undefined) state.list.activate(found);
}

// The list lies in the page's top layer element, because the message list would clip it.
function placeBelow(anchor, list) {
  const box = anchor.getBoundingClientRect();
  document.getElementById("layer").append(list);
  list.classList.add("floating");
  list.style.setProperty("left", `${box.left}px`);
  list.style.setProperty("width", `${box.width}px`);
  const below = window.innerHeight - box.bottom - 12;
  const upward = below < 220 && box.top > below;
  list.style.setProperty("max-height", `${Math.min(320, upward ? box.top - 12 : below)}px`);
  if (upward) list.style.setProperty("bottom", `${window.innerHeight - box.top + 4}px`);
  else list.style.setProperty("top", `${box.bottom + 4}px`);
}

/** Closes an open menu whose place has moved or whose message is gone. */
export function closeOpenMenu({ orphanedOnly = false } = {}) {
  if (openMenu && !(orphanedOnly && openMenu.node.isConnected)) closeMenu();
}
