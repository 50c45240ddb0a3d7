// The short list of things to try: one ticket, from the first question to its end.

import { el, icon, refresh } from "./dom.js";
import { inlineMarkdown } from "./markdown.js";
import { hints, say } from "./words.js";

const KEY = "sandbox-hints-closed";

export class Hints {
  constructor(app) {
    this.app = app;
    this.node = document.getElementById("hints");
    this.toggle = document.getElementById("hints-toggle");
    this.toggle.append(icon("star"), el("span", { class: "toggle-text" }, say("hints")));
    this.toggle.setAttribute("aria-label", say("hints"));
    this.toggle.addEventListener("click", () => this.show(this.node.hidden));
    this.node.setAttribute("aria-label", say("hints"));
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.show(false));
    // On a narrow window the list would cover the chat, so there it waits to be asked for.
    this.roomy = window.matchMedia("(min-width: 1180px)");
    this.roomy.addEventListener("change", ({ matches }) => !matches && this.show(false, { remember: false }));
    this.show(this.roomy.matches && remembered() !== "yes", { remember: false });
  }

  show(visible, { remember = true } = {}) {
    this.node.hidden = !visible;
    this.toggle.setAttribute("aria-expanded", String(visible));
    if (!remember) return;
    keep(visible ? "no" : "yes");
    if (visible) this.node.querySelector("button")?.focus();
    else this.app.focusComposer();
  }

  update(people) {
    refresh(this.node, people, () => [
      el("div", { class: "hints-head" }, el("h2", {}, say("hints")), el("button", { type: "button", class: "icon-button", "aria-label": say("hintsClose"), "data-testid": "hints-close", onclick: () => this.show(false) }, icon("close"))),
      el("p", { class: "hints-intro" }, say("hintsIntro")),
      el("ol", { class: "hint-list" }, hints.filter((hint) => people[hint.person]).map((hint) => this.step(hint, people[hint.person]))),
      el("p", { class: "hints-keys" }, say("keys")),
    ]);
  }

  step(hint, person) {
    const names = { user: String, role: String, channel: () => null, go: () => {}, command: () => {} };
    const go = () => {
      if (!this.roomy.matches) this.show(false, { remember: false });
      this.app.play(person.id);
      if (hint.start) this.app.composer()?.type(hint.start);
    };
    return el("li", {}, el("button", { type: "button", class: "hint-who", "aria-label": say("hintGo", { name: person.name }), onclick: go }, say("hintAs", { name: person.name })), el("span", {}, inlineMarkdown(hint.text, names)));
  }
}

// Private windows may refuse storage; the list is then simply open again next time.
function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // See above.
  }
}
